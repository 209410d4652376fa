package io.tandem.routing.stage;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.User;
import io.tandem.routing.number.E164;
import io.tandem.routing.outbound.Candidates;
import io.tandem.routing.outbound.RouteOutcome;
import io.tandem.routing.outbound.TrunkCheck;
import io.tandem.routing.policy.RuleTrace;
import io.tandem.routing.target.TargetPlan;

/**
 * The last stage: which trunks may take a call, what each of them is shown, and the numbers as the first one gets them. Core's
 * thread.
 */
final class OutboundStage {
    private final PolicyStage policies;
    private final TargetStage targets;
    private final NumberRewriting rewriting;
    private final Numbering numbering;
    private final StageTrace trace;
    private final PresentedCaller presented;
    private final Candidates candidates = new Candidates();
    private final TrunkCheck takesCalls = this::takesCalls;
    private RoutingPlans plans;
    private boolean passesSuspension;

    OutboundStage(
            final RoutingPlans plans,
            final PolicyStage policies,
            final TargetStage targets,
            final NumberRewriting rewriting,
            final Numbering numbering,
            final StageTrace trace) {
        this.plans = plans;
        this.policies = policies;
        this.targets = targets;
        this.rewriting = rewriting;
        this.numbering = numbering;
        this.trace = trace;
        presented = new PresentedCaller(trace, numbering);
    }

    void use(final RoutingPlans newPlans) {
        plans = newPlans;
    }

    /**
     * Chooses the trunk for a call whose target is settled.
     *
     * @param forward that sends the call outside, or null.
     * @param source account of the trunk that brings the call, or null.
     * @param owner account of the number, or null.
     */
    boolean choose(
            final CallRequest request,
            final Decision decision,
            final TargetPlan.ToNumber forward,
            final AccountPlan source,
            final AccountPlan owner) {
        passesSuspension = decision.emergency;
        Rule chosen = Rule.TRUNK_CHOSEN;
        if (decision.outside) {
            chosen = routed(request, decision, forward, source, owner);
            if (chosen.rejects()) {
                return decision.reject(chosen);
            }
        }
        decision.keepRouted();
        return offer(decision, decision.target(), decision.route(0), chosen);
    }

    /**
     * Offers a call to the next of the trunks that are left, which is one less then; if it takes the call, it becomes the target
     * of the decision, which has just begun.
     */
    boolean offerNext(final CandidatesLeft left, final Decision decision) {
        final TrunkPlan trunk = plans.trunk(left.trunkHigh(0), left.trunkLow(0));
        final ResourceId route = left.route(0);
        decision.calledOut.set(left.called);
        decision.callerOut.set(left.caller);
        decision.callerChanged = left.callerChanged;
        decision.showCaller(left.shown(0));
        decision.number.clear();
        decision.number.idHigh = left.numberHigh;
        decision.number.idLow = left.numberLow;
        decision.limitDuration(left.maxCallSec);
        decision.emergency = left.emergency;
        left.dropFirst();
        if (trunk == null) {
            return decision.reject(Rule.TRUNK_GONE);
        }
        final boolean taken = offer(decision, trunk, route, Rule.TRUNK_CHOSEN);
        if (taken) {
            decision.addCandidate(trunk, route);
        }
        return taken;
    }

    /** Offers the call to a trunk; if it takes it, the numbers are rewritten for it. */
    private boolean offer(final Decision decision, final TrunkPlan trunk, final ResourceId route, final Rule chosen) {
        passesSuspension = decision.emergency;
        final Rule refusal = refusal(trunk);
        if (refusal != null) {
            return decision.reject(refusal);
        }
        if (!decision.emergency) {
            decision.limitDuration(trunk.maxCallSec());
        }
        final boolean rewritten = rewriting.outbound(plans, decision, trunk, route);
        return chosen == Rule.TRUNK_CHOSEN
                ? decision.pass(rewritten ? Rule.OUTBOUND_REWRITTEN : chosen)
                : decision.pass(chosen, decision.candidateCount());
    }

