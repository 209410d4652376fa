package io.tandem.routing.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.tandem.journal.record.InputKind;
import io.tandem.routing.stage.StageClock;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/**
 * The one way in: preallocated slots in a ring that any thread may offer to. An offer copies the bytes, indexes a
 * message's headers and never waits; when no slot or no buffer is free the input is refused and counted.
 *
 * <p>Memory: {@code slotCount} times about 2.3 KiB, plus the {@link LargeMessagePool}.
 */
public final class InboundRing implements InputSink {
    private static final byte MESSAGE = (byte) InputKind.MESSAGE.value();

    private final RingBuffer<InboundSlot> ring;
    private final LargeMessagePool pool;
    private final StageClock clock;
    private final AtomicLong refusedRingFull = new AtomicLong();
    private final AtomicLong refusedPoolEmpty = new AtomicLong();
    private final AtomicLong refusedTooLong = new AtomicLong();
    private final AtomicLong discardedNotSip = new AtomicLong();

    /**
     * Allocates every slot.
     *
     * @param slotCount a power of two
     * @param clock stamps each slot when it is offered; a measurement only
     */
    public InboundRing(
            final int slotCount, final LargeMessagePool pool, final SipLimits limits, final StageClock clock) {
        this.pool = pool;
        this.clock = clock;
        ring = RingBuffer.createMultiProducer(() -> new InboundSlot(limits), slotCount, new YieldingWaitStrategy());
    }

    @Override
    public boolean offer(
            final byte kind,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long arrivedNs) {
        if (length > LargeMessagePool.BUFFER_BYTES) {
            refusedTooLong.getAndIncrement();
            return false;
        }
        final long sequence = claim();
        if (sequence < 0) {
            return false;
        }
        final InboundSlot slot = ring.get(sequence);
        boolean taken = true;
        try {
            slot.fill(kind, transport, listener, flow, addressHigh, addressLow, port, arrivedNs);
            if (length <= InboundSlot.INLINE_BYTES) {
                slot.copy(null, buffer, offset, length);
            } else {
                taken = copyLarge(slot, buffer, offset, length);
            }
            if (taken && kind == MESSAGE) {
                index(slot);
            }
            slot.offeredAt(clock.nanos());
        } finally {
            ring.publish(sequence);
        }
        return taken;
    }

    /** Offers a slot without an input, so that the next turn consists of its time alone; false when the ring is full. */
    public boolean offerNothing(final long nowNs) {
        final long sequence = claim();
        if (sequence < 0) {
            return false;
        }
        ring.get(sequence).fill(InboundSlot.NOTHING, (byte) 0, 0, 0, 0, 0, 0, nowNs);
        ring.publish(sequence);
        return true;
    }

    private long claim() {
        try {
            return ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            refusedRingFull.getAndIncrement();
            return -1;
        }
    }

    private boolean copyLarge(final InboundSlot slot, final DirectBuffer buffer, final int offset, final int length) {
        final var borrowed = pool.borrow();
        if (borrowed == null) {
            refusedPoolEmpty.getAndIncrement();
            slot.becomeNothing();
            return false;
        }
        slot.copy(borrowed, buffer, offset, length);
        return true;
    }

    private void index(final InboundSlot slot) {
        final Problem problem = slot.index();
        if (problem == Problem.NOT_SIP || problem == Problem.KEEP_ALIVE) {
            discardedNotSip.getAndIncrement();
            slot.becomeNothing();
        }
    }

    /** A poller behind the producers, or behind the stages whose sequences are given. */
    EventPoller<InboundSlot> poller(final Sequence... behind) {
        return ring.newPoller(behind);
    }

    /** Says which sequence frees slots for producers: the last stage's. */
    void gate(final Sequence last) {
        ring.addGatingSequences(last);
    }

    /** Buffers for messages that do not fit in a slot. */
    public LargeMessagePool pool() {
        return pool;
    }

    /** Slots in all. */
    public int slotCount() {
        return ring.getBufferSize();
    }

    /** Slots in use; any thread may ask, the answer is a moment's. */
    public int slotsUsed() {
        return (int) (ring.getBufferSize() - ring.remainingCapacity());
    }

    /** How long the oldest input has waited, as far as the thread that asks can see; 0 when there is none. */
    public long waitedNs(final long nowNs) {
        final long oldest = ring.getMinimumGatingSequence() + 1;
        return oldest > ring.getCursor()
                ? 0
                : Math.max(0, nowNs - ring.get(oldest).arrivedNs());
    }

    /** Inputs refused because every slot was in use. */
    public long refusedRingFull() {
        return refusedRingFull.get();
    }

    /** Messages refused because every large buffer was in use. */
    public long refusedPoolEmpty() {
        return refusedPoolEmpty.get();
    }

    /** Inputs refused because they were longer than the longest buffer. */
    public long refusedTooLong() {
        return refusedTooLong.get();
    }

    /** Datagrams and stream messages that were no SIP at all. */
    public long discardedNotSip() {
        return discardedNotSip.get();
    }
}
