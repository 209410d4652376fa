package io.tandem.routing.transaction;

/**
 * Non-INVITE server transaction, RFC 3261 section 17.2.2 with RFC 4320 (no 408; provisional only when late).
 *
 * <pre>
 * state       event              action                                       next
 * TRYING      request again      absorb                                       TRYING
 * TRYING      user says 1xx      send                                         PROCEEDING
 * PROCEEDING  request again      send the last provisional again              PROCEEDING
 * either      user says 200-699  send, timer J                                COMPLETED
 * either      user gives up                                                   TERMINATED
 * COMPLETED   request again      send the final response again                COMPLETED
 * COMPLETED   timer J (0 on streams)                                          TERMINATED
 * </pre>
 */
public final class NonInviteServerTransaction extends ServerTransaction {
    NonInviteServerTransaction(final TransactionLayer layer) {
        super(layer);
    }

    @Override
    void onResponded(final int status, final int block) {
        lastStatus = status;
        message = layer.blocks.free(message);
        message = block;
        if (status < 200) {
            state = TransactionState.PROCEEDING;
            return;
        }
        state = TransactionState.COMPLETED;
        head = layer.blocks.free(head);
        scheduleTimeout(peer.isReliable() ? 0 : layer.values.transactionTimeoutNs());
    }

    /** Forgets the request without an answer: the other leg stayed silent (RFC 4320 section 4.2). */
    public void giveUp() {
        terminate();
    }

    @Override
    void onRetransmit(final long nowNs) {
        throw new IllegalStateException("non-INVITE responses are not retransmitted by timer: slot=" + slot());
    }

    @Override
    void onTimeout(final long nowNs) {
        terminate();
    }
}
