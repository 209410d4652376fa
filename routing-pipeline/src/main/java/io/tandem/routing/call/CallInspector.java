package io.tandem.routing.call;

import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.HoldConsumer;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
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
            legs.add(leg(leg, token(leg), call.attempts[leg.attempt].finalStatus));
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
                List.copyOf(legs));
    }

    private static CallSummary.Leg leg(final Leg leg, final String callId, final int status) {
        String state =
                leg.invite == null ? "invited" : leg.invite.state().name().toLowerCase(Locale.ROOT);
        for (Dialog dialog = leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
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

    private static String token(final Leg leg) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Token.BYTES]);
        Token.write(buffer, 0, Token.LEG, leg.slot(), leg.serial(), leg.proof());
        return buffer.getStringWithoutLengthAscii(0, Token.BYTES);
    }
}
