package io.tandem.routing.call;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.AddressText;
import io.tandem.routing.address.Listeners;
import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.ReasonText;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.target.RingOutcome;
import io.tandem.routing.target.TargetPlan;
import io.tandem.routing.transaction.InviteClientTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.routing.transaction.TransactionState;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;

/**
 * Attempts to reach a callee, one after the other, and how they fail (RFC 3261 section 13.2.2,
 * {@code docs/specs/call-states.md}). Core's thread only.
 */
final class Attempts {
    private static final int DATAGRAM_SAFE_BYTES = 1300;

    private final Exchange exchange;
    private final Failover failover;
    private final SipMessage original = new SipMessage(SipLimits.WIDEST);
    private Listeners listeners;

    Attempts(final Exchange exchange) {
        this.exchange = exchange;
        failover = new Failover(exchange);
    }

    void use(final Listeners newListeners) {
        listeners = newListeners;
    }

    /** Makes a taken leg a new one of a call. */
    void clear(final Leg leg, final Call call) {
        leg.call = call;
        leg.towardsCaller = false;
        leg.nextInCall = null;
        leg.firstDialog = null;
        leg.dialogCount = 0;
        leg.invite = null;
        leg.abandoned = false;
        leg.trunkHigh = 0;
        leg.trunkLow = 0;
        leg.triedTcp = false;
        leg.cSeqMax = 0;
        leg.earlyMedia = 0;
        leg.attempt = 0;
    }

    // ---- towards the callee ----------------------------------------------------------------------------------------

    /**
     * The first attempt of an admitted call; the decision's other candidates are for further ones. None yet if a server is to be
     * asked before.
     */
    void first(final Call call, final SipMessage invite, final Decision decision) {
        call.candidates.keep(decision);
        if (!exchange.followUp.keep(call, decision) || !exchange.diversions.keep(call, decision)) {
            noRoom(call);
            return;
        }
        if (decision.question() != null) {
            exchange.serverQuestions.ask(call, decision);
            return;
        }
        final Leg leg = newLeg(call);
        if (leg == null) {
            noRoom(call);
            return;
        }
        start(leg, decision.target(), invite, decision);
    }

    /** A leg for a further attempt; null when there is no room, or too many were made. */
    Leg newLeg(final Call call) {
        final Leg leg = call.attemptCount == Call.ATTEMPTS_MAX ? null : exchange.legs.take();
        if (leg != null) {
            clear(leg, call);
            leg.nextInCall = call.firstLeg;
            call.firstLeg = leg;
        }
        return leg;
    }

    /** Tries the next trunk after one that failed, whose leg is given back; false, and no change, if none is left. */
    private boolean moveOn(final Leg failed) {
        final Call call = failed.call;
        if (!failover.choose(call)) {
            return false;
        }
        exchange.counters.increment(CoreCounter.FAILOVERS);
        failover.keepRedirectHolds(failed);
        settle(failed);
        final Leg leg = newLeg(call);
        if (leg == null) {
            failover.dropRedirectHolds();
            noRoom(call);
            return true;
        }
        failover.giveRedirectHolds(leg);
        final Decision decision = failover.decision();
        present(call, decision);
        call.stage = decision.stage().code();
        call.rule = decision.rule().code();
        start(leg, decision.target(), invite(call), decision);
        return true;
    }

    /**
     * When no trunk is left: what follows where the call was sent, such as the overflow of a forward. The failed leg is given
     * back; false, and no change, if nothing follows.
     */
    boolean goOn(final Leg failed, final RingOutcome outcome) {
        final Call call = failed.call;
        if (call.isEnded() || !FollowUp.follows(call)) {
            return false;
        }
        exchange.earlyEndings.mark(failed);
        settle(failed);
        exchange.counters.increment(CoreCounter.CALLS_GONE_ON);
        final Decision decision = exchange.followUp.afterRinging(call, outcome, invite(call));
        takeUp(call, decision);
        return true;
    }

    /** A server has answered the flow of a call, or not. */
    void goOn(final Call call, final String outcome, final String found) {
        takeUp(call, exchange.followUp.afterAnswer(call, outcome, found, invite(call)));
    }

    /** Takes up what a call goes on to. */
    private void takeUp(final Call call, final Decision decision) {
        call.stage = decision.stage().code();
        call.rule = decision.rule().code();
        call.revision = decision.revision();
        if (!decision.accepted()) {
            exchange.setup.refuse(call, decision);
            return;
        }
        call.state = CallState.TRYING;
        call.progressPassed = false;
        call.callerName = decision.callerName();
        present(call, decision);
        first(call, invite(call), decision);
        exchange.earlyEndings.tell(call);
    }

