package io.tandem.appliance.driver;

import com.lmax.disruptor.EventPoller;
import io.tandem.routing.ring.InboundSlot;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The last stage: one histogram per {@link Step}, in nanoseconds up to a minute. The stage's thread records without
 * locks or allocation; any thread asks for the totals. {@link Step#SEND} is recorded by the core's thread.
 */
public final class StageLatency implements EventPoller.Handler<InboundSlot> {
    private static final long HIGHEST_NS = 60_000_000_000L;
    private static final int DIGITS = 2;

    private final SingleWriterRecorder offer = recorder();
    private final SingleWriterRecorder sequence = recorder();
    private final SingleWriterRecorder wait = recorder();
    private final SingleWriterRecorder core = recorder();
    private final SingleWriterRecorder send = recorder();
    private final SingleWriterRecorder whole = recorder();
    private final Map<Step, Histogram> totals = new EnumMap<>(Step.class);
    private final Map<Step, Histogram> spare = new EnumMap<>(Step.class);

    private static SingleWriterRecorder recorder() {
        return new SingleWriterRecorder(HIGHEST_NS, DIGITS);
    }

    @Override
    public boolean onEvent(final InboundSlot slot, final long index, final boolean endOfBatch) {
        if (slot.kind() != InboundSlot.NOTHING) {
            record(offer, slot.offeredNs() - slot.arrivedNs());
            record(sequence, slot.sequencedNs() - slot.offeredNs());
            record(wait, slot.coreStartNs() - slot.sequencedNs());
            record(core, slot.coreEndNs() - slot.coreStartNs());
            record(whole, slot.coreEndNs() - slot.arrivedNs());
        }
        return true;
    }

    /** Records how long a turn's messages took to leave; called by the core's thread alone. */
    void sent(final long durationNs) {
        record(send, durationNs);
    }

    private static void record(final SingleWriterRecorder recorder, final long durationNs) {
        recorder.recordValue(Math.clamp(durationNs, 0, HIGHEST_NS));
    }

    /** Everything recorded so far for a step; a copy. Any thread. */
    public synchronized Histogram total(final Step step) {
        final Histogram interval = recorder(step).getIntervalHistogram(spare.get(step));
        spare.put(step, interval);
        final Histogram total = totals.computeIfAbsent(step, ignored -> new Histogram(HIGHEST_NS, DIGITS));
        total.add(interval);
        return total.copy();
    }

    private SingleWriterRecorder recorder(final Step step) {
        return switch (step) {
            case OFFER -> offer;
            case SEQUENCE -> sequence;
            case WAIT -> wait;
            case CORE -> core;
            case SEND -> send;
            case WHOLE -> whole;
        };
    }
}
