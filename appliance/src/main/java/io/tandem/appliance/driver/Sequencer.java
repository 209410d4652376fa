package io.tandem.appliance.driver;

import com.lmax.disruptor.EventPoller;
import io.tandem.journal.JournalException;
import io.tandem.journal.queue.InputsQueue;
import io.tandem.routing.ring.InboundSlot;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every input its place and time: what the ring holds becomes one turn, stamped once and appended to the inputs
 * queue as one document before the core may see it. A turn without inputs carries only its time, for timers.
 *
 * <p>When the disk has no room, calls go on without a journal: turns then bear the index of the last document, what
 * they hold is counted as lost, and {@link #lostInputs()} tells the wiring to write a gap record and take a snapshot
 * as soon as the disk is back. Owned by the sequencer's thread.
 */
public final class Sequencer implements EventPoller.Handler<InboundSlot> {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

    private final InputsQueue inputs;
    private final TurnClock clock;
    private final LongSupplier stampNs;
    private final long epoch;
    private final boolean syncEveryTurn;
    private final BatchWriter batch = new BatchWriter();
    private final InboundSlot[] slots = new InboundSlot[BatchWriter.INPUT_COUNT_MAX];
    private int slotCount;
    private long nowNs;
    private long wallMs;
    private long lastIndex;
    private long turnCount;
    private boolean failing;
    private final AtomicLong lostInputs = new AtomicLong();
    private final AtomicLong inputCount = new AtomicLong();

    /**
     * Creates a sequencer.
     *
     * @param lastIndex index of the last document of the queue, or {@link InputsQueue#NONE}
     * @param stampNs   measures when a turn was journaled; decides nothing
     */
    public Sequencer(
            final InputsQueue inputs,
            final TurnClock clock,
            final LongSupplier stampNs,
            final long epoch,
            final long lastIndex,
            final boolean syncEveryTurn) {
        this.inputs = inputs;
        this.clock = clock;
        this.stampNs = stampNs;
        this.epoch = epoch;
        this.lastIndex = lastIndex;
        this.syncEveryTurn = syncEveryTurn;
    }

    @Override
    public boolean onEvent(final InboundSlot slot, final long sequence, final boolean endOfBatch) {
        if (slotCount == 0) {
            nowNs = Math.max(nowNs, clock.nowNs());
            wallMs = clock.wallMs();
            batch.begin(epoch, nowNs, wallMs);
        }
        slots[slotCount++] = slot;
        if (slot.kind() != InboundSlot.NOTHING) {
            batch.add(
                    slot.kind(),
                    slot.transport(),
                    slot.listener(),
                    slot.flow(),
                    slot.addressHigh(),
                    slot.addressLow(),
                    slot.port(),
                    slot.buffer(),
                    0,
                    slot.length());
        }
        if (endOfBatch || slotCount == slots.length || batch.isFull()) {
            endTurn();
            return false;
        }
        return true;
    }

    private void endTurn() {
        batch.end();
        append();
        final long sequencedNs = stampNs.getAsLong();
        for (int i = 0; i < slotCount; i++) {
            slots[i].turn(lastIndex, nowNs, wallMs, i == slotCount - 1);
            slots[i].sequencedAt(sequencedNs);
            slots[i] = null;
        }
        slotCount = 0;
        turnCount++;
        inputCount.lazySet(inputCount.getPlain() + batch.count());
    }

    private void append() {
        if (failing && !inputs.writable()) {
            lose();
            return;
        }
        try {
            lastIndex = inputs.append(batch.buffer(), 0, batch.length());
            if (syncEveryTurn) {
                inputs.sync();
            }
            if (failing) {
                failing = false;
                LOG.warn("journal accepts inputs again: lostInputs={}", lostInputs.get());
            }
        } catch (final JournalException e) {
            lose();
            if (!failing) {
                failing = true;
                LOG.error("journal refuses inputs, calls go on without it: reason={}", e.getMessage());
            }
        }
    }

    /** A turn without inputs counts as one: its time fires timers that a replay will not know of. */
    private void lose() {
        lostInputs.getAndAdd(Math.max(1, batch.count()));
    }

    /** Index of the last document. */
    public long lastIndex() {
        return lastIndex;
    }

    /** Turns sequenced in this life. */
    public long turnCount() {
        return turnCount;
    }

    /** Inputs sequenced in this life; any thread may ask. */
    public long inputCount() {
        return inputCount.get();
    }

    /** Inputs of this life that the journal does not hold; any thread may ask. */
    public long lostInputs() {
        return lostInputs.get();
    }
}