    /** Takes over what a further decision says of the call. */
    static void present(final Call call, final Decision decision) {
        call.calledPresented.set(decision.calledOut);
        call.callerPresented.set(decision.callerOut);
        call.callerChanged = decision.callerChanged();
        call.maxCallSec = AccountPlan.shorter(call.candidates.maxCallSec, decision.maxCallSec());
    }

    /**
     * Asks for room in the trunk and sends the INVITE of an attempt; when that is impossible, tries the next trunk or
     * ends the call. A call that replaces another is offered to the trunk that has that one's other leg, and to no other.
     */
    void start(final Leg leg, final TrunkPlan trunk, final SipMessage invite, final Decision decision) {
        if (exchange.replacements.leadElsewhere(leg.call, invite, trunk)) {
            if (!moveOn(leg)) {
                final Call call = leg.call;
                give(leg);
                refuse(call, Rule.REPLACES_NOTHING);
            }
            return;
        }
        note(leg, trunk);
        if (!exchange.stages.admitLeg(decision, trunk, leg.holds)) {
            onTrunkFull(leg, decision);
            return;
        }
        send(leg, trunk, trunk.transport(), invite, decision.media());
    }

    private void onTrunkFull(final Leg leg, final Decision decision) {
        final Call call = leg.call;
        final Rule rule = decision.rule();
        final int status = decision.status();
        final int textLength = decision.writeReasonText(exchange.reasons.text(), 0);
        call.attempts[leg.attempt].finalStatus = status;
        if ((rule == Rule.LEG_TRUNK_CEILING && moveOn(leg)) || goOn(leg, RingOutcome.UNREACHABLE)) {
            return;
        }
        give(leg);
        exchange.setup.refuse(call, rule, status, rule.q850(), textLength);
    }

    /** Enters the attempt in what the call remembers of it. */
    private void note(final Leg leg, final TrunkPlan trunk) {
        final Call call = leg.call;
        leg.attempt = call.attemptCount++;
        leg.trunkHigh = trunk.idHigh();
        leg.trunkLow = trunk.idLow();
        leg.earlyMedia = trunk.earlyMedia().ordinal();
        final Call.Attempt attempt = call.attempts[leg.attempt];
        attempt.trunkHigh = trunk.idHigh();
        attempt.trunkLow = trunk.idLow();
        attempt.addressHigh = trunk.addressHigh();
        attempt.addressLow = trunk.addressLow();
        attempt.port = trunk.port();
        attempt.startNs = exchange.layer.nowNs();
        attempt.firstRingNs = Call.NEVER;
        attempt.finalStatus = 0;
        attempt.q850 = 0;
    }

    /**
     * Sends the INVITE.
     *
     * @param media how a media server is asked, or null. Such a request goes over the trunk's own transport only.
     */
    private void send(
            final Leg leg,
            final TrunkPlan trunk,
            final TransportKind transport,
            final SipMessage invite,
            final TargetPlan.ToMedia media) {
        final Call call = leg.call;
        final int listener = listeners.find(
                transport == trunk.transport() ? trunk.listener() : "",
                transport,
                AddressText.isIpv4(trunk.addressHigh(), trunk.addressLow()),
                call.callerLeg.peer.listener);
        if (listener == Listeners.NONE) {
            call.attempts[leg.attempt].finalStatus = 500;
            if (!moveOn(leg) && !goOn(leg, RingOutcome.UNREACHABLE)) {
                give(leg);
                fail(call, Cause.UNREACHABLE, Rule.NO_CANDIDATE_LEFT);
            }
            return;
        }
        leg.peer.set((byte) transport.value(), listener, 0, trunk.addressHigh(), trunk.addressLow(), trunk.port());
        final InviteClientTransaction transaction = exchange.layer.newInviteClient(leg, leg.peer, 1);
        if (transaction == null) {
            give(leg);
            noRoom(call);
            return;
        }
        final MessageWriter writer = exchange.initialRequests.invite(leg, transaction, trunk, invite, media);
        if (transport == TransportKind.UDP
                && trunk.largeTcp()
                && !leg.triedTcp
                && media == null
                && writer.length() > DATAGRAM_SAFE_BYTES) {
            exchange.layer.discard(transaction);
            leg.triedTcp = true;
            send(leg, trunk, TransportKind.TCP, invite, null);
            return;
        }
        final int started = exchange.layer.start(transaction);
        if (started == 503) {
            give(leg);
            noRoom(call);
            return;
        }
        if (started != TransactionLayer.STARTED) {
            call.attempts[leg.attempt].finalStatus = started;
            if (!moveOn(leg) && !goOn(leg, RingOutcome.UNREACHABLE)) {
                give(leg);
                fail(call, Cause.UNREACHABLE, Rule.TOO_LARGE);
            }
            return;
        }
        leg.invite = transaction;
        waitForAnswer(leg);
    }

