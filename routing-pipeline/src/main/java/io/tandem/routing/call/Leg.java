package io.tandem.routing.call;

import io.tandem.routing.admission.Holds;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.timer.Timer;
import io.tandem.routing.timer.TimerOwner;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.ClientTransactionUser;
import io.tandem.routing.transaction.InviteClientTransaction;
import io.tandem.routing.transaction.Peer;
import io.tandem.sip.SipMessage;

/**
 * One side of a call: the caller's, or one attempt to reach a callee. A leg towards a callee has one Call-ID and one From
 * tag, both its token, and as many dialogs as the callee side forks into.
 */
final class Leg extends Slot implements TimerOwner, ClientTransactionUser {
    final Exchange exchange;
    final Peer peer = new Peer();
    final Timer ringTimer = new Timer(this);
    final Holds holds = new Holds();

    /** What a redirecting party's own admission took for this attempt (D5). */
    final Holds redirectHolds = new Holds();

    Call call;
    boolean towardsCaller;
    Leg nextInCall;
    Dialog firstDialog;
    int dialogCount;

    /** The INVITE that makes this leg; kept after its 2xx for the sake of retransmitted and forked ones. */
    InviteClientTransaction invite;

    /** The caller is gone or another callee has won: whatever comes is ended. */
    boolean abandoned;

    long trunkHigh;
    long trunkLow;

    /** The INVITE was too large for a datagram and went by TCP (D11); after a failure it goes by UDP all the same. */
    boolean triedTcp;

    /** Highest CSeq of ours in dialogs of this leg that are gone: a fork that answers late may have seen it. */
    long cSeqMax;

    int earlyMedia;
    int attempt;

    Leg(final Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void beforeTimer() {
        exchange.beforeChange(this);
    }

    @Override
    public void onTimer(final Timer timer, final long nowNs) {
        exchange.attempts.onRingTimeout(this);
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        exchange.attempts.onResponse(this, (InviteClientTransaction) transaction, response);
    }

    @Override
    public void onTimeout(final ClientTransaction transaction) {
        exchange.attempts.onNoResponse(this, false);
    }

    @Override
    public void onTransportFailure(final ClientTransaction transaction) {
        exchange.attempts.onNoResponse(this, true);
    }

    @Override
    public void onTerminated(final ClientTransaction transaction) {
        exchange.attempts.onTerminated(this);
    }
}
