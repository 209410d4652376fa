package io.tandem.routing.call;

import io.tandem.routing.admission.Holds;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.number.DialString;
import io.tandem.routing.stage.CandidatesLeft;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.Timer;
import io.tandem.routing.timer.TimerOwner;
import io.tandem.routing.transaction.InviteServerTransaction;
import io.tandem.routing.transaction.ServerTransactionUser;
import io.tandem.sip.SipMessage;

/** One call from its INVITE to the last trace of it. */
final class Call extends Slot implements TimerOwner, ServerTransactionUser {
    /** Attempts that a call remembers for its record, and may make. */
    static final int ATTEMPTS_MAX = 8;

    /** Servers that its flows may ask; further requests end in {@code error}. */
    static final int QUESTIONS_MAX = 100;

    /** A moment that has not come. */
    static final long NEVER = -1;

    final Exchange exchange;
    /** Until it is answered, when a server should have answered its flow; then when it has lasted as long as it may. */
    final Timer limitTimer = new Timer(this);

    final Holds holds = new Holds();
    final DialString callerRaw = new DialString();
    final DialString callerPresented = new DialString();
    final DialString calledRaw = new DialString();
    final DialString calledPresented = new DialString();
    final Attempt[] attempts = new Attempt[ATTEMPTS_MAX];

    /** Where it may still go when an attempt fails; of no use any more once it is answered or over. */
    final CandidatesLeft candidates = new CandidatesLeft();

    CallState state;
    Leg callerLeg;
    Leg firstLeg;
    InviteServerTransaction inviteIn;

    /** The caller's INVITE as it came, until the call is answered: further attempts are made from it. */
    int invite = BlockStore.NO_BLOCK;

    /** Where it goes on when nobody takes it where it was sent, or when a server has answered. */
    int wayOn = BlockStore.NO_BLOCK;

    /** Diversions of ours that each attempt tells of; nothing for a call that goes where it was dialled. */
    int diversions = BlockStore.NO_BLOCK;

    /** When whoever is tried counts as not answering; {@link #NEVER} for whenever timer C says so. */
    long ringUntilNs = NEVER;

    int callerCallId = BlockStore.NO_BLOCK;
    Leg answeredLeg;
    boolean callerChanged;

    /** Name to show beside the number; empty for the one it came with, if the number is that, too. */
    String callerName = "";

    /** A callee's provisional response was passed to the caller: no other trunk is tried any more (D5). */
    boolean progressPassed;

    int attemptCount;

    /** Servers that its flows have asked. */
    int questions;

    int redirects;
    int maxCallSec;

    long accountHigh;
    long accountLow;
    long numberHigh;
    long numberLow;
    long ingressTrunkHigh;
    long ingressTrunkLow;
    long revision;
    int direction;
    int stage;
    int rule;
    boolean showReasons;

    long startNs;
    long startMs;
    long progressNs;
    long ringNs;
    long answerNs;
    int finalStatus;
    int q850;

    Call(final Exchange exchange) {
        this.exchange = exchange;
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            attempts[i] = new Attempt();
        }
    }

    boolean isEnded() {
        return state == CallState.ENDED;
    }

    @Override
    public void beforeTimer() {
        exchange.beforeChange(this);
    }

    @Override
    public void onTimer(final Timer timer, final long nowNs) {
        if (answerNs == NEVER) {
            exchange.serverQuestions.onTimeout(this);
        } else {
            exchange.teardown.onTooLong(this);
        }
    }

    @Override
    public void onCancel(final InviteServerTransaction transaction, final SipMessage cancel) {
        exchange.teardown.onCallerGaveUp(this, cancel);
    }

    /** What became of one attempt to reach a callee. */
    static final class Attempt {
        long trunkHigh;
        long trunkLow;
        long addressHigh;
        long addressLow;
        int port;
        long startNs;
        long firstRingNs;
        int finalStatus;
        int q850;
    }
}
