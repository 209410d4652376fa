package io.tandem.appliance.driver;

import com.lmax.disruptor.EventPoller;
import io.tandem.appliance.transport.Outbound;
import io.tandem.journal.record.GapEncoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.journal.record.OutputDigestEncoder;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreErrorHandler;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.ring.InboundSlot;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Runs the core through journaled turns and lets its effects out: messages to the transports, records to the records
 * queue, and every so often a digest of everything said. Owned by the core's thread.
 */
public final class LiveDriver implements EventPoller.Handler<InboundSlot>, EffectHandler {
    /** Most timers between two looks at the room that is left for effects. */
    static final int TIMERS_AT_ONCE = 16;

    /** Places of a snapshot's slice when nothing else may come any more. */
    private static final int PLACES_AT_END = 1024;

    private static final byte CONFIGURATION = (byte) InputKind.CONFIGURATION.value();
    private static final long DIGEST_EVERY_NS = 1_000_000_000L;
    private static final byte[] GAP_REASON = "no room for the inputs queue".getBytes(StandardCharsets.US_ASCII);

    private final Core core;
    private final Effects effects;
    private final Outbound outbound;
    private final RecordAppender records;
    private final Snapshots snapshots;
    private final ServerClient servers;
    private final StageLatency latency;
    private final LongSupplier stampNs;
    private final Sequencer sequencer;
    private final ConfigurationSwitches switches;
    private final long snapshotEveryInputs;
    private final CoreErrorHandler errorHandler;
    private final ExpandableArrayBuffer encodeBuffer = new ExpandableArrayBuffer(512);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OutputDigestEncoder digest = new OutputDigestEncoder();
    private final GapEncoder gap = new GapEncoder();

    private boolean inTurn;
    private int turnInputs;
    private long turnIndex;
    private long turnNowNs;
    private long turnWallMs;
    private long lastDigestNs;
    private long lastDigestCount;
    private long lostReported;
    private long lostSeenAtIndex;
    private long inputCount;
    private volatile long inputCountShown;
    private boolean snapshotWanted;
    private volatile long deadlineNs = Long.MAX_VALUE;

    /**
     * Creates the driver of a core that recovery has brought up to date.
     *
     * @param servers             asks what flows want to know
     * @param stampNs             measures; decides nothing
     * @param sequencer           asked for inputs that the journal lost
     * @param switches            told of every input that names a configuration generation
     * @param snapshotEveryInputs fewest inputs between two snapshots
     * @param errorHandler        told of defects in sending
     */
    LiveDriver(
            final Core core,
            final Effects effects,
            final Outbound outbound,
            final RecordAppender records,
            final Snapshots snapshots,
            final ServerClient servers,
            final StageLatency latency,
            final LongSupplier stampNs,
            final Sequencer sequencer,
            final ConfigurationSwitches switches,
            final long snapshotEveryInputs,
            final CoreErrorHandler errorHandler) {
        this.core = core;
        this.effects = effects;
        this.outbound = outbound;
        this.records = records;
        this.snapshots = snapshots;
        this.servers = servers;
        this.latency = latency;
        this.stampNs = stampNs;
        this.sequencer = sequencer;
        this.switches = switches;
        this.snapshotEveryInputs = snapshotEveryInputs;
        this.errorHandler = errorHandler;
        deadlineNs = core.nextDeadlineNs();
    }

    @Override
    public boolean onEvent(final InboundSlot slot, final long sequence, final boolean endOfBatch) {
        if (!inTurn) {
            beginTurn(slot);
        }
        slot.coreFrom(stampNs.getAsLong());
        if (slot.kind() != InboundSlot.NOTHING) {
            onInput(slot);
        }
        slot.coreUntil(stampNs.getAsLong());
        if (slot.endsTurn()) {
            endTurn();
            return false;
        }
        return true;
    }

    private void beginTurn(final InboundSlot slot) {
        inTurn = true;
        turnInputs = 0;
        turnIndex = slot.turnIndex();
        turnNowNs = slot.turnNowNs();
        turnWallMs = slot.turnWallMs();
        records.beginTurn(turnIndex);
        core.beginTurn(turnIndex, turnNowNs, turnWallMs);
    }

    private void onInput(final InboundSlot slot) {
        inputCount++;
        turnInputs++;
        if (slot.kind() == CONFIGURATION) {
            switches.note(turnIndex, slot.buffer().getStringWithoutLengthUtf8(0, slot.length()));
        }
        core.onInput(
                slot.kind(),
                slot.transport(),
                slot.listener(),
                slot.flow(),
                slot.addressHigh(),
                slot.addressLow(),
                slot.port(),
                slot.buffer(),
                0,
                slot.length(),
                slot.indexedOrNull());
        if (effects.needsDrain()) {
            drain();
        }
    }

