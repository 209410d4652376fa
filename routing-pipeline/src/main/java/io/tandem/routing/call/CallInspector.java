package io.tandem.routing.call;

import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.HoldConsumer;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.Timer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers operators' questions about live calls. Core's thread, between turns; allocates. */
public final class CallInspector {
    private final Exchange exchange;

    /** Looks into an engine. */
    public CallInspector(final Exchange exchange) {
        this.exchange = exchange;
    }

    /** The caller's Call-ID of the call that one of our legs belongs to; empty when it is none of ours, or gone. */
    public String callerCallId(final String legCallId) {
        final UnsafeBuffer text = new UnsafeBuffer(legCallId.getBytes(StandardCharsets.ISO_8859_1));
        final Token token = new Token();
        final Leg leg = token.read(Token.LEG, text, 0, text.capacity()) ? exchange.legs.find(token) : null;
        return leg == null || leg.call == null ? "" : callerCallId(leg.call);
    }

    /** Live calls that pass, newest first. */
    public List<CallSummary> calls(final Predicate<CallSummary> filter) {
        final List<CallSummary> found = new ArrayList<>();
        for (int slot = 0; slot < exchange.calls.bound(); slot++) {
            final Call call = exchange.calls.get(slot);
            if (call != null && !call.isEnded()) {
                final CallSummary summary = summary(call);
                if (filter.test(summary)) {
                    found.add(summary);
                }
            }
        }
        found.sort(Comparator.comparingLong(CallSummary::serial).reversed());
        return found;
    }

    /** The newest live calls; looks into those only. */
    public List<CallSummary> newest(final int limit) {
        final List<Call> live = new ArrayList<>();
        for (int slot = 0; slot < exchange.calls.bound(); slot++) {
            final Call call = exchange.calls.get(slot);
            if (call != null && !call.isEnded()) {
                live.add(call);
            }
        }
        live.sort(Comparator.comparingLong(Call::serial).reversed());
        return live.stream().limit(limit).map(this::summary).toList();
    }

    /** Live calls that ring: no answer yet. */
    public int ringing() {
        int count = 0;
        for (int slot = 0; slot < exchange.calls.bound(); slot++) {
            final Call call = exchange.calls.get(slot);
            if (call != null && call.state.compareTo(CallState.ANSWERED) < 0) {
                count++;
            }
        }
        return count;
    }

    /** Names every counter that live calls hold, once for each hold. */
    public void forEachHold(final AdmissionLedger ledger, final HoldConsumer consumer) {
        for (int slot = 0; slot < exchange.calls.bound(); slot++) {
            final Call call = exchange.calls.get(slot);
            if (call != null) {
                ledger.forEachHold(call.holds, consumer);
            }
        }
        for (int slot = 0; slot < exchange.legs.bound(); slot++) {
            final Leg leg = exchange.legs.get(slot);
            if (leg != null) {
                ledger.forEachHold(leg.holds, consumer);
                ledger.forEachHold(leg.redirectHolds, consumer);
            }
        }
    }

    /** Names what one call holds; nothing when there is no such call. */
    public void forEachHold(final long serial, final AdmissionLedger ledger, final HoldConsumer consumer) {
        for (int slot = 0; slot < exchange.calls.bound(); slot++) {
            final Call call = exchange.calls.get(slot);
            if (call != null && call.serial() == serial) {
                ledger.forEachHold(call.holds, consumer);
                for (Leg leg = call.firstLeg; leg != null; leg = leg.nextInCall) {
                    ledger.forEachHold(leg.holds, consumer);
                    ledger.forEachHold(leg.redirectHolds, consumer);
                }
            }
        }
    }

