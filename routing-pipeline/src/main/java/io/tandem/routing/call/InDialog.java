package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.InviteClientTransaction;
import io.tandem.routing.transaction.InviteServerTransaction;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.NonInviteServerTransaction;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;

/**
 * Requests inside dialogs, relayed to the dialog on the other leg and their answers back (RFC 3261 section 12.2, 14; RFC
 * 3262, 3311, 6086, 3428; {@code docs/specs/call-states.md}). Core's thread only.
 */
final class InDialog {
    private static final int RETRY_AFTER_MAX_SEC = 10;

    private final Exchange exchange;

    InDialog(final Exchange exchange) {
        this.exchange = exchange;
    }

    // ---- requests --------------------------------------------------------------------------------------------------

    void onRequest(final Dialog dialog, final SipMessage request, final Peer source) {
        final Method method = request.method();
        final ServerTransaction transaction = method == Method.INVITE
                ? exchange.layer.newInviteServer(request, source)
                : exchange.layer.newNonInviteServer(request, source);
        if (transaction == null) {
            onRequestWithoutRoom(dialog, request, source);
            return;
        }
        if (transaction.cSeq() < dialog.remoteCSeq) {
            answer(transaction, 500);
            return;
        }
        dialog.remoteCSeq = transaction.cSeq();
        if (exchange.answers.refusedExtension(request, transaction)) {
            return;
        }
        if (method != Method.BYE && exchange.privacy.isImpossible(request)) {
            exchange.responses.send(transaction, 500, exchange.privacy.failure(request));
            return;
        }
        if ((method == Method.INVITE || method == Method.UPDATE)
                && !exchange.sessionTimers.onRequest(dialog, request, transaction)) {
            return;
        }
        switch (method) {
            case BYE -> {
                exchange.answers.plain(transaction, Teardown.byeStatus(dialog));
                exchange.teardown.onBye(dialog, request);
            }
            case INVITE -> onReinvite(dialog, request, (InviteServerTransaction) transaction);
            case UPDATE -> onUpdate(dialog, request, (NonInviteServerTransaction) transaction);
            case PRACK, INFO, OPTIONS, MESSAGE, NOTIFY ->
                relay(dialog, request, (NonInviteServerTransaction) transaction);
            default -> refuseMethod(transaction);
        }
    }

    /** No transaction is left: a BYE is obeyed all the same, for it makes room; its repetition will hear 481. */
    private void onRequestWithoutRoom(final Dialog dialog, final SipMessage request, final Peer source) {
        exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
        final boolean inOrder = exchange.layer.keys().cSeq().number() >= dialog.remoteCSeq;
        if (request.method() == Method.BYE && inOrder) {
            exchange.answers.stateless(request, source, Teardown.byeStatus(dialog));
            exchange.teardown.onBye(dialog, request);
        } else {
            exchange.answers.busy(request, source);
        }
    }

    private void onReinvite(final Dialog dialog, final SipMessage request, final InviteServerTransaction transaction) {
        final Dialog other = dialog.counterpart;
        if (dialog.state == DialogState.TERMINATED || other == null || other.state == DialogState.TERMINATED) {
            answer(transaction, 481);
        } else if (isAsking(dialog)) {
            retryLater(transaction);
        } else if (dialog.state == DialogState.EARLY || isInviting(dialog) || other.success != BlockStore.NO_BLOCK) {
            answer(transaction, 491);
        } else if (MaxForwards.isUsedUp(request)) {
            answer(transaction, 483);
        } else {
            exchange.dialogs.refreshTarget(dialog, request);
            final InviteClientTransaction relayed =
                    exchange.layer.newInviteClient(other, other.peer, other.localCSeq + 1);
            if (relayed == null) {
                exchange.answers.full(transaction);
                return;
            }
            other.localCSeq++;
            exchange.provisionalTerms.takeDown(request, transaction);
            transaction.tryingLater();
            exchange.dialogRequests.write(other, relayed, Method.INVITE, request);
            final int started = exchange.layer.start(relayed);
            if (started != TransactionLayer.STARTED) {
                exchange.answers.notStarted(transaction, started);
                return;
            }
            if (other.inviteOut != null && other.inviteOut.user() == other) {
                exchange.absorb(other.inviteOut);
            }
            relayed.upstream(transaction);
            other.inviteOut = relayed;
            other.openRequests++;
            dialog.inviteIn = transaction;
            transaction.user(dialog);
        }
    }

