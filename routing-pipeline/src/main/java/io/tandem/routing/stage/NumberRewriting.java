package io.tandem.routing.stage;

import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.TransformScope;
import io.tandem.routing.number.DialString;
import io.tandem.routing.transform.TransformPlan;

/**
 * Which transforms apply to which number, and in which order: inbound the trunk's before the number's before the account's,
 * outbound the number's before the route's before the trunk's before the account's; a rule that stops ends its direction's chain. The called
 * number of an inbound call meets its trunk's and that trunk's account's rules before the look-up, its own after it. Core's
 * thread; allocates nothing where no rule is tried.
 */
final class NumberRewriting {
    private final StageTrace trace;
    private int outcome;

    NumberRewriting(final StageTrace trace) {
        this.trace = trace;
    }

    /** Called number before the look-up: rules of the trunk that brings the call, then of its account. */
    boolean inboundCalled(final RoutingPlans plans, final Decision decision) {
        outcome = TransformPlan.UNCHANGED;
        final TrunkPlan trunk = decision.ingressTrunk;
        if (trunk != null) {
            apply(
                    plans,
                    TransformScope.TRUNK,
                    trunk.idHigh(),
                    trunk.idLow(),
                    TransformDirection.INBOUND_DST,
                    decision.calledOut);
            apply(
                    plans,
                    TransformScope.ACCOUNT,
                    trunk.accountHigh(),
                    trunk.accountLow(),
                    TransformDirection.INBOUND_DST,
                    decision.calledOut);
        }
        decision.calledChanged = changed();
        decision.calledChainStopped = outcome == TransformPlan.STOPPED;
        return changed();
    }

    /** Called number after the look-up: rules of the number itself. */
    boolean ownCalled(final RoutingPlans plans, final Decision decision) {
        outcome = decision.calledChainStopped ? TransformPlan.STOPPED : TransformPlan.UNCHANGED;
        final NumberRow number = decision.number;
        final boolean changed = apply(
                plans,
                TransformScope.DID,
                number.idHigh,
                number.idLow,
                TransformDirection.INBOUND_DST,
                decision.calledOut);
        decision.calledChanged |= changed;
        return changed;
    }

    /** Calling number: rules of the trunk that brings the call, of the number, of the number's account. */
    boolean inboundCaller(final RoutingPlans plans, final Decision decision) {
        outcome = TransformPlan.UNCHANGED;
        final TrunkPlan trunk = decision.ingressTrunk;
        final NumberRow number = decision.number;
        if (trunk != null) {
            apply(
                    plans,
                    TransformScope.TRUNK,
                    trunk.idHigh(),
                    trunk.idLow(),
                    TransformDirection.INBOUND_CID,
                    decision.callerOut);
        }
        apply(
                plans,
                TransformScope.DID,
                number.idHigh,
                number.idLow,
                TransformDirection.INBOUND_CID,
                decision.callerOut);
        apply(
                plans,
                TransformScope.ACCOUNT,
                number.accountHigh,
                number.accountLow,
                TransformDirection.INBOUND_CID,
                decision.callerOut);
        decision.callerChanged |= changed();
        return changed();
    }

    /**
     * Both numbers on their way to a trunk: rules of the number, of the route that leads there, of that trunk, of its account.
     *
     * The digits of an emergency call meet only those of its route.
     *
     * @param route {@link ResourceId#NIL} if none does.
     */
    boolean outbound(final RoutingPlans plans, final Decision decision, final TrunkPlan trunk, final ResourceId route) {
        final boolean called = decision.emergency
                ? ofRoute(plans, route, decision.calledOut)
                : outbound(plans, decision, trunk, route, TransformDirection.OUTBOUND_DST, decision.calledOut);
        final boolean caller =
                outbound(plans, decision, trunk, route, TransformDirection.OUTBOUND_CID, decision.callerOut);
        decision.calledChanged |= called;
        decision.callerChanged |= caller;
        return called || caller;
    }

    /** Emergency digits are what they are, but for the route that is meant for them. */
    private boolean ofRoute(final RoutingPlans plans, final ResourceId route, final DialString called) {
        outcome = TransformPlan.UNCHANGED;
        return !route.isNil()
                && apply(
                        plans,
                        TransformScope.ROUTE,
                        route.high(),
                        route.low(),
                        TransformDirection.OUTBOUND_DST,
                        called);
    }

    private boolean outbound(
            final RoutingPlans plans,
            final Decision decision,
            final TrunkPlan trunk,
            final ResourceId route,
            final TransformDirection direction,
            final DialString number) {
        outcome = TransformPlan.UNCHANGED;
        apply(plans, TransformScope.DID, decision.number.idHigh, decision.number.idLow, direction, number);
        if (!route.isNil()) {
            apply(plans, TransformScope.ROUTE, route.high(), route.low(), direction, number);
        }
        apply(plans, TransformScope.TRUNK, trunk.idHigh(), trunk.idLow(), direction, number);
        apply(plans, TransformScope.ACCOUNT, trunk.accountHigh(), trunk.accountLow(), direction, number);
        return changed();
    }

    private boolean apply(
            final RoutingPlans plans,
            final TransformScope scope,
            final long idHigh,
            final long idLow,
            final TransformDirection direction,
            final DialString number) {
        if (outcome == TransformPlan.STOPPED) {
            return false;
        }
        final TransformPlan plan = plans.transforms(scope, idHigh, idLow, direction);
        if (plan == null) {
            return false;
        }
        final int result = plan.apply(number, trace.transforms(scope, direction));
        outcome = Math.max(outcome, result);
        return result != TransformPlan.UNCHANGED;
    }

    private boolean changed() {
        return outcome != TransformPlan.UNCHANGED;
    }
}
