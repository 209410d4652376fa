package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How calls end. Whatever ends a call, {@link #finish} runs exactly once: the record is written and everything held is
 * given back there and nowhere else. Core's thread only.
 */
final class Teardown {
    private final Exchange exchange;
    private final UnsafeBuffer heldReason = new UnsafeBuffer(0, 0);

    Teardown(final Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * The caller gave up, with a CANCEL (RFC 3261 section 9.2) or a BYE in an early dialog (section 15): 487 to the caller,
     * CANCEL to whoever rings.
     */
    void onCallerGaveUp(final Call call, final SipMessage cancel) {
        if (call.isEnded() || call.inviteIn == null) {
            return;
        }
        final int reasonLength = exchange.reasons.copy(cancel);
        call.q850 = exchange.reasons.q850(cancel);
        exchange.responses.send(call.inviteIn, 487, StatusText.of(487));
        call.finalStatus = 487;
        exchange.counters.increment(CoreCounter.CALLS_CANCELLED);
        for (Leg leg = call.firstLeg; leg != null; leg = leg.nextInCall) {
            if (!leg.abandoned && leg.invite != null) {
                leg.abandoned = true;
                exchange.timers.cancel(leg.ringTimer);
                leg.invite.cancel(exchange.reasons.copied(), 0, reasonLength);
            }
        }
        finish(call, Release.CALLER, Cause.GIVEN_UP);
    }

    /** What a BYE is answered: a callee that only rings has none to send (RFC 3261 section 15). */
    static int byeStatus(final Dialog dialog) {
        return dialog.state == DialogState.EARLY && !dialog.towardsCaller() ? 481 : 200;
    }

    /** A BYE that has been answered (RFC 3261 section 15.1.2). */
    void onBye(final Dialog dialog, final SipMessage bye) {
        final Call call = dialog.leg.call;
        if (byeStatus(dialog) != 200) {
            return;
        }
        if (dialog.state == DialogState.EARLY) {
            onCallerGaveUp(call, bye);
            return;
        }
        if (dialog.state == DialogState.TERMINATED || call.isEnded()) {
            // ours may have waited for an ACK, and is not needed any more
            exchange.dialogs.terminate(dialog);
            return;
        }
        call.q850 = exchange.reasons.q850(bye);
        call.q850 = call.q850 == 0 ? StatusText.q850(200) : call.q850;
        final Dialog other = dialog.counterpart;
        final boolean byCaller = dialog.towardsCaller();
        answerPending(dialog);
        if (dialog.owesAck) {
            exchange.inDialog.acknowledge(dialog, null);
        }
        exchange.counters.increment(CoreCounter.CALLS_ENDED);
        finish(call, byCaller ? Release.CALLER : Release.CALLEE, Cause.HUNG_UP);
        if (other != null) {
            bye(other, bye, Reasons.NONE);
        }
        exchange.dialogs.terminate(dialog);
    }

    /** Sends BYE to both parties of an answered call. */
    void hangUp(final Call call, final UnsafeBuffer reason, final Cause cause) {
        if (call.isEnded()) {
            return;
        }
        exchange.counters.increment(CoreCounter.CALLS_ENDED);
        finish(call, Release.APPLIANCE, cause);
        byeAll(call.callerLeg, reason);
        for (Leg leg = call.firstLeg; leg != null; ) {
            final Leg next = leg.nextInCall;
            byeAll(leg, reason);
            leg = next;
        }
    }

    private void byeAll(final Leg leg, final UnsafeBuffer reason) {
        Dialog dialog = leg == null ? null : leg.firstDialog;
        while (dialog != null) {
            final Dialog next = dialog.nextInLeg;
            if (dialog.state == DialogState.CONFIRMED) {
                bye(dialog, null, reason);
            }
            dialog = next;
        }
    }

    /** One party no longer answers or no longer knows the call: the other gets a BYE (RFC 3261 section 12.2.1.2). */
    void partyGone(final Dialog dialog, final UnsafeBuffer reason, final Cause cause) {
        final Call call = dialog.leg.call;
        if (call.isEnded()) {
            exchange.dialogs.terminate(dialog);
            return;
        }
        if (dialog.state != DialogState.CONFIRMED) {
            return;
        }
        final Dialog other = dialog.counterpart;
        final boolean caller = dialog.towardsCaller();
        exchange.counters.increment(CoreCounter.CALLS_ENDED);
        call.q850 = StatusText.q850(408);
        finish(call, caller ? Release.CALLER : Release.CALLEE, cause);
        if (other != null) {
            bye(other, null, reason);
        }
        bye(dialog, null, Reasons.NONE);
    }

    /** The call has lasted as long as it may (D10). */
    void onTooLong(final Call call) {
        exchange.counters.increment(CoreCounter.CALLS_TIMED_OUT);
        call.q850 = 31;
        call.stage = Rule.CALL_TOO_LONG.stage().code();
        call.rule = Rule.CALL_TOO_LONG.code();
        hangUp(call, Reasons.TOO_LONG, Cause.TOO_LONG);
    }

    /**
     * Ends a confirmed dialog with a BYE, after the ACK if one is owed; where one is due from the caller, the BYE waits for
     * it, or until it is not waited for any more (RFC 3261 section 15).
     *
     * @param source BYE of the other party that this one relays, or null.
     * @param reason Reason fields when there is no source.
     */
    void bye(final Dialog dialog, final SipMessage source, final UnsafeBuffer reason) {
        if (dialog.state == DialogState.TERMINATED) {
            return;
        }
        if (dialog.firstAckDue) {
            holdBye(dialog, source, reason);
            return;
        }
        answerPending(dialog);
        if (dialog.owesAck) {
            exchange.inDialog.acknowledge(dialog, null);
        }
        final NonInviteClientTransaction transaction =
                exchange.layer.newNonInviteClient(dialog, dialog.peer, Method.BYE, dialog.localCSeq + 1);
        if (transaction != null) {
            dialog.localCSeq++;
            final MessageWriter writer = exchange.dialogRequests.write(dialog, transaction, Method.BYE, source);
            if (source == null) {
                writer.raw(reason, 0, reason.capacity()).contentLength(0);
            }
            if (exchange.layer.start(transaction) == TransactionLayer.STARTED) {
                dialog.openRequests++;
            }
        } else {
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
        }
        exchange.dialogs.terminate(dialog);
    }

    private void holdBye(final Dialog dialog, final SipMessage source, final UnsafeBuffer reason) {
        if (dialog.byeHeld) {
            return;
        }
        dialog.byeHeld = true;
        final UnsafeBuffer fields = source == null ? reason : exchange.reasons.copied();
        final int length = source == null ? reason.capacity() : exchange.reasons.copy(source);
        dialog.heldReason = length == 0 ? BlockStore.NO_BLOCK : exchange.blocks.store(fields, 0, length);
    }

    /** Sends the BYE that waited for the caller's ACK. */
    void sendHeldBye(final Dialog dialog) {
        dialog.byeHeld = false;
        final int block = dialog.heldReason;
        if (block == BlockStore.NO_BLOCK) {
            bye(dialog, null, Reasons.NONE);
        } else {
            heldReason.wrap(
                    exchange.blocks.buffer(block), exchange.blocks.offset(block), exchange.blocks.length(block));
            bye(dialog, null, heldReason);
        }
    }

    /** A re-INVITE that the peer waits for ends with its dialog (RFC 3261 section 15.1.2). */
    private void answerPending(final Dialog dialog) {
        if (dialog.inviteIn != null) {
            final ServerTransaction pending = dialog.inviteIn;
            dialog.inviteIn.user(null);
            dialog.inviteIn = null;
            if (pending.downstream() != null) {
                pending.downstream().upstream(null);
            }
            exchange.responses.send(pending, 487, StatusText.of(487));
        }
    }

    /** Writes the record, gives back what the call holds, and lets go of it: nothing of it counts any more. */
    void finish(final Call call, final Release release, final Cause cause) {
        if (call.isEnded()) {
            return;
        }
        exchange.recorder.write(call, release, cause, exchange.layer.nowNs());
        call.state = CallState.ENDED;
        exchange.callEnded();
        exchange.timers.cancel(call.limitTimer);
        exchange.stages.release(call.holds);
        call.candidates.clear();
        call.inviteIn = null;
        call.invite = exchange.blocks.free(call.invite);
        exchange.followUp.forget(call);
        exchange.diversions.forget(call);
        dropEarlyCallerDialogs(call);
        Leg leg = call.firstLeg;
        while (leg != null) {
            final Leg next = leg.nextInCall;
            if (call.answerNs != Call.NEVER) {
                exchange.stages.release(leg.holds);
                exchange.stages.release(leg.redirectHolds);
            }
            exchange.freeIfDone(leg);
            leg = next;
        }
        exchange.freeIfDone(call);
    }

    private void dropEarlyCallerDialogs(final Call call) {
        final Leg leg = call.callerLeg;
        if (leg == null) {
            return;
        }
        Dialog dialog = leg.firstDialog;
        while (dialog != null) {
            final Dialog next = dialog.nextInLeg;
            if (dialog.state == DialogState.EARLY) {
                exchange.dialogs.terminate(dialog);
            }
            dialog = next;
        }
        if (leg.isLive()) {
            exchange.freeIfDone(leg);
        }
    }
}