    /** Whether the peer of a dialog still waits for the end of an INVITE of its own (RFC 3261 section 14.2). */
    private static boolean isAsking(final Dialog dialog) {
        return dialog.inviteIn != null
                || dialog.success != BlockStore.NO_BLOCK
                || (dialog.state == DialogState.EARLY && dialog.towardsCaller());
    }

    /** Whether we have an INVITE under way towards the peer of a dialog, or its 2xx is not acknowledged yet. */
    private static boolean isInviting(final Dialog dialog) {
        return dialog.owesAck
                || (dialog.inviteOut != null
                        && switch (dialog.inviteOut.state()) {
                            case CALLING, PROCEEDING -> true;
                            default -> false;
                        });
    }

    private void onUpdate(final Dialog dialog, final SipMessage request, final NonInviteServerTransaction transaction) {
        if (dialog.state == DialogState.CONFIRMED && isInviting(dialog) && request.bodyLength() > 0) {
            answer(transaction, 491);
        } else if (dialog.state == DialogState.CONFIRMED && dialog.inviteIn != null && request.bodyLength() > 0) {
            retryLater(transaction);
        } else {
            exchange.dialogs.refreshTarget(dialog, request);
            relay(dialog, request, transaction);
        }
    }

    private void relay(final Dialog dialog, final SipMessage request, final NonInviteServerTransaction transaction) {
        final Dialog other = dialog.counterpart;
        if (dialog.state == DialogState.TERMINATED || other == null || other.state == DialogState.TERMINATED) {
            answer(transaction, 481);
            return;
        }
        if (MaxForwards.isUsedUp(request)) {
            answer(transaction, 483);
            return;
        }
        final NonInviteClientTransaction relayed =
                exchange.layer.newNonInviteClient(other, other.peer, request.method(), other.localCSeq + 1);
        if (relayed == null) {
            exchange.answers.full(transaction);
            return;
        }
        other.localCSeq++;
        exchange.dialogRequests.write(other, relayed, request.method(), request);
        final int started = exchange.layer.start(relayed);
        if (started == TransactionLayer.STARTED) {
            relayed.upstream(transaction);
            transaction.tryingWhenLate();
            other.openRequests++;
        } else {
            exchange.answers.notStarted(transaction, started);
        }
    }

    private void refuseMethod(final ServerTransaction transaction) {
        exchange.answers
                .begin(transaction, 405)
                .header(HeaderName.ALLOW, Capabilities.ALLOW)
                .contentLength(0);
        exchange.responses.commit(transaction, 405);
    }

    private void retryLater(final ServerTransaction transaction) {
        exchange.answers
                .begin(transaction, 500)
                .header(HeaderName.RETRY_AFTER, transaction.serial() % (RETRY_AFTER_MAX_SEC + 1))
                .contentLength(0);
        exchange.responses.commit(transaction, 500);
    }

    private void answer(final ServerTransaction transaction, final int status) {
        exchange.responses.send(transaction, status, StatusText.of(status));
    }

    /** CANCEL of a re-INVITE: the one on the other leg is cancelled, its 487 comes back the usual way. */
    void onCancel(final Dialog dialog, final InviteServerTransaction transaction, final SipMessage cancel) {
        if (transaction.downstream() instanceof InviteClientTransaction relayed) {
            final int length = exchange.reasons.copy(cancel);
            relayed.cancel(exchange.reasons.copied(), 0, length);
        }
    }

    // ---- responses -------------------------------------------------------------------------------------------------

