package io.tandem.routing.call;

import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.stage.Decision;

/**
 * After which failures of an attempt the next trunk is tried (D5), and which trunk that is. What the caller has heard
 * of a callee binds: once a provisional response was passed on, no other trunk is tried. Core's thread only.
 */
final class Failover {
    private final Exchange exchange;
    private final Decision decision = new Decision();
    private final Holds redirectHolds = new Holds();

    Failover(final Exchange exchange) {
        this.exchange = exchange;
    }

    /** Whether a callee's refusal says something about the way to it, and not about the callee. */
    boolean follows(final Leg leg, final int status) {
        return switch (status) {
            case 401, 407, 408 -> true;
            case 404 -> {
                final TrunkPlan trunk = exchange.stages.trunk(leg.trunkHigh, leg.trunkLow);
                yield trunk != null && trunk.failoverOn404();
            }
            case 480 -> {
                final TrunkPlan trunk = exchange.stages.trunk(leg.trunkHigh, leg.trunkLow);
                yield trunk != null && trunk.failoverOn480();
            }
            case 600, 603, 607, 608 -> false;
            default -> status >= 500;
        };
    }

    /** Chooses the next trunk for a call; false if there is none, or none may be tried any more. */
    boolean choose(final Call call) {
        final boolean chosen = !call.isEnded()
                && !call.progressPassed
                && call.attemptCount < Call.ATTEMPTS_MAX
                && exchange.stages.next(call.candidates, decision);
        if (chosen) {
            exchange.decided(call, decision);
        }
        return chosen;
    }

    /** Trunk and numbers that {@link #choose} chose. */
    Decision decision() {
        return decision;
    }

    /** What a redirecting party's admission took stays taken for further attempts at where it redirected to. */
    void keepRedirectHolds(final Leg failed) {
        exchange.stages.handOver(failed.redirectHolds, redirectHolds);
    }

    /** Ends what {@link #keepRedirectHolds} began. */
    void giveRedirectHolds(final Leg next) {
        exchange.stages.handOver(redirectHolds, next.redirectHolds);
    }

    /** There is no next attempt after all. */
    void dropRedirectHolds() {
        exchange.stages.release(redirectHolds);
    }
}
