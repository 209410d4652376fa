package io.tandem.perf.rig;

import io.tandem.perf.rig.CallTable.CallerState;
import io.tandem.perf.rig.Latencies.Span;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.LongArrayQueue;

/**
 * Places calls when they are due, acknowledges, holds, releases. Requests are sent again as RFC 3261 section 17.1 says
 * (timers A, B, E, F), since a lost datagram is not a lost call. One thread; time is handed in.
 */
final class Caller {
    private static final byte[] BYE = OutgoingMessage.ascii("BYE ");
    private static final byte[] OPTIONS = OutgoingMessage.ascii("OPTIONS ");
    private static final byte[] ACK = OutgoingMessage.ascii("ACK ");
    private static final int TRYING = 100;
    private static final long NO_CALL = -1;
    private static final long T1_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long T2_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long TRANSACTION_TIMEOUT_NS = 64 * T1_NS;
    private static final int CALLS_PER_TURN = 16;

    private final CallTable calls;
    private final CallMessages messages;
    private final AnswerMessages answers;
    private final Wire wire;
    private final long holdNs;
    private final LongArrayQueue held = new LongArrayQueue(1_024, NO_CALL);
    private final IncomingMessage message = new IncomingMessage();
    private Phase phase;
    private long callsBegun;
    private long setUps;
    private long releases;

    Caller(
            final CallTable calls,
            final CallMessages messages,
            final AnswerMessages answers,
            final Wire wire,
            final long holdNs) {
        this.calls = calls;
        this.messages = messages;
        this.answers = answers;
        this.wire = wire;
        this.holdNs = holdNs;
    }

    /** Begins a phase; calls of the one before that are still up are released as they were going to be. */
    void begin(final Phase next) {
        phase = next;
        callsBegun = 0;
    }

    /** Whether every call of the phase was begun. */
    boolean allBegun() {
        return callsBegun == phase.schedule().callCount();
    }

    /** Calls answered since the start, of any phase. */
    long setUps() {
        return setUps;
    }

    /** Calls released since the start, of any phase. */
    long releases() {
        return releases;
    }

    /** Sends what is due now; answers how much that was. */
    int turn(final long nowNs) {
        final long due = Math.min(phase.schedule().dueCount(nowNs), callsBegun + CALLS_PER_TURN);
        int work = 0;
        while (callsBegun < due) {
            invite(phase.schedule().dueNs(callsBegun), nowNs);
            callsBegun++;
            work++;
        }
        while (!held.isEmpty() && work < CALLS_PER_TURN) {
            final int slot = calls.find(held.peekLong());
            if (slot != CallTable.NO_SLOT && calls.dueNs[slot] > nowNs) {
                break;
            }
            held.pollLong();
            if (slot != CallTable.NO_SLOT && calls.callerState[slot] == CallerState.HELD) {
                release(slot, nowNs);
                work++;
            }
        }
        return work;
    }

    private void invite(final long dueNs, final long nowNs) {
        final RigCounts counts = phase.counts();
        counts.due++;
        counts.latestSendNs = Math.max(counts.latestSendNs, nowNs - dueNs);
        final int slot = calls.take(phase.firstNumber() + callsBegun);
        if (slot == CallTable.NO_SLOT) {
            counts.noSlot++;
            counts.failed++;
            return;
        }
        calls.callerState[slot] = CallerState.INVITED;
        calls.dueNs[slot] = dueNs;
        beginTransaction(slot, nowNs);
        counts.sent++;
        wire.send(messages.invite(calls.id(slot)), messages.inviteLength());
    }

    private void beginTransaction(final int slot, final long nowNs) {
        calls.sentNs[slot] = nowNs;
        calls.callerIntervalNs[slot] = T1_NS;
        calls.callerResendNs[slot] = nowNs + T1_NS;
    }

    private void release(final int slot, final long nowNs) {
        calls.callerState[slot] = CallerState.RELEASING;
        beginTransaction(slot, nowNs);
        calls.sendBye(slot, wire);
    }

    void onDatagram(final byte[] bytes, final int length, final long nowNs) {
        message.wrap(bytes, length);
        if (message.status() == 0) {
            onRequest();
            return;
        }
        final int branch = message.ownBranch();
        final long id = branch == IncomingMessage.NONE ? IncomingMessage.NONE : message.id(branch + 1);
        final int slot = calls.find(id);
        switch (branch == IncomingMessage.NONE ? 0 : bytes[branch]) {
            case 'i' -> onInviteResponse(id, slot, nowNs);
            case 'b' -> onByeResponse(id, slot, nowNs);
            default -> phase.counts().unexpected++;
        }
    }