    void onResponse(final Dialog dialog, final ClientTransaction transaction, final SipMessage response) {
        final int status = response.statusCode();
        final ServerTransaction upstream = transaction.upstream();
        if (status < 200) {
            if (transaction instanceof InviteClientTransaction invite) {
                invite.expireAfter(exchange.layer.values().timerCNs());
                if (status > 100 && upstream != null) {
                    exchange.relayedResponses.write(upstream, response, dialog.leg, null, status, false);
                    exchange.responses.commit(upstream, status);
                }
            }
            return;
        }
        if (transaction instanceof InviteClientTransaction invite && status < 300) {
            onInviteSuccess(dialog, invite, (InviteServerTransaction) upstream, response);
            return;
        }
        dialog.openRequests--;
        exchange.absorb(transaction);
        if (transaction == dialog.inviteOut) {
            dialog.inviteOut = null;
        }
        if (status < 300 && transaction.method() == Method.UPDATE) {
            exchange.dialogs.refreshTarget(dialog, response);
        }
        if (upstream != null) {
            forgetInviteIn(dialog.counterpart, upstream);
            exchange.relayedResponses.write(upstream, response, dialog.leg, null, status, false);
            final boolean fits = !exchange.responses.isTooLarge();
            exchange.responses.commit(upstream, status);
            if (fits && status < 300 && transaction.method() == Method.UPDATE) {
                exchange.sessionTimers.onAnswered(dialog.counterpart, upstream.note(), response);
            }
            transaction.upstream(null);
        } else if (transaction instanceof NonInviteClientTransaction update && update.cSeq() == dialog.refreshCSeq) {
            exchange.sessionTimers.onRefreshed(dialog, update, response);
        }
        if (dialog.state == DialogState.TERMINATED) {
            exchange.dialogs.freeIfDone(dialog);
        } else if ((status == 408 || status == 481) && transaction.method() != Method.PRACK) {
            exchange.teardown.partyGone(dialog, Reasons.PEER_FORGOT, Cause.PARTY_FORGOT);
        }
    }

    private void onInviteSuccess(
            final Dialog dialog,
            final InviteClientTransaction invite,
            final InviteServerTransaction upstream,
            final SipMessage response) {
        if (dialog.ackCSeq == invite.cSeq()) {
            if (!dialog.owesAck && dialog.ack != BlockStore.NO_BLOCK) {
                exchange.layer.send(dialog.peer, dialog.ack);
            }
            return;
        }
        dialog.openRequests--;
        dialog.ack = exchange.blocks.free(dialog.ack);
        dialog.ackCSeq = invite.cSeq();
        dialog.owesAck = true;
        if (upstream == null || dialog.state == DialogState.TERMINATED) {
            invite.upstream(null);
            acknowledge(dialog, null);
            exchange.dialogs.freeIfDone(dialog);
            return;
        }
        exchange.dialogs.refreshTarget(dialog, response);
        final Dialog other = dialog.counterpart;
        forgetInviteIn(other, upstream);
        exchange.relayedResponses.write(upstream, response, dialog.leg, null, response.statusCode(), false);
        if (exchange.responses.isTooLarge()) {
            exchange.responses.commit(upstream, response.statusCode());
            invite.upstream(null);
            exchange.teardown.hangUp(dialog.leg.call, Reasons.TOO_LARGE, Cause.TOO_LARGE);
            return;
        }
        commitSuccess(other, upstream, response.statusCode());
        exchange.sessionTimers.onAnswered(other, upstream.note(), response);
        invite.upstream(null);
    }

    private static void forgetInviteIn(final Dialog dialog, final ServerTransaction transaction) {
        if (dialog != null && dialog.inviteIn == transaction) {
            dialog.inviteIn.user(null);
            dialog.inviteIn = null;
        }
    }

    /** Sends the 2xx that was written and repeats it until the ACK comes (RFC 3261 section 13.3.1.4). */
    void commitSuccess(final Dialog dialog, final InviteServerTransaction transaction, final int status) {
        dialog.success = exchange.blocks.free(dialog.success);
        dialog.success = exchange.responses.keep();
        dialog.successCSeq = transaction.cSeq();
        dialog.successPeer.set(transaction.peer());
        exchange.responses.commit(transaction, status);
        final long nowNs = exchange.layer.nowNs();
        dialog.successIntervalNs = exchange.layer.values().t1Ns();
        dialog.successDeadlineNs = nowNs + exchange.layer.values().transactionTimeoutNs();
        exchange.timers.schedule(dialog.successTimer, nowNs + dialog.successIntervalNs);
    }

