package io.tandem.routing.transaction;

/**
 * Non-INVITE server transaction, RFC 3261 section 17.2.2 with RFC 4320 (no 408; no provisional but 100, and that only when late).
 *
 * <pre>
 * state       event              action                                       next
 * TRYING      request again      absorb                                       TRYING
 * TRYING      3.5 s silent       send 100, if the user asked for it           PROCEEDING
 * PROCEEDING  request again      send the last provisional again              PROCEEDING
 * either      user says 200-699  send, timer J                                COMPLETED
 * either      user gives up                                                   TERMINATED
 * COMPLETED   request again      send the final response again                COMPLETED
 * COMPLETED   timer J (0 on streams)                                          TERMINATED
 * </pre>
 */
public final class NonInviteServerTransaction extends ServerTransaction {
    private static final byte[] TRYING = {'T', 'r', 'y', 'i', 'n', 'g'};

    NonInviteServerTransaction(final TransactionLayer layer) {
        super(layer);
    }

    @Override
    void onResponded(final int status, final int block) {
        lastStatus = status;
        stopRetransmitting();
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

    /** Says 100 unless an answer comes before the client sends again only every T2 (RFC 4320 section 4.1). */
    public void tryingWhenLate() {
        scheduleRetransmit(layer.values.lateNs());
    }

    /** Forgets the request without an answer: the other leg stayed silent (RFC 4320 section 4.2). */
    public void giveUp() {
        terminate();
    }

    @Override
    void onRetransmit(final long nowNs) {
        layer.responses.send(this, 100, TRYING);
    }

    @Override
    void onTimeout(final long nowNs) {
        terminate();
    }
}
