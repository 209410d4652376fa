package io.tandem.routing.transaction;

import io.tandem.sip.SipMessage;

/**
 * Non-INVITE client transaction, RFC 3261 section 17.1.2.
 *
 * <pre>
 * state       event           action                                             next
 * TRYING      timer E         send again, interval doubles up to T2              TRYING
 * PROCEEDING  timer E         send again, interval T2                            PROCEEDING
 * either      timer F         tell the user                                      TERMINATED
 * either      undeliverable   tell the user                                      TERMINATED
 * either      1xx             pass up                                            PROCEEDING
 * either      200-699         pass up, timer K                                   COMPLETED
 * COMPLETED   any             absorb                                             COMPLETED
 * COMPLETED   timer K (0 on streams)                                             TERMINATED
 * </pre>
 */
public final class NonInviteClientTransaction extends ClientTransaction {
    /** The INVITE that this CANCEL cancels, or null. */
    InviteClientTransaction cancelled;

    NonInviteClientTransaction(final TransactionLayer layer) {
        super(layer);
    }

    void start() {
        state = TransactionState.TRYING;
        if (!peer.isReliable()) {
            scheduleRetransmit(layer.values.t1Ns());
        }
        scheduleTimeout(layer.values.transactionTimeoutNs());
    }

    @Override
    void onResponse(final SipMessage response) {
        if (state == TransactionState.COMPLETED) {
            return;
        }
        if (response.statusCode() < 200) {
            state = TransactionState.PROCEEDING;
        } else {
            state = TransactionState.COMPLETED;
            stopRetransmitting();
            message = layer.blocks.free(message);
            scheduleTimeout(peer.isReliable() ? 0 : layer.values.t4Ns());
        }
        user.onResponse(this, response);
    }

    @Override
    void onTransportFailure() {
        if (state != TransactionState.COMPLETED) {
            user.onTransportFailure(this);
            terminate();
        }
    }

    @Override
    void onRetransmit(final long nowNs) {
        sendMessage();
        final long t2Ns = layer.values.t2Ns();
        scheduleRetransmit(state == TransactionState.PROCEEDING ? t2Ns : Math.min(2 * retransmitIntervalNs, t2Ns));
    }

    @Override
    void onTimeout(final long nowNs) {
        if (state != TransactionState.COMPLETED) {
            user.onTimeout(this);
        }
        terminate();
    }
}