    void onSuccessUnacknowledged(final Dialog dialog, final long nowNs) {
        if (nowNs >= dialog.successDeadlineNs) {
            dialog.success = exchange.blocks.free(dialog.success);
            exchange.counters.increment(CoreCounter.ACKS_MISSING);
            dialog.firstAckDue = false;
            if (dialog.byeHeld) {
                exchange.teardown.sendHeldBye(dialog);
            } else {
                exchange.teardown.hangUp(dialog.leg.call, Reasons.NO_ACK, Cause.NO_ACK);
            }
            return;
        }
        if (dialog.success != BlockStore.NO_BLOCK) {
            exchange.layer.send(dialog.successPeer, dialog.success);
        }
        dialog.successIntervalNs =
                Math.min(2 * dialog.successIntervalNs, exchange.layer.values().t2Ns());
        exchange.timers.schedule(
                dialog.successTimer, Math.min(nowNs + dialog.successIntervalNs, dialog.successDeadlineNs));
    }

    // ---- ACK -------------------------------------------------------------------------------------------------------

    /** An ACK of a 2xx; false when nothing waits for it. */
    boolean onAck(final Dialog dialog, final SipMessage ack) {
        if (dialog.successCSeq == Dialog.NO_CSEQ || exchange.layer.keys().cSeq().number() != dialog.successCSeq) {
            return false;
        }
        dialog.success = exchange.blocks.free(dialog.success);
        exchange.timers.cancel(dialog.successTimer);
        final Dialog other = dialog.counterpart;
        if (other != null && other.owesAck) {
            acknowledge(other, ack);
        }
        dialog.firstAckDue = false;
        if (dialog.byeHeld) {
            exchange.teardown.sendHeldBye(dialog);
        }
        return true;
    }

    /** Sends the ACK that a dialog owes its peer, with the other side's body if there is one. */
    void acknowledge(final Dialog dialog, final SipMessage source) {
        final MessageWriter writer = exchange.dialogRequests.ack(dialog, dialog.ackCSeq, source);
        if (source == null) {
            writer.contentLength(0);
        }
        dialog.ack = exchange.blocks.free(dialog.ack);
        dialog.ack = exchange.layer.sendAndKeep(dialog.peer);
        dialog.owesAck = false;
    }

    // ---- silence ---------------------------------------------------------------------------------------------------

    /** No answer to a request of ours in a dialog: the other side hears nothing either (RFC 4320), but the end of the call. */
    void onNoResponse(final Dialog dialog, final ClientTransaction transaction) {
        lose(dialog, transaction, 408);
    }

    /** A request of ours in a dialog could not be delivered: a 503 (RFC 3261 section 8.1.3.1), so 500 to the other side. */
    void onUndeliverable(final Dialog dialog, final ClientTransaction transaction) {
        lose(dialog, transaction, 500);
    }

    private void lose(final Dialog dialog, final ClientTransaction transaction, final int status) {
        dialog.openRequests--;
        exchange.absorb(transaction);
        if (transaction == dialog.inviteOut) {
            dialog.inviteOut = null;
        }
        final ServerTransaction upstream = transaction.upstream();
        if (upstream != null) {
            transaction.upstream(null);
            forgetInviteIn(dialog.counterpart, upstream);
            if (status == 408 && upstream instanceof NonInviteServerTransaction silent) {
                silent.giveUp();
            } else {
                answer(upstream, status);
            }
        }
        if (dialog.state == DialogState.TERMINATED) {
            exchange.dialogs.freeIfDone(dialog);
        } else {
            exchange.teardown.partyGone(dialog, Reasons.PEER_SILENT, Cause.PARTY_SILENT);
        }
    }

    /** A re-INVITE of ours is over: its 2xx will not come again. */
    void onTerminated(final Dialog dialog, final ClientTransaction transaction) {
        if (dialog.inviteOut == transaction) {
            dialog.inviteOut = null;
            dialog.ack = exchange.blocks.free(dialog.ack);
        }
    }
}