    /** Starts timer C, or what is left of the time that the callee may ring. */
    void waitForAnswer(final Leg leg) {
        final long timerCNs = exchange.layer.nowNs() + exchange.layer.values().timerCNs();
        final long untilNs = leg.call.ringUntilNs;
        exchange.timers.schedule(leg.ringTimer, untilNs == Call.NEVER ? timerCNs : Math.min(timerCNs, untilNs));
    }

    /** Gives a leg back that came to nothing. */
    void give(final Leg leg) {
        leg.abandoned = true;
        exchange.freeIfDone(leg);
    }

    // ---- answers ---------------------------------------------------------------------------------------------------

    void onResponse(final Leg leg, final InviteClientTransaction transaction, final SipMessage response) {
        final int status = response.statusCode();
        if (status == 100) {
            return;
        }
        if (status < 200) {
            exchange.calleeAnswers.onProvisional(leg, response);
        } else if (status < 300) {
            exchange.calleeAnswers.onSuccess(leg, transaction, response);
        } else {
            onFailure(leg, response);
        }
    }

    private void onFailure(final Leg leg, final SipMessage response) {
        final Call call = leg.call;
        if (leg.abandoned || call.isEnded()) {
            settle(leg);
            return;
        }
        final int status = response.statusCode();
        final Call.Attempt attempt = call.attempts[leg.attempt];
        attempt.finalStatus = status;
        attempt.q850 = exchange.reasons.q850(response);
        if (status < 400) {
            exchange.redirects.follow(leg, response);
            return;
        }
        if ((failover.follows(leg, status) && moveOn(leg)) || goOn(leg, RingOutcome.ofRefusal(status))) {
            return;
        }
        switch (status) {
            case 401, 407, 503 -> {
                fail(call, Cause.CALLEE_REFUSED, Rule.NO_CANDIDATE_LEFT);
                settle(leg);
            }
            default -> {
                call.q850 = attempt.q850 != 0 ? attempt.q850 : StatusText.q850(status);
                exchange.relayedResponses.write(call.inviteIn, response, leg, null, status, false);
                exchange.responses.commit(call.inviteIn, status);
                call.finalStatus = status;
                exchange.counters.increment(CoreCounter.CALLS_FAILED);
                exchange.teardown.finish(call, Release.CALLEE, status == 487 ? Cause.GIVEN_UP : Cause.CALLEE_REFUSED);
                settle(leg);
            }
        }
    }

    // ---- silence ---------------------------------------------------------------------------------------------------

    void onNoResponse(final Leg leg, final boolean transportFailure) {
        final Call call = leg.call;
        exchange.absorb(leg.invite);
        leg.invite = null;
        if (leg.abandoned || call.isEnded()) {
            settle(leg);
            return;
        }
        call.attempts[leg.attempt].finalStatus = transportFailure ? 503 : 408;
        if (transportFailure && leg.triedTcp && leg.peer.transport == (byte) TransportKind.TCP.value()) {
            final TrunkPlan trunk = exchange.stages.trunk(leg.trunkHigh, leg.trunkLow);
            if (trunk != null) {
                send(leg, trunk, TransportKind.UDP, invite(call), null);
                return;
            }
        }
        if (moveOn(leg) || goOn(leg, transportFailure ? RingOutcome.UNREACHABLE : RingOutcome.NO_ANSWER)) {
            return;
        }
        if (transportFailure) {
            fail(call, Cause.UNREACHABLE, Rule.NO_CANDIDATE_LEFT);
        } else {
            fail(call, Cause.NO_ANSWER, Rule.NO_ANSWER);
        }
        settle(leg);
    }

