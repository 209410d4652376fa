package io.tandem.routing.call;

import io.tandem.routing.identifier.Slot;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.Timer;
import io.tandem.routing.timer.TimerOwner;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.ClientTransactionUser;
import io.tandem.routing.transaction.InviteClientTransaction;
import io.tandem.routing.transaction.InviteServerTransaction;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.ServerTransactionUser;
import io.tandem.sip.SipMessage;

/**
 * One dialog with one peer (RFC 3261 section 12), joined to the dialog on the other leg that it talks to. Towards the
 * caller every callee dialog has a counterpart with a To tag of its own (D3).
 *
 * <p>What requests in the dialog begin with is kept ready-made in one block:
 *
 * <pre>
 *  +----------+-------+------------+------------+---------------+
 *  | Route... | From  | To         | Call-ID    | target URI    |
 *  +----------+-------+------------+------------+---------------+
 *  0                                            targetOffset
 * </pre>
 */
final class Dialog extends Slot implements TimerOwner, ClientTransactionUser, ServerTransactionUser {
    /** No request has come in yet, so any CSeq is right. */
    static final long NO_CSEQ = -1;

    /** No UPDATE of ours is under way. */
    static final long NO_REFRESH = 0;

    /** The callee of an early dialog is still there. */
    static final int NOT_ENDED = 0;

    final Exchange exchange;
    final Peer peer = new Peer();
    final Timer successTimer = new Timer(this);
    final Timer sessionTimer = new Timer(this);

    Leg leg;
    Dialog counterpart;
    Dialog nextInLeg;
    DialogState state;

    /** Route, From, To and Call-ID fields, then the remote target URI. */
    int fields = BlockStore.NO_BLOCK;

    int targetOffset;
    int remoteTagOffset;
    int remoteTagLength;
    int callIdOffset;
    int callIdLength;

    long localCSeq;
    long remoteCSeq;

    /** INVITE in this dialog that the peer sent and the other leg has not answered. */
    InviteServerTransaction inviteIn;

    /** INVITE in this dialog that we sent; kept after its 2xx for the sake of retransmitted ones. */
    InviteClientTransaction inviteOut;

    /** CSeq of the 2xx that we sent or are sending, {@link #NO_CSEQ} for none. */
    long successCSeq;

    /** The 2xx that we repeat until the ACK comes. */
    int success = BlockStore.NO_BLOCK;

    /** Where that 2xx goes: it answers a request, so not necessarily to the remote target. */
    final Peer successPeer = new Peer();

    long successIntervalNs;
    long successDeadlineNs;

    /** The ACK that we sent for the peer's last 2xx, and the CSeq of it. */
    int ack = BlockStore.NO_BLOCK;

    long ackCSeq;

    /** The peer's 2xx waits for the ACK of the other side. */
    boolean owesAck;

    /** Our 2xx to the INVITE that began the call waits for its ACK: until then no BYE may go out (RFC 3261 section 15). */
    boolean firstAckDue;

    /** A BYE waits for that ACK, or for the end of waiting for it. */
    boolean byeHeld;

    /** Reason fields of the BYE that waits. */
    int heldReason = BlockStore.NO_BLOCK;

    /** RSeq of the callee's last reliable provisional response, 0 for none (RFC 3262 section 4). */
    long rSeq;

    /**
     * Of an early dialog towards the caller: the status by which its callee is gone, {@link #NOT_ENDED} while it is there.
     * Never set at the end of a turn.
     */
    int endedStatus;

    /** Requests of ours in this dialog without a final response. */
    int openRequests;

    /** Interval of the session timer that is watched in this dialog, 0 for none (RFC 4028). */
    long sessionSec;

    /** When the call ends unless the session has been refreshed. */
    long sessionEndNs;

    /** We have promised this peer to refresh the session. */
    boolean refreshes;

    /** The peer takes UPDATE, as far as it has said so. */
    boolean takesUpdate;

    /** CSeq of our UPDATE that refreshes the session, {@link #NO_REFRESH} for none. */
    long refreshCSeq;

    Dialog(final Exchange exchange) {
        this.exchange = exchange;
    }

    boolean towardsCaller() {
        return leg.towardsCaller;
    }

    @Override
    public void beforeTimer() {
        exchange.beforeChange(this);
    }

    @Override
    public void onTimer(final Timer timer, final long nowNs) {
        if (timer == sessionTimer) {
            exchange.sessionTimers.onTimer(this, nowNs);
        } else {
            exchange.inDialog.onSuccessUnacknowledged(this, nowNs);
        }
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        exchange.inDialog.onResponse(this, transaction, response);
    }

    @Override
    public void onTimeout(final ClientTransaction transaction) {
        exchange.inDialog.onNoResponse(this, transaction);
    }

    @Override
    public void onTransportFailure(final ClientTransaction transaction) {
        exchange.inDialog.onUndeliverable(this, transaction);
    }

    @Override
    public void onTerminated(final ClientTransaction transaction) {
        exchange.inDialog.onTerminated(this, transaction);
    }

    @Override
    public void onCancel(final InviteServerTransaction transaction, final SipMessage cancel) {
        exchange.inDialog.onCancel(this, transaction, cancel);
    }
}
