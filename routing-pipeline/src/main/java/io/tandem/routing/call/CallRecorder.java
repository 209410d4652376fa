package io.tandem.routing.call;

import io.tandem.journal.record.CallRecordEncoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.number.DialString;
import io.tandem.routing.store.BlockStore;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the record of a call that ended (D18) into the effects. */
final class CallRecorder {
    private final Effects effects;
    private final BlockStore blocks;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CallRecordEncoder record = new CallRecordEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[DialString.LENGTH_MAX]);
    private final UnsafeBuffer token = new UnsafeBuffer(new byte[Token.BYTES]);
    private long inputIndex;
    private int ordinal;

    CallRecorder(final Effects effects, final BlockStore blocks) {
        this.effects = effects;
        this.blocks = blocks;
    }

    void beginTurn(final long turnInputIndex) {
        inputIndex = turnInputIndex;
        ordinal = 0;
    }

    /** The place of the next record of this turn. */
    int nextOrdinal() {
        return ordinal++;
    }

    void write(final Call call, final Release release, final Cause cause, final long nowNs) {
        record.wrapAndApplyHeader(effects.buffer(), effects.claimOffset(), header)
                .inputIndex(inputIndex)
                .ordinal(nextOrdinal())
                .callSerial(call.serial())
                .accountHigh(call.accountHigh)
                .accountLow(call.accountLow)
                .numberHigh(call.numberHigh)
                .numberLow(call.numberLow)
                .userHigh(0)
                .userLow(0)
                .ingressTrunkHigh(call.ingressTrunkHigh)
                .ingressTrunkLow(call.ingressTrunkLow)
                .egressTrunkHigh(call.attemptCount == 0 ? 0 : last(call).trunkHigh)
                .egressTrunkLow(call.attemptCount == 0 ? 0 : last(call).trunkLow)
                .direction((short) call.direction)
                .startMs(call.startMs)
                .progressOffsetMs(offsetMs(call, call.progressNs))
                .ringOffsetMs(offsetMs(call, call.ringNs))
                .answerOffsetMs(offsetMs(call, call.answerNs))
                .endOffsetMs(offsetMs(call, nowNs))
                .finalStatus(call.finalStatus)
                .q850Cause((short) call.q850)
                .releasedBy((short) release.code())
                .stage((short) call.stage)
                .rule(call.rule)
                .revision(call.revision);
        final CallRecordEncoder.AttemptsEncoder attempts = record.attemptsCount(call.attemptCount);
        for (int i = 0; i < call.attemptCount; i++) {
            final Call.Attempt attempt = call.attempts[i];
            attempts.next()
                    .trunkHigh(attempt.trunkHigh)
                    .trunkLow(attempt.trunkLow)
                    .addressHigh(attempt.addressHigh)
                    .addressLow(attempt.addressLow)
                    .port(attempt.port)
                    .finalStatus(attempt.finalStatus)
                    .q850Cause((short) attempt.q850)
                    .postDialDelayMs(
                            attempt.firstRingNs == Call.NEVER
                                    ? Call.NEVER
                                    : TimeUnit.NANOSECONDS.toMillis(attempt.firstRingNs - attempt.startNs));
        }
        putCallId(call);
        putCalleeCallId(call);
        record.putCallerRaw(scratch, 0, call.callerRaw.getBytes(scratch, 0));
        record.putCallerPresented(scratch, 0, call.callerPresented.getBytes(scratch, 0));
        record.putCalledRaw(scratch, 0, call.calledRaw.getBytes(scratch, 0));
        record.putCalledPresented(scratch, 0, call.calledPresented.getBytes(scratch, 0));
        record.putCause(cause.text(), 0, cause.text().length);
        effects.record(MessageHeaderEncoder.ENCODED_LENGTH + record.encodedLength());
    }

    private void putCallId(final Call call) {
        final int block = call.callerCallId;
        if (block == BlockStore.NO_BLOCK) {
            record.putCallerCallId(scratch, 0, 0);
        } else {
            record.putCallerCallId(blocks.buffer(block), blocks.offset(block), blocks.length(block));
        }
    }

    private void putCalleeCallId(final Call call) {
        final Leg leg = call.answeredLeg != null ? call.answeredLeg : call.firstLeg;
        if (leg == null || !leg.isLive()) {
            record.putCalleeCallId(token, 0, 0);
        } else {
            Token.write(token, 0, Token.LEG, leg.slot(), leg.serial(), leg.proof());
            record.putCalleeCallId(token, 0, Token.BYTES);
        }
    }

    private static Call.Attempt last(final Call call) {
        return call.attempts[call.attemptCount - 1];
    }

    private static long offsetMs(final Call call, final long momentNs) {
        return momentNs == Call.NEVER ? Call.NEVER : TimeUnit.NANOSECONDS.toMillis(momentNs - call.startNs);
    }
}