    private CallSummary summary(final Call call) {
        final List<CallSummary.Leg> legs = new ArrayList<>();
        if (call.callerLeg != null) {
            legs.add(leg(call.callerLeg, callerCallId(call), 0));
        }
        for (Leg leg = call.firstLeg; leg != null; leg = leg.nextInCall) {
            legs.add(leg(leg, token(Token.LEG, leg), call.attempts[leg.attempt].finalStatus));
        }
        final Call.Attempt last = call.attemptCount == 0 ? null : call.attempts[call.attemptCount - 1];
        return new CallSummary(
                call.serial(),
                call.state,
                call.direction,
                call.callerRaw.toString(),
                call.calledRaw.toString(),
                call.accountHigh,
                call.accountLow,
                call.ingressTrunkHigh,
                call.ingressTrunkLow,
                last == null ? 0 : last.trunkHigh,
                last == null ? 0 : last.trunkLow,
                call.startMs,
                TimeUnit.NANOSECONDS.toMillis(exchange.layer.nowNs() - call.startNs),
                call.answerNs == Call.NEVER ? -1 : TimeUnit.NANOSECONDS.toMillis(call.answerNs - call.startNs),
                call.stage,
                call.rule,
                call.revision,
                timers(call),
                List.copyOf(legs));
    }

    private static List<CallSummary.Deadline> timers(final Call call) {
        final List<CallSummary.Deadline> timers = new ArrayList<>();
        timer(
                timers,
                call.answerNs == Call.NEVER ? "answer of a server" : "longest duration",
                call,
                call.limitTimer);
        for (Leg leg = call.firstLeg; leg != null; leg = leg.nextInCall) {
            timer(timers, "longest ringing", call, leg.ringTimer);
            session(timers, "session with the callee", leg);
        }
        session(timers, "session with the caller", call.callerLeg);
        return timers;
    }

    /** When we refresh a session, or end the call because nobody has. */
    private static void session(final List<CallSummary.Deadline> timers, final String name, final Leg leg) {
        for (Dialog dialog = leg == null ? null : leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
            timer(timers, name, leg.call, dialog.sessionTimer);
        }
    }

    private static void timer(
            final List<CallSummary.Deadline> timers, final String name, final Call call, final Timer timer) {
        if (timer.isScheduled()) {
            timers.add(
                    new CallSummary.Deadline(name, TimeUnit.NANOSECONDS.toMillis(timer.deadlineNs() - call.startNs)));
        }
    }

    private CallSummary.Leg leg(final Leg leg, final String callId, final int status) {
        String state =
                leg.invite == null ? "invited" : leg.invite.state().name().toLowerCase(Locale.ROOT);
        Dialog shown = null;
        for (Dialog dialog = leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
            shown = dialog;
            state = dialog.state.name().toLowerCase(Locale.ROOT);
            if (dialog.state == DialogState.CONFIRMED) {
                break;
            }
        }
        return new CallSummary.Leg(
                leg.towardsCaller,
                state,
                leg.peer.transport,
                leg.peer.addressHigh,
                leg.peer.addressLow,
                leg.peer.port,
                leg.trunkHigh,
                leg.trunkLow,
                callId,
                shown == null ? "" : token(Token.DIALOG, shown),
                shown == null ? "" : remoteTag(shown),
                status);
    }

    private String callerCallId(final Call call) {
        final int block = call.callerCallId;
        if (block == BlockStore.NO_BLOCK) {
            return "";
        }
        final DirectBuffer buffer = exchange.blocks.buffer(block);
        return buffer.getStringWithoutLengthAscii(exchange.blocks.offset(block), exchange.blocks.length(block));
    }

    private String remoteTag(final Dialog dialog) {
        return dialog.fields == BlockStore.NO_BLOCK
                ? ""
                : exchange.blocks
                        .buffer(dialog.fields)
                        .getStringWithoutLengthAscii(
                                exchange.blocks.offset(dialog.fields) + dialog.remoteTagOffset, dialog.remoteTagLength);
    }

    private static String token(final byte table, final Slot slot) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Token.BYTES]);
        Token.write(buffer, 0, table, slot.slot(), slot.serial(), slot.proof());
        return buffer.getStringWithoutLengthAscii(0, Token.BYTES);
    }
}
