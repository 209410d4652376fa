package io.tandem.routing.ring;

import com.lmax.disruptor.EventPoller;

/**
 * The whole way of an input, on one screen:
 *
 * <pre>
 *  I/O threads, operators -> [ring] -> sequencer -> core -> latency -> (slot is free again)
 * </pre>
 *
 * <p>Each stage is polled by whoever turns it: one thread all of them in order, a thread each, or a test by hand. No
 * stage knows which. A stage sees a slot when the stage before it has let go of it.
 */
public final class StageGraph {
    private final EventPoller<InboundSlot> sequencer;
    private final EventPoller<InboundSlot> core;
    private final EventPoller<InboundSlot> latency;
    private final EventPoller.Handler<InboundSlot> onSequencer;
    private final EventPoller.Handler<InboundSlot> onCore;
    private final EventPoller.Handler<InboundSlot> onLatency;

    /**
     * Connects the stages to the ring.
     *
     * @param sequencer stamps and journals; answers false after the last slot of a turn
     * @param core      feeds the core; answers false after a turn so that its effects leave
     * @param latency   measures what came through
     */
    public StageGraph(
            final InboundRing ring,
            final EventPoller.Handler<InboundSlot> sequencer,
            final EventPoller.Handler<InboundSlot> core,
            final EventPoller.Handler<InboundSlot> latency) {
        this.sequencer = ring.poller();
        this.core = ring.poller(this.sequencer.getSequence());
        this.latency = ring.poller(this.core.getSequence());
        ring.gate(this.latency.getSequence());
        onSequencer = sequencer;
        onCore = core;
        final LargeMessagePool pool = ring.pool();
        onLatency = (slot, sequence, endOfBatch) -> {
            final boolean more = latency.onEvent(slot, sequence, endOfBatch);
            slot.empty(pool);
            return more;
        };
    }

    /** Sequences one turn; true when there was one. */
    public boolean pollSequencer() throws Exception {
        return sequencer.poll(onSequencer) == EventPoller.PollState.PROCESSING;
    }

    /** Runs the core through one sequenced turn; true when there was one. */
    public boolean pollCore() throws Exception {
        return core.poll(onCore) == EventPoller.PollState.PROCESSING;
    }

    /** Measures and frees what the core is done with; true when there was something. */
    public boolean pollLatency() throws Exception {
        return latency.poll(onLatency) == EventPoller.PollState.PROCESSING;
    }

    /** Runs every stage on the calling thread until nothing is left; turns run. */
    public int runUntilIdle() throws Exception {
        int turns = 0;
        while (pollSequencer()) {
            turns++;
            while (pollCore()) {
                pollLatency();
            }
        }
        return turns;
    }
}