    /**
     * Timer C: the callee rang too long, or never went further than 100 (RFC 3261 section 16.8). Its channel is held
     * until it has answered the CANCEL, whether or not another trunk is tried meanwhile; none is when the time of whoever was
     * called is up.
     */
    void onRingTimeout(final Leg leg) {
        final Call call = leg.call;
        if (leg.invite == null || leg.abandoned || call.isEnded()) {
            return;
        }
        leg.abandoned = true;
        leg.invite.cancel(Reasons.RANG_TOO_LONG, 0, Reasons.RANG_TOO_LONG.capacity());
        call.attempts[leg.attempt].finalStatus = 408;
        final boolean timeIsUp = call.ringUntilNs != Call.NEVER && exchange.layer.nowNs() >= call.ringUntilNs;
        if ((timeIsUp || !moveOn(leg)) && !goOn(leg, RingOutcome.NO_ANSWER)) {
            fail(call, Cause.NO_ANSWER, Rule.NO_ANSWER);
        }
    }

    void onTerminated(final Leg leg) {
        final InviteClientTransaction gone = leg.invite;
        leg.invite = null;
        for (Dialog dialog = leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
            if (dialog.inviteOut == gone) {
                dialog.inviteOut = null;
            }
            if (gone != null && dialog.ackCSeq == gone.cSeq()) {
                dialog.ack = exchange.blocks.free(dialog.ack);
            }
        }
        endEarlyDialogs(leg);
        exchange.freeIfDone(leg);
    }

    /** Forks that rang and never answered are gone with the INVITE (RFC 3261 section 13.2.2.4). */
    private void endEarlyDialogs(final Leg leg) {
        Dialog dialog = leg.firstDialog;
        while (dialog != null) {
            final Dialog next = dialog.nextInLeg;
            if (dialog.state == DialogState.EARLY) {
                if (dialog.counterpart != null) {
                    exchange.dialogs.terminate(dialog.counterpart);
                }
                exchange.dialogs.terminate(dialog);
            }
            dialog = next;
        }
    }

    /** Whether a leg's INVITE has had its final response. */
    boolean isSettled(final Leg leg) {
        final TransactionState state = leg.invite.state();
        return state != TransactionState.CALLING && state != TransactionState.PROCEEDING;
    }

    /** Ends what is left of an attempt that failed; nothing when the end of its call has freed it already. */
    void settle(final Leg leg) {
        if (!leg.isLive()) {
            return;
        }
        leg.abandoned = true;
        exchange.timers.cancel(leg.ringTimer);
        Dialog dialog = leg.firstDialog;
        while (dialog != null) {
            final Dialog next = dialog.nextInLeg;
            if (dialog.counterpart != null && dialog.counterpart.endedStatus == Dialog.NOT_ENDED) {
                exchange.dialogs.terminate(dialog.counterpart);
            }
            if (dialog.isLive()) {
                exchange.dialogs.terminate(dialog);
            }
            dialog = next;
        }
        exchange.freeIfDone(leg);
    }

    /** Gives the caller what a rule says, and ends the call: what the callee said stays in the record of the attempt. */
    void fail(final Call call, final Cause cause, final Rule rule) {
        final int status = rule.status();
        final int textLength = ReasonText.write(rule, 0, exchange.reasons.text(), 0);
        final MessageWriter writer = exchange.answers.begin(call.inviteIn, status);
        if (call.showReasons) {
            exchange.reasons.write(writer, status, rule.q850(), textLength);
        }
        writer.contentLength(0);
        exchange.responses.commit(call.inviteIn, status);
        call.finalStatus = status;
        call.q850 = rule.q850();
        call.stage = rule.stage().code();
        call.rule = rule.code();
        exchange.counters.increment(CoreCounter.CALLS_FAILED);
        exchange.teardown.finish(call, Release.APPLIANCE, cause);
    }

    /** A table is full. */
    void noRoom(final Call call) {
        exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
        refuse(call, Rule.CALL_TABLE_FULL);
    }

    private void refuse(final Call call, final Rule rule) {
        final int textLength = ReasonText.write(rule, 0, exchange.reasons.text(), 0);
        exchange.setup.refuse(call, rule, rule.status(), rule.q850(), textLength);
    }

    /** The caller's INVITE, indexed; valid until the next call of this method. */
    SipMessage invite(final Call call) {
        final int block = call.invite;
        final Problem problem = original.wrap(
                exchange.blocks.buffer(block), exchange.blocks.offset(block), exchange.blocks.length(block));
        if (problem != Problem.NONE) {
            throw new IllegalStateException("kept INVITE does not parse: problem=" + problem);
        }
        return original;
    }
}
