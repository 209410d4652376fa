package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.ConfiguredNumbers;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.CallerIdMode;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.TrunkRole;
import io.tandem.routing.model.User;
import io.tandem.routing.number.Country;
import io.tandem.routing.number.E164;
import io.tandem.routing.policy.CallerId;
import io.tandem.routing.policy.CallerIdSource;
import io.tandem.routing.policy.CallerNumbers;
import io.tandem.routing.policy.PolicySubject;
import io.tandem.routing.policy.RuleTrace;
import io.tandem.routing.target.TargetPath;
import io.tandem.routing.target.TargetPlan;

/**
 * Which number a call that leaves shows: the first of these that its account may show. What a forward demands; caller-ID rules;
 * the caller's own, of an exchange; {@code out_cid_number} of the user whose forward it is; {@code cid_number} of the exchange's
 * trunk, then of the trunk that takes the call; {@code default_cid_number} of the account, then of those above it.
 *
 * <p>An emergency call shows the first of these that is flagged for that, the caller's own before all others; if none is, what
 * other calls would show; and if that is nothing, what it came with.
 *
 * <p>A call of the network that is forwarded with its caller passed through shows what it came with, and so does one that the
 * exchange it reached redirects. Core's thread; allocates only for forwards.
 */
final class PresentedCaller {
    private final StageTrace trace;
    private final Numbering numbering;
    private final CallerId callerId = new CallerId();
    private final PolicySubject subject = new PolicySubject();

    PresentedCaller(final StageTrace trace, final Numbering numbering) {
        this.trace = trace;
        this.numbering = numbering;
    }

    /**
     * Sets what the call shows to each of its candidates; those to which it has nothing to show are taken out.
     *
     * @param forward that sends the call outside, or null.
     * @param user whose forward it is, or null.
     * @param country of the called number, or where an emergency number was dialled.
     * @param account that the call leaves for.
     * @param source account of the trunk that brings it, or null.
     * @return false if there is nothing that it may show.
     */
    boolean show(
            final RoutingPlans plans,
            final CallRequest request,
            final Decision decision,
            final TargetPlan.ToNumber forward,
            final User user,
            final int country,
            final AccountPlan account,
            final AccountPlan source) {
        final boolean own = forward == null || forward.callerIdMode() == CallerIdMode.PASSTHROUGH;
        final boolean hidden = decision.callerOut.isEmpty() && request.anonymous && !decision.emergency;
        if (own && (hidden || isOfTheNetwork(plans, request, decision, forward))) {
            return true;
        }
        subject.of(account).did(decision.number.idHigh, decision.number.idLow);
        if (user != null) {
            subject.user(user.id().high(), user.id().low());
        }
        TrunkPlan asked = null;
        boolean found = false;
        for (int i = 0; i < decision.candidateCount(); ) {
            final TrunkPlan trunk = decision.candidate(i);
            if (asked == null || trunk.callerNumber() != asked.callerNumber()) {
                final RuleTrace listener =
                        asked == null ? trace.at(Stage.OUTBOUND, ResourceKind.CALLER_ID_RULES) : RuleTrace.NONE;
                asked = trunk;
                found = decision.emergency && findFlagged(plans, decision, user, country, account, source, trunk);
                if (!found) {
                    collect(plans, decision, forward, user, country, account, source, trunk, listener);
                    found = callerId.choose(plans.callerNumbers(), account, listener);
                }
            }
            if (!found && !decision.emergency) {
                decision.dropCandidate(i);
                continue;
            }
            decision.show(i++, found ? callerId.number() : decision.callerOut.e164());
            if (i == 1) {
                decision.callerName = callerId.name();
            }
        }
        if (decision.candidateCount() == 0 || decision.shown(0) == E164.NONE) {
            return false;
        }
        decision.showCaller(decision.shown(0));
        return true;
    }

