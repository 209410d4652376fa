package io.tandem.routing.transaction;

/**
 * INVITE server transaction, RFC 3261 section 17.2.1 with RFC 6026 section 7.1.
 *
 * <pre>
 * state       event            action                                         next
 * PROCEEDING  INVITE again     send the last provisional again                PROCEEDING
 * PROCEEDING  150 ms silent    send 100, if the user asked for it             PROCEEDING
 * PROCEEDING  user says 1xx    send                                           PROCEEDING
 * PROCEEDING  user says 2xx    send, timer L                                  ACCEPTED
 * PROCEEDING  user says 3-6xx  send, timer H, on datagrams timer G            COMPLETED
 * COMPLETED   INVITE again     send the final response again                  COMPLETED
 * COMPLETED   timer G          send again, interval doubles up to T2          COMPLETED
 * COMPLETED   ACK              timer I                                        CONFIRMED
 * COMPLETED   timer H                                                         TERMINATED
 * CONFIRMED   timer I (0 on streams)                                          TERMINATED
 * ACCEPTED    INVITE again     absorb; the user repeats its 2xx               ACCEPTED
 * ACCEPTED    timer L                                                         TERMINATED
 * </pre>
 */
public final class InviteServerTransaction extends ServerTransaction {
    private static final long TRYING_AFTER_NS = 150_000_000L;
    private static final byte[] TRYING = {'T', 'r', 'y', 'i', 'n', 'g'};

    private ServerTransactionUser user;

    InviteServerTransaction(final TransactionLayer layer) {
        super(layer);
    }

    /** Sets who is told of a CANCEL; null when nobody cares any more. */
    public void user(final ServerTransactionUser newUser) {
        user = newUser;
    }

    /** Who is told of a CANCEL, or null. */
    public ServerTransactionUser user() {
        return user;
    }

    @Override
    void onResponded(final int status, final int block) {
        lastStatus = status;
        stopRetransmitting();
        message = layer.blocks.free(message);
        message = block;
        if (status < 200) {
            return;
        }
        if (status < 300) {
            state = TransactionState.ACCEPTED;
            message = layer.blocks.free(message);
            scheduleTimeout(layer.values.transactionTimeoutNs());
        } else {
            state = TransactionState.COMPLETED;
            layer.servers.forgetMergeKey(this);
            user = null;
            if (!peer.isReliable()) {
                scheduleRetransmit(layer.values.t1Ns());
            }
            scheduleTimeout(layer.values.transactionTimeoutNs());
        }
        head = layer.blocks.free(head);
    }

    /** ACK that belongs to this transaction; true when it is absorbed, false when it acknowledges a 2xx. */
    boolean onAck() {
        if (state == TransactionState.COMPLETED) {
            state = TransactionState.CONFIRMED;
            stopRetransmitting();
            message = layer.blocks.free(message);
            scheduleTimeout(peer.isReliable() ? 0 : layer.values.t4Ns());
            return true;
        }
        return state != TransactionState.ACCEPTED;
    }

    /** Says 100 before 200 ms are over unless another response comes first (RFC 3261 section 17.2.1). */
    public void tryingLater() {
        scheduleRetransmit(TRYING_AFTER_NS);
    }

    @Override
    void onRetransmit(final long nowNs) {
        if (state == TransactionState.PROCEEDING) {
            layer.responses.send(this, 100, TRYING);
        } else {
            sendMessage();
            scheduleRetransmit(Math.min(2 * retransmitIntervalNs, layer.values.t2Ns()));
        }
    }

    @Override
    void onTimeout(final long nowNs) {
        terminate();
    }
}