    private void endTurn() {
        while (core.fireTimers(TIMERS_AT_ONCE) == TIMERS_AT_ONCE) {
            if (effects.needsDrain()) {
                drain();
            }
        }
        core.endTurn();
        final long coreDoneNs = stampNs.getAsLong();
        final boolean said = effects.frameCount() > 0;
        drain();
        outbound.flush();
        if (said) {
            latency.sent(stampNs.getAsLong() - coreDoneNs);
        }
        deadlineNs = core.nextDeadlineNs();
        inputCountShown = inputCount;
        inTurn = false;
        afterTurn();
    }

    private void drain() {
        if (effects.frameCount() > 0) {
            effects.forEach(this);
            effects.reset();
        }
    }

    private void afterTurn() {
        reportGap();
        if (isJournaled()
                && turnNowNs - lastDigestNs >= DIGEST_EVERY_NS
                && effects.digest().count() != lastDigestCount) {
            writeDigest();
        }
        snapshots.doWork(core, turnInputs);
        snapshotWanted |= snapshots.mayBeRepeated(turnNowNs);
        if (isJournaled()
                && (snapshotWanted ? !snapshots.isBusy() : snapshots.isDue(core, inputCount, snapshotEveryInputs))) {
            takeSnapshot();
        }
    }

    /** Whether the journal holds everything up to this turn, so that its index says what the state is. */
    private boolean isJournaled() {
        return sequencer.lostInputs() == lostReported;
    }

    private void reportGap() {
        final long lost = sequencer.lostInputs();
        if (lost == lostReported) {
            lostSeenAtIndex = turnIndex;
        } else if (turnIndex != lostSeenAtIndex) {
            gap.wrapAndApplyHeader(encodeBuffer, 0, header)
                    .inputIndex(lostSeenAtIndex)
                    .wallMs(turnWallMs)
                    .lostInputs(lost - lostReported)
                    .putReason(GAP_REASON, 0, GAP_REASON.length);
            records.append(
                    encodeBuffer,
                    0,
                    MessageHeaderEncoder.ENCODED_LENGTH + gap.encodedLength(),
                    RecordAppender.GAP_ORDINAL);
            lostReported = lost;
            lostSeenAtIndex = turnIndex;
            snapshotWanted = true;
        }
    }

    private void writeDigest() {
        lastDigestNs = turnNowNs;
        lastDigestCount = effects.digest().count();
        digest.wrapAndApplyHeader(encodeBuffer, 0, header)
                .inputIndex(turnIndex)
                .ordinal(RecordAppender.DIGEST_ORDINAL)
                .outputCount(lastDigestCount)
                .digest(effects.digest().value());
        records.append(
                encodeBuffer,
                0,
                MessageHeaderEncoder.ENCODED_LENGTH + digest.encodedLength(),
                RecordAppender.DIGEST_ORDINAL);
    }

    private void takeSnapshot() {
        snapshotWanted = false;
        snapshots.begin(core, turnIndex, turnNowNs, turnWallMs, inputCount);
    }

    /**
     * What goes on without turns; between turns.
     *
     * @param places of the core's tables that are looked at for a snapshot, some 200 ns each; a message that comes waits for that
     */
    void doIdleWork(final int places) {
        snapshots.doIdleWork(core, places);
    }

    /** Whether {@link #doIdleWork} has something to do. */
    boolean isBusy() {
        return snapshots.isBusy();
    }

    /** Ends the life: last digest and a snapshot of the last turn, handed over whole. No turn may follow. */
    void finish() {
        drain();
        outbound.flush();
        if (isJournaled() && turnIndex != 0 && effects.digest().count() != lastDigestCount) {
            writeDigest();
        }
        records.flush();
        while (snapshots.isBusy()) {
            snapshots.doIdleWork(core, PLACES_AT_END);
            Thread.onSpinWait();
        }
        if (isJournaled() && turnIndex != 0) {
            takeSnapshot();
            while (snapshots.isBusy()) {
                snapshots.doIdleWork(core, PLACES_AT_END);
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void onSend(
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        try {
            outbound.send(transport, listener, flow, addressHigh, addressLow, port, buffer, offset, length);
        } catch (final RuntimeException e) {
            errorHandler.onError(turnIndex, e);
        }
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        records.append(buffer, offset, length);
    }

    @Override
    public void onAsk(final ServerQuestion question) {
        try {
            servers.ask(question);
        } catch (final RuntimeException e) {
            errorHandler.onError(turnIndex, e);
        }
    }

    @Override
    public void onCloseFlow(final byte transport, final int listener, final long flow) {
        outbound.closeFlow(transport, listener, flow);
    }

    /** Inputs handled in this life; any thread may ask. */
    long inputCount() {
        return inputCountShown;
    }

    /** When the core wants a turn even without inputs; any thread may ask. */
    long deadlineNs() {
        return deadlineNs;
    }

    /** Core's thread. */
    Core core() {
        return core;
    }
}
