package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.model.EarlyMedia;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.InviteClientTransaction;
import io.tandem.sip.SipMessage;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What callees answer to an INVITE: provisional responses and successes, and the dialogs that they make (RFC 3261 section 13.2.2.4
 * towards the callee, 13.3.1 towards the caller; {@code docs/specs/call-states.md}). Core's thread only.
 */
final class CalleeAnswers {
    private final Exchange exchange;

    CalleeAnswers(final Exchange exchange) {
        this.exchange = exchange;
    }

    void onProvisional(final Leg leg, final SipMessage response) {
        final Call call = leg.call;
        if (leg.abandoned || call.state.compareTo(CallState.ANSWERED) >= 0) {
            return;
        }
        final long nowNs = exchange.layer.nowNs();
        exchange.attempts.waitForAnswer(leg);
        final int status = response.statusCode();
        if (status == EarlyEndings.STATUS) {
            exchange.earlyEndings.onCalleeGone(leg, exchange.dialogs.find(leg, response), response);
            return;
        }
        final Call.Attempt attempt = call.attempts[leg.attempt];
        if (attempt.firstRingNs == Call.NEVER) {
            attempt.firstRingNs = nowNs;
        }
        if (status == 180) {
            call.state = CallState.RINGING;
            call.ringNs = call.ringNs == Call.NEVER ? nowNs : call.ringNs;
        } else {
            call.progressNs = call.progressNs == Call.NEVER ? nowNs : call.progressNs;
        }
        Dialog callee = exchange.dialogs.find(leg, response);
        if (callee == null) {
            callee = join(leg, response);
        }
        if (callee == null || callee.counterpart == null || callee.state != DialogState.EARLY) {
            return;
        }
        final long rSeq = exchange.reliability.rSeq(response);
        final boolean ours = rSeq > 0 && !ProvisionalTerms.takeReliable(call.inviteIn.note());
        final boolean offered = ours && response.bodyLength() > 0 && exchange.reliability.leavesOfferToCallee(call);
        if ((ours && !offered) ? !exchange.reliability.acknowledge(callee, rSeq) : isOvertaken(callee, rSeq)) {
            return;
        }
        exchange.relayedResponses.write(
                call.inviteIn, response, leg, callee.counterpart, status, offered || keepsMediaBack(leg, callee));
        exchange.responses.commit(call.inviteIn, status);
        call.progressPassed = true;
    }

    /** Whether a reliable provisional response comes again after the next one: it goes no further (RFC 3262 section 4). */
    private static boolean isOvertaken(final Dialog callee, final long rSeq) {
        if (rSeq < 0) {
            return false;
        }
        final boolean overtaken = rSeq < callee.rSeq;
        callee.rSeq = Math.max(callee.rSeq, rSeq);
        return overtaken;
    }

    private static boolean keepsMediaBack(final Leg leg, final Dialog callee) {
        return leg.earlyMedia == EarlyMedia.NONE.ordinal()
                || (leg.earlyMedia == EarlyMedia.FIRST.ordinal() && callee.nextInLeg != null);
    }

    /** Makes the dialog with the callee and its counterpart towards the caller; null when there is no room. */
    private Dialog join(final Leg leg, final SipMessage response) {
        final Call call = leg.call;
        final Dialog callee = exchange.dialogs.newCalleeDialog(leg, response);
        if (callee == null) {
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            return null;
        }
        final Dialog caller = exchange.dialogs.newCallerDialog(call.callerLeg, exchange.attempts.invite(call));
        if (caller == null) {
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            exchange.dialogs.terminate(callee);
            return null;
        }
        callee.counterpart = caller;
        caller.counterpart = callee;
        return callee;
    }

    void onSuccess(final Leg leg, final InviteClientTransaction transaction, final SipMessage response) {
        final Call call = leg.call;
        Dialog callee = exchange.dialogs.find(leg, response);
        if (callee != null && callee.state != DialogState.EARLY) {
            if (callee.ack != BlockStore.NO_BLOCK && callee.ackCSeq == transaction.cSeq()) {
                exchange.layer.send(callee.peer, callee.ack);
            }
            return;
        }
        if (leg.abandoned || call.state.compareTo(CallState.ANSWERED) >= 0) {
            endUnwanted(leg, callee, response);
            return;
        }
        if (callee == null) {
            callee = join(leg, response);
            if (callee == null) {
                exchange.attempts.noRoom(call);
                exchange.strayAnswers.end(transaction, response);
                return;
            }
        } else {
            exchange.dialogs.confirm(callee, response);
        }
        answer(call, leg, callee, response);
    }