    /** Finds the trunks that a number outside is reached by, and what they are shown. */
    private Rule routed(
            final CallRequest request,
            final Decision decision,
            final TargetPlan.ToNumber forward,
            final AccountPlan source,
            final AccountPlan owner) {
        final AccountPlan account = owner != null ? owner : source;
        final long called = decision.emergency ? Numbering.routed(decision.calledOut) : decision.calledOut.e164();
        if (account == null || called == E164.NONE) {
            return Rule.NO_ROUTE;
        }
        final Rule forbidden = decision.emergency ? null : policies.forbidsCalling(account, decision.number, called);
        if (forbidden != null) {
            return forbidden;
        }
        final int country = decision.emergency ? account.country() : plans.countryOf(called);
        final RuleTrace listener = trace.at(Stage.OUTBOUND, ResourceKind.OUTBOUND_ROUTES);
        final RouteOutcome outcome = decision.emergency
                ? helped(decision, account, called, country, listener)
                : plans.outboundRoutes().select(account, called, country, takesCalls, candidates, listener);
        if (outcome == RouteOutcome.NO_ROUTE) {
            return decision.emergency ? Rule.NO_EMERGENCY_ROUTE : Rule.NO_ROUTE;
        }
        for (int i = 0; i < candidates.count(); i++) {
            decision.addCandidate(plans.trunk(candidates.trunkHigh(i), candidates.trunkLow(i)), candidates.route(i));
        }
        final User user = targets.user(PresentedCaller.forwardingUser(forward));
        final boolean shown = presented.show(plans, request, decision, forward, user, country, account, source);
        if (!shown && !decision.emergency) {
            return Rule.NO_CALLER_NUMBER;
        }
        return outcome == RouteOutcome.ROUTED ? Rule.ROUTE_CHOSEN : Rule.WHOLESALE_CHOSEN;
    }

    /**
     * The ways of an emergency call: routes for the digits that were dialled, else for those of the country, else for any other
     * that it publishes; behind them all that lead the digits anywhere.
     */
    private RouteOutcome helped(
            final Decision decision,
            final AccountPlan account,
            final long dialled,
            final int country,
            final RuleTrace listener) {
        candidates.clear();
        long called = dialled;
        if (!hasRoute(account, dialled, country)) {
            final long own = numbering.emergencyNumber(country);
            if (hasRoute(account, own, country)) {
                if (numbering.isForeignEmergency(dialled, country)) {
                    decision.calledOut.setE164(own);
                    called = own;
                }
            } else {
                addAnother(account, country);
            }
        }
        return plans.outboundRoutes().selectMore(account, called, country, takesCalls, candidates, listener);
    }

    /** The route of another emergency number of the country, the lowest one first. */
    private void addAnother(final AccountPlan account, final int country) {
        final long[] published = numbering.emergencyNumbers(country);
        for (int i = 0; i < published.length && candidates.count() == 0; i++) {
            hasRoute(account, published[i], country);
        }
    }

    /** Whether emergency digits have a route of their own that can be used; its trunks are candidates then. */
    private boolean hasRoute(final AccountPlan account, final long digits, final int country) {
        return digits != 0 && plans.outboundRoutes().selectExact(account, digits, country, takesCalls, candidates);
    }

    private boolean takesCalls(final long trunkHigh, final long trunkLow) {
        final TrunkPlan trunk = plans.trunk(trunkHigh, trunkLow);
        return trunk != null && refusal(trunk) == null;
    }

    /** Why a trunk takes no calls now, or null. */
    private Rule refusal(final TrunkPlan trunk) {
        if (!trunk.active()) {
            return Rule.TRUNK_DISABLED;
        }
        if (!trunk.takesCalls()) {
            return Rule.TRUNK_TAKES_NO_CALLS;
        }
        if (trunk.transport() == TransportKind.TLS) {
            return Rule.TRANSPORT_NOT_BUILT;
        }
        final AccountPlan account = plans.account(trunk.accountHigh(), trunk.accountLow());
        return account != null && !account.active() && !passesSuspension ? Rule.TRUNK_ACCOUNT_SUSPENDED : null;
    }
}