    /** Looks for a number to call back to, the caller's own first. */
    private boolean findFlagged(
            final RoutingPlans plans,
            final Decision decision,
            final User user,
            final int country,
            final AccountPlan account,
            final AccountPlan source,
            final TrunkPlan trunk) {
        callerId.clear();
        addAsserted(decision, account);
        final CallerNumbers flagged = plans.callerNumbers().emergency();
        if (callerId.choose(flagged, account, RuleTrace.NONE)) {
            return true;
        }
        collect(plans, decision, null, user, country, account, source, trunk, RuleTrace.NONE);
        return callerId.choose(flagged, account, RuleTrace.NONE);
    }

    /** Everything that may be shown behind one trunk, in order. */
    private void collect(
            final RoutingPlans plans,
            final Decision decision,
            final TargetPlan.ToNumber forward,
            final User user,
            final int country,
            final AccountPlan account,
            final AccountPlan source,
            final TrunkPlan trunk,
            final RuleTrace listener) {
        callerId.clear();
        if (forward != null) {
            addForward(plans.callerNumbers(), decision, forward, source);
        }
        if (!plans.policies().callerIds().isEmpty()) {
            plans.policies().callerIds().addTo(callerId, subject, country, listener);
        }
        if (forward == null) {
            addAsserted(decision, account);
        }
        if (user != null && !user.outCidNumber().isEmpty()) {
            callerId.add(CallerIdSource.USER, E164.parse(user.outCidNumber()), user.outCidName());
        }
        addTrunks(decision, forward, trunk);
        for (int i = 0, depth = account.depth(); i < depth; i++) {
            callerId.add(i == 0 ? CallerIdSource.ACCOUNT : CallerIdSource.ANCESTOR, account.callerNumber(i));
        }
    }

    /** Where the way of a call names the user whose forward sends it outside; null if it is nobody's. */
    static TargetPath forwardingUser(final TargetPlan.ToNumber forward) {
        TargetPath at = forward == null ? null : forward.path();
        while (at != null && at.kind() != TargetKind.USER) {
            at = at.before();
        }
        return at;
    }

    private static boolean isOfTheNetwork(
            final RoutingPlans plans,
            final CallRequest request,
            final Decision decision,
            final TargetPlan.ToNumber forward) {
        if (request.redirects > 0) {
            final TrunkPlan caller = plans.trunkOfSource(request.addressHigh, request.addressLow);
            return caller != null && caller.role() == TrunkRole.CARRIER;
        }
        return forward != null && decision.direction == CallDirection.INBOUND;
    }

    private void addForward(
            final ConfiguredNumbers numbers,
            final Decision decision,
            final TargetPlan.ToNumber forward,
            final AccountPlan source) {
        switch (forward.callerIdMode()) {
            case CUSTOM, DID ->
                callerId.add(
                        CallerIdSource.FORWARD,
                        E164.parse(forward.shownNumber("", Long.toString(decision.number.e164))));
            case PASSTHROUGH -> {
                final long caller = decision.callerOut.e164();
                if (caller != E164.NONE && source != null && numbers.mayShow(caller, source)) {
                    callerId.addVerified(CallerIdSource.FORWARD, caller);
                }
            }
        }
    }

    /** What an exchange shows, as it stands and as it is read in the account's country. */
    private void addAsserted(final Decision decision, final AccountPlan account) {
        callerId.add(CallerIdSource.ASSERTED, decision.callerOut.e164());
        if (account.country() != Country.NONE && decision.callerOut.isNumber()) {
            callerId.add(
                    CallerIdSource.ASSERTED, numbering.normaliser().normalise(decision.callerOut, account.country()));
        }
    }

    private void addTrunks(final Decision decision, final TargetPlan.ToNumber forward, final TrunkPlan trunk) {
        final TrunkPlan exchange = decision.ingressTrunk;
        if (forward == null && exchange != null && exchange.role() == TrunkRole.PBX) {
            callerId.add(CallerIdSource.TRUNK, exchange.callerNumber());
        }
        callerId.add(CallerIdSource.TRUNK, trunk.callerNumber());
    }
}