    private void answer(final Call call, final Leg leg, final Dialog callee, final SipMessage response) {
        final long nowNs = exchange.layer.nowNs();
        final Dialog caller = callee.counterpart;
        exchange.relayedResponses.write(call.inviteIn, response, leg, caller, response.statusCode(), false);
        if (exchange.responses.isTooLarge()) {
            exchange.counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
            leg.abandoned = true;
            exchange.attempts.fail(call, Cause.UNREACHABLE, Rule.TOO_LARGE);
            endUnwanted(leg, callee, response);
            return;
        }
        exchange.inDialog.commitSuccess(caller, call.inviteIn, response.statusCode());
        caller.firstAckDue = true;
        call.candidates.clear();
        final Call.Attempt attempt = call.attempts[leg.attempt];
        attempt.finalStatus = response.statusCode();
        attempt.firstRingNs = attempt.firstRingNs == Call.NEVER ? nowNs : attempt.firstRingNs;
        call.state = CallState.ANSWERED;
        call.answeredLeg = leg;
        call.answerNs = nowNs;
        call.finalStatus = response.statusCode();
        exchange.counters.increment(CoreCounter.CALLS_ANSWERED);
        exchange.timers.cancel(leg.ringTimer);
        callee.state = DialogState.CONFIRMED;
        callee.owesAck = true;
        callee.ackCSeq = leg.invite.cSeq();
        caller.state = DialogState.CONFIRMED;
        exchange.sessionTimers.onAnswered(caller, call.inviteIn.note(), response);
        call.inviteIn.user(null);
        call.inviteIn = null;
        call.invite = exchange.blocks.free(call.invite);
        exchange.followUp.forget(call);
        exchange.diversions.forget(call);
        if (call.maxCallSec > 0) {
            exchange.timers.schedule(call.limitTimer, nowNs + TimeUnit.SECONDS.toNanos(call.maxCallSec));
        }
        dropOtherDialogs(leg, callee);
        dropOtherDialogs(call.callerLeg, caller);
    }

    private void dropOtherDialogs(final Leg leg, final Dialog kept) {
        Dialog dialog = leg.firstDialog;
        while (dialog != null) {
            final Dialog next = dialog.nextInLeg;
            if (dialog != kept) {
                exchange.dialogs.terminate(dialog);
            }
            dialog = next;
        }
    }

    /** A callee answered whom nobody wants any more: ACK, then BYE (RFC 3261 section 13.2.2.4, 9.1). */
    private void endUnwanted(final Leg leg, final Dialog early, final SipMessage response) {
        Dialog callee = early;
        if (callee == null) {
            callee = exchange.dialogs.newCalleeDialog(leg, response);
            if (callee == null) {
                exchange.strayAnswers.end(leg.invite, response);
                return;
            }
        } else {
            exchange.dialogs.confirm(callee, response);
        }
        callee.state = DialogState.CONFIRMED;
        callee.owesAck = true;
        callee.ackCSeq = leg.invite.cSeq();
        exchange.timers.cancel(leg.ringTimer);
        final UnsafeBuffer why = whyUnwanted(leg);
        final Call.Attempt attempt = leg.call.attempts[leg.attempt];
        if (leg.abandoned && attempt.finalStatus == 0) {
            attempt.finalStatus = response.statusCode();
        }
        exchange.teardown.bye(callee, null, why);
    }

    private static UnsafeBuffer whyUnwanted(final Leg leg) {
        if (!leg.abandoned) {
            return Reasons.ANSWERED_ELSEWHERE;
        }
        if (leg.call.attempts[leg.attempt].finalStatus == 408) {
            return Reasons.RANG_TOO_LONG;
        }
        return leg.call.rule == Rule.TOO_LARGE.code() ? Reasons.TOO_LARGE : Reasons.CALLER_GONE;
    }
}
