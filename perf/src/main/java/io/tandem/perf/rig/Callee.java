package io.tandem.perf.rig;

import io.tandem.perf.rig.CallTable.CalleeState;
import io.tandem.perf.rig.Latencies.Span;
import java.util.concurrent.TimeUnit;

/**
 * Answers every INVITE at once with 180 and 200, sends the 200 again until its ACK (RFC 3261 section 13.3.1.4), answers
 * BYE and whatever else with 200. One thread, shared with the caller.
 */
final class Callee {
    private static final byte[] INVITE = OutgoingMessage.ascii("INVITE ");
    private static final byte[] ACK = OutgoingMessage.ascii("ACK ");
    private static final byte[] BYE = OutgoingMessage.ascii("BYE ");
    private static final byte[] OPTIONS = OutgoingMessage.ascii("OPTIONS ");
    private static final long T1_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long T2_NS = TimeUnit.SECONDS.toNanos(4);

    private final CallTable calls;
    private final AnswerMessages messages;
    private final Wire wire;
    private final IncomingMessage message = new IncomingMessage();
    private Phase phase;

    Callee(final CallTable calls, final AnswerMessages messages, final Wire wire) {
        this.calls = calls;
        this.messages = messages;
        this.wire = wire;
    }

    /** Says where counts go from now on. */
    void begin(final Phase next) {
        phase = next;
    }

    void onDatagram(final byte[] bytes, final int length, final long nowNs) {
        message.wrap(bytes, length);
        if (message.status() != 0 || !message.index()) {
            phase.counts().unexpected++;
        } else if (message.isRequest(INVITE)) {
            onInvite(nowNs);
        } else if (message.isRequest(ACK)) {
            onAck();
        } else {
            if (message.isRequest(BYE)) {
                onBye();
            } else if (!message.isRequest(OPTIONS)) {
                phase.counts().unexpected++;
            }
            send(messages.ok(message));
        }
    }

    private void onInvite(final long nowNs) {
        final long id = message.sessionId();
        final int slot = calls.find(id);
        if (slot == CallTable.NO_SLOT) {
            phase.counts().unexpected++;
            send(messages.notFound(message));
        } else if (calls.calleeState[slot] == CalleeState.UNKNOWN) {
            phase.record(Span.INVITE_TO_CALLEE, CallId.number(id), calls.dueNs[slot], nowNs);
            send(messages.ringing(message, id));
            final OutgoingMessage answer = messages.answer(message, id);
            calls.keepAnswer(slot, answer);
            send(answer);
            calls.calleeState[slot] = CalleeState.ANSWERED;
            calls.calleeIntervalNs[slot] = T1_NS;
            calls.calleeResendNs[slot] = nowNs + T1_NS;
        } else {
            phase.counts().invitesReceivedAgain++;
            calls.sendAnswer(slot, wire);
        }
    }

    private void onAck() {
        final int slot = calls.find(message.calleeTagId());
        if (slot != CallTable.NO_SLOT && calls.calleeState[slot] == CalleeState.ANSWERED) {
            calls.calleeState[slot] = CalleeState.CONFIRMED;
            calls.calleeResendNs[slot] = CallTable.NEVER_NS;
        }
    }

    private void onBye() {
        final int slot = calls.find(message.calleeTagId());
        if (slot != CallTable.NO_SLOT) {
            calls.calleeState[slot] = CalleeState.RELEASED;
            calls.calleeResendNs[slot] = CallTable.NEVER_NS;
        }
    }

    /** Sends the 200 of a call again if that is due. */
    void resend(final int slot, final long nowNs) {
        if (calls.calleeResendNs[slot] <= nowNs) {
            phase.counts().answersSentAgain++;
            calls.calleeIntervalNs[slot] = Math.min(2 * calls.calleeIntervalNs[slot], T2_NS);
            calls.calleeResendNs[slot] = nowNs + calls.calleeIntervalNs[slot];
            calls.sendAnswer(slot, wire);
        }
    }

    private void send(final OutgoingMessage answer) {
        wire.send(answer.bytes, answer.length());
    }
}
