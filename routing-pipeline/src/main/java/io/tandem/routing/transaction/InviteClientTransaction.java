package io.tandem.routing.transaction;

import io.tandem.routing.store.BlockStore;
import io.tandem.sip.SipMessage;
import org.agrona.DirectBuffer;

/**
 * INVITE client transaction, RFC 3261 section 17.1.1 with RFC 6026 section 7.2.
 *
 * <pre>
 * state       event              action                                next
 * CALLING     timer A            send again, interval doubles          CALLING
 * CALLING     timer B            tell the user                         TERMINATED
 * CALLING     undeliverable      tell the user                         TERMINATED
 * CALLING     1xx                pass up, stop A and B                 PROCEEDING
 * PROCEEDING  1xx                pass up                               PROCEEDING
 * either      2xx                pass up, timer M                      ACCEPTED
 * PROCEEDING  limit set by user  tell the user                           TERMINATED
 * PROCEEDING  64*T1 after CANCEL tell the user                           TERMINATED
 * either      300-699            ACK, pass up, timer D                 COMPLETED
 * ACCEPTED    2xx                pass up                               ACCEPTED
 * ACCEPTED    timer M                                                  TERMINATED
 * COMPLETED   300-699            ACK again                             COMPLETED
 * COMPLETED   2xx                pass up as late                       COMPLETED
 * COMPLETED   timer D (0 on streams)                                   TERMINATED
 * </pre>
 */
public final class InviteClientTransaction extends ClientTransaction {
    /** The CANCEL of this INVITE: it carries this transaction's branch (RFC 3261 section 9.1). */
    NonInviteClientTransaction cancel;

    /** Reason fields of a CANCEL that waits for the first provisional, while {@link #cancelHeld}. */
    private int heldReason = BlockStore.NO_BLOCK;

    private boolean cancelHeld;
    private int ack = BlockStore.NO_BLOCK;
    private int followUps;

    InviteClientTransaction(final TransactionLayer layer) {
        super(layer);
    }

    void start() {
        cancelHeld = false;
        followUps = 0;
        state = TransactionState.CALLING;
        if (!peer.isReliable()) {
            scheduleRetransmit(layer.values.t1Ns());
        }
        scheduleTimeout(layer.values.transactionTimeoutNs());
    }

    @Override
    void onResponse(final SipMessage response) {
        final int status = response.statusCode();
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (status < 200) {
                    if (state == TransactionState.CALLING) {
                        state = TransactionState.PROCEEDING;
                        stopRetransmitting();
                        layer.timers.cancel(timeoutTimer);
                        sendHeldCancel();
                    }
                } else if (status < 300) {
                    state = TransactionState.ACCEPTED;
                    stopRetransmitting();
                    message = layer.blocks.free(message);
                    scheduleTimeout(layer.values.transactionTimeoutNs());
                } else {
                    state = TransactionState.COMPLETED;
                    stopRetransmitting();
                    ack = layer.sendFailureAck(this, response);
                    message = layer.blocks.free(message);
                    scheduleTimeout(peer.isReliable() ? 0 : layer.values.transactionTimeoutNs());
                }
                user.onResponse(this, response);
            }
            case ACCEPTED -> {
                if (status >= 200 && status < 300) {
                    user.onResponse(this, response);
                }
            }
            case COMPLETED -> {
                if (status >= 300 && ack != BlockStore.NO_BLOCK) {
                    layer.send(peer, ack);
                } else if (status >= 200 && status < 300) {
                    user.onLateSuccess(this, response);
                }
            }
            default -> layer.strayResponse();
        }
    }

    @Override
    void onTransportFailure() {
        if (state == TransactionState.CALLING || state == TransactionState.PROCEEDING) {
            user.onTransportFailure(this);
            end();
        }
    }

    @Override
    void onRetransmit(final long nowNs) {
        sendMessage();
        scheduleRetransmit(2 * retransmitIntervalNs);
    }

    @Override
    void onTimeout(final long nowNs) {
        if (state == TransactionState.CALLING || state == TransactionState.PROCEEDING) {
            user.onTimeout(this);
        }
        end();
    }

    /**
     * Cancels the INVITE: at once when a provisional response has come, else as soon as one comes (RFC 3261 section 9.1).
     *
     * @param reasons buffer with whole Reason fields to add.
     */
    public void cancel(final DirectBuffer reasons, final int offset, final int length) {
        if (state == TransactionState.PROCEEDING) {
            sendCancel(reasons, offset, length);
        } else if (state == TransactionState.CALLING && !cancelHeld) {
            cancelHeld = true;
            heldReason = length == 0 ? BlockStore.NO_BLOCK : layer.blocks.store(reasons, offset, length);
        }
    }

    private void sendHeldCancel() {
        if (cancelHeld) {
            cancelHeld = false;
            final int block = heldReason;
            if (block == BlockStore.NO_BLOCK) {
                sendCancel(null, 0, 0);
            } else {
                sendCancel(layer.blocks.buffer(block), layer.blocks.offset(block), layer.blocks.length(block));
            }
            heldReason = layer.blocks.free(block);
        }
    }

    /** A cancelled INVITE without a final response is given up after 64 times T1 (RFC 3261 section 9.1). */
    private void sendCancel(final DirectBuffer reasons, final int offset, final int length) {
        if (cancel == null) {
            layer.sendCancel(this, reasons, offset, length);
            scheduleTimeout(layer.values.transactionTimeoutNs());
        }
    }

    /**
     * Bounds how long the INVITE may go on ringing: once it has had a provisional response nothing else does. Without a
     * final response until then the user is told of a timeout.
     */
    public void expireAfter(final long delayNs) {
        if (state == TransactionState.PROCEEDING && cancel == null) {
            scheduleTimeout(delayNs);
        }
    }

    void forgetCancel() {
        if (cancel != null) {
            cancel.cancelled = null;
            cancel = null;
        }
    }

    int ackBlock() {
        return ack;
    }

    boolean isCancelHeld() {
        return cancelHeld;
    }

    int heldReason() {
        return heldReason;
    }

    /**
     * Counts requests in dialogs of this INVITE whose own count is forgotten: 1, then 2, so that their CSeq rises (RFC 3261
     * section 12.2.1.1).
     */
    public int nextFollowUp() {
        return ++followUps;
    }

    int followUps() {
        return followUps;
    }

    void restoreFollowUps(final int count) {
        followUps = count;
    }

    void restore(final int ackBlock, final boolean held, final int heldReasonBlock) {
        ack = ackBlock;
        cancelHeld = held;
        heldReason = heldReasonBlock;
    }

    private void end() {
        ack = layer.blocks.free(ack);
        heldReason = layer.blocks.free(heldReason);
        terminate();
    }
}