    private void onInviteResponse(final long id, final int slot, final long nowNs) {
        final CallerState state = slot == CallTable.NO_SLOT ? CallerState.FREE : calls.callerState[slot];
        final boolean waiting = state == CallerState.INVITED || state == CallerState.PROCEEDING;
        final int status = message.status();
        if (status < 200) {
            if (status == TRYING && state == CallerState.INVITED) {
                phase.record(Span.INVITE_TO_TRYING, CallId.number(id), calls.dueNs[slot], nowNs);
            }
            if (waiting) {
                calls.callerState[slot] = CallerState.PROCEEDING;
                calls.callerResendNs[slot] = CallTable.NEVER_NS;
            }
        } else if (!message.index()) {
            phase.counts().unexpected++;
        } else if (status < 300) {
            onAnswer(id, slot, waiting, nowNs);
        } else {
            send(messages.ackOfFailure(id, message));
            if (waiting) {
                fail(slot, status);
            }
        }
    }

    private void onAnswer(final long id, final int slot, final boolean first, final long nowNs) {
        send(messages.ackOfSuccess(id, message));
        if (!first) {
            return;
        }
        setUps++;
        phase.record(Span.INVITE_TO_ANSWER, CallId.number(id), calls.dueNs[slot], nowNs);
        if (phase.owns(CallId.number(id))) {
            phase.counts().answered++;
        }
        calls.keepBye(slot, messages.bye(id, message));
        calls.callerState[slot] = CallerState.HELD;
        calls.callerResendNs[slot] = CallTable.NEVER_NS;
        calls.dueNs[slot] = nowNs + holdNs;
        if (holdNs == 0) {
            release(slot, nowNs);
        } else {
            held.offerLong(id);
        }
    }

    private void onByeResponse(final long id, final int slot, final long nowNs) {
        if (message.status() < 200 || slot == CallTable.NO_SLOT || calls.callerState[slot] != CallerState.RELEASING) {
            return;
        }
        releases++;
        phase.record(Span.BYE_TO_ANSWER, CallId.number(id), calls.dueNs[slot], nowNs);
        if (message.status() != 200) {
            fail(slot, message.status());
            return;
        }
        if (phase.owns(CallId.number(id))) {
            phase.counts().completed++;
        }
        calls.free(slot);
    }

    private void onRequest() {
        if (message.isRequest(ACK) || !message.index()) {
            phase.counts().unexpected++;
            return;
        }
        if (!message.isRequest(OPTIONS)) {
            phase.counts().unexpected++;
        }
        send(message.isRequest(BYE) || message.isRequest(OPTIONS) ? answers.ok(message) : answers.notFound(message));
    }

    private void fail(final int slot, final int status) {
        if (phase.owns(CallId.number(calls.id(slot)))) {
            phase.counts().failed++;
            phase.counts().refused(status);
        }
        calls.free(slot);
    }

    /** Sends the request of a call again if that is due, or gives the call up. */
    void resend(final int slot, final long nowNs) {
        if (calls.callerResendNs[slot] > nowNs) {
            return;
        }
        if (nowNs - calls.sentNs[slot] >= TRANSACTION_TIMEOUT_NS) {
            timeOut(slot);
            return;
        }
        final boolean inviting = calls.callerState[slot] == CallerState.INVITED;
        calls.callerIntervalNs[slot] =
                inviting ? 2 * calls.callerIntervalNs[slot] : Math.min(2 * calls.callerIntervalNs[slot], T2_NS);
        calls.callerResendNs[slot] =
                Math.min(nowNs + calls.callerIntervalNs[slot], calls.sentNs[slot] + TRANSACTION_TIMEOUT_NS);
        if (inviting) {
            phase.counts().invitesSentAgain++;
            wire.send(messages.invite(calls.id(slot)), messages.inviteLength());
        } else {
            phase.counts().byesSentAgain++;
            calls.sendBye(slot, wire);
        }
    }

    /** Gives up a call that got no answer. */
    void timeOut(final int slot) {
        if (phase.owns(CallId.number(calls.id(slot)))) {
            phase.counts().timeouts++;
            phase.counts().failed++;
        }
        calls.free(slot);
    }

    private void send(final OutgoingMessage outgoing) {
        wire.send(outgoing.bytes, outgoing.length());
    }
}
