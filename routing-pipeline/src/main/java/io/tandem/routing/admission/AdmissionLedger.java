package io.tandem.routing.admission;

import io.tandem.routing.counter.TableFill;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters of simultaneous calls. The core's thread is the only writer; {@link AdmissionReader} reads from any other.
 *
 * <p>A counter exists while it is above zero: it gets a slot when first taken and loses it when last given back. Each slot
 * is one cache line:
 *
 * <pre>
 *   0        8        16       24         28      32      36          64
 *   +--------+--------+--------+----------+-------+-------+-----------+
 *   | stamp  | idHigh | idLow  | dimension| limit | count | padding   |
 *   +--------+--------+--------+----------+-------+-------+-----------+
 * </pre>
 *
 * The stamp is odd while a slot changes hands. Nothing allocates after construction.
 */
public final class AdmissionLedger implements AdmissionCounts {
    /** Every ceiling was passed. */
    public static final int ADMITTED = -1;

    /** Every ceiling was passed, but the table of counters has no room. */
    public static final int FULL = -2;

    static final int SLOT_BYTES = 64;
    static final int STAMP = 0;
    static final int ID_HIGH = 8;
    static final int ID_LOW = 16;
    static final int DIMENSION = 24;
    static final int LIMIT = 28;
    static final int COUNT = 32;

    private static final int NO_SLOT = -1;

    private final UnsafeBuffer slots;
    private final int slotLimit;
    private final int[] freeSlots;
    private int freeCount;
    private int freeLeast;
    private long refused;
    private final int[] index;
    private final int indexMask;

    /** A ledger of at most {@code slotLimit} counters in use at the same time: 64 bytes each, and 12 to 20 for the index. */
    public AdmissionLedger(final int slotLimit) {
        if (slotLimit < Holds.COUNT_MAX || slotLimit > 16_777_216) {
            throw new IllegalArgumentException(
                    "admission table refused: counters=" + slotLimit + " least=" + Holds.COUNT_MAX + " most=16777216");
        }
        this.slotLimit = slotLimit;
        slots = new UnsafeBuffer(ByteBuffer.allocateDirect(slotLimit * SLOT_BYTES));
        freeSlots = new int[slotLimit];
        for (int i = 0; i < slotLimit; i++) {
            freeSlots[i] = slotLimit - 1 - i;
        }
        freeCount = slotLimit;
        freeLeast = slotLimit;
        final int capacity = BitUtil.findNextPositivePowerOfTwo(slotLimit * 2);
        index = new int[capacity];
        indexMask = capacity - 1;
        Arrays.fill(index, NO_SLOT);
    }

    /**
     * Takes every ceiling or none.
     *
     * @param holds receives what was taken; must be empty, and stays so when nothing was taken.
     * @return {@link #ADMITTED}, {@link #FULL}, or the index of the first ceiling that fails.
     */
    public int take(final Ceilings ceilings, final Holds holds) {
        if (!holds.isEmpty()) {
            throw new IllegalStateException("holds not empty: count=" + holds.count);
        }
        final int outcome = evaluate(ceilings);
        if (outcome == ADMITTED) {
            for (int i = 0, count = ceilings.count(); i < count; i++) {
                final int slot = increment(ceilings.dimension(i), ceilings.idHigh(i), ceilings.idLow(i));
                slots.putIntRelease(slot * SLOT_BYTES + LIMIT, ceilings.limit(i));
                holds.slots[holds.count++] = slot;
            }
        }
        if (outcome == FULL) {
            refused++;
        }
        return outcome;
    }

    /** Gives back all that is held, once: a second call finds nothing to give back. */
    public void release(final Holds holds) {
        for (int i = holds.count - 1; i >= 0; i--) {
            decrement(holds.slots[i]);
        }
        holds.count = 0;
    }

    /** Moves all that is held to other holds, which must be empty; the counters stay as they are. */
    public void handOver(final Holds from, final Holds to) {
        if (!to.isEmpty()) {
            throw new IllegalStateException("holds not empty: count=" + to.count);
        }
        System.arraycopy(from.slots, 0, to.slots, 0, from.count);
        to.count = from.count;
        from.count = 0;
    }

    /**
     * Takes one counter without asking for a ceiling: how holds come back from a snapshot.
     *
     * @return false if the table or the holds have no room; nothing is taken then.
     */
    public boolean restore(final Holds holds, final Dimension dimension, final long idHigh, final long idLow) {
        if (holds.count == Holds.COUNT_MAX || (freeCount == 0 && find(dimension.code(), idHigh, idLow) == NO_SLOT)) {
            return false;
        }
        holds.slots[holds.count++] = increment(dimension, idHigh, idLow);
        return true;
    }

    /** Names each counter held, in the order in which they were taken: how holds go to a snapshot. */
    public void forEachHold(final Holds holds, final HoldConsumer consumer) {
        for (int i = 0; i < holds.count; i++) {
            final int at = holds.slots[i] * SLOT_BYTES;
            consumer.onHold(
                    Dimension.ofCode(slots.getInt(at + DIMENSION)),
                    slots.getLong(at + ID_HIGH),
                    slots.getLong(at + ID_LOW));
        }
    }

    @Override
    public int count(final Dimension dimension, final long idHigh, final long idLow) {
        final int slot = find(dimension.code(), idHigh, idLow);
        return slot == NO_SLOT ? 0 : slots.getInt(slot * SLOT_BYTES + COUNT);
    }

    @Override
    public int freeCounters() {
        return freeCount;
    }

    /** Counters in use. */
    public int usedCounters() {
        return slotLimit - freeCount;
    }

    /** How full the table is. */
    public TableFill fill(final String name) {
        return new TableFill(name, usedCounters(), slotLimit, slotLimit - freeLeast, refused);
    }

    /** Starts a proof of the counters against what live calls hold. */
    public AdmissionAudit audit() {
        return new AdmissionAudit(this, slotLimit);
    }

    /** A view for another thread. */
    public AdmissionReader reader() {
        return new AdmissionReader(slots, slotLimit);
    }

    int countAt(final int slot) {
        return slots.getInt(slot * SLOT_BYTES + COUNT);
    }

    String describe(final int slot) {
        final int at = slot * SLOT_BYTES;
        return "dimension=" + Dimension.ofCode(slots.getInt(at + DIMENSION)) + " idHigh=" + slots.getLong(at + ID_HIGH)
                + " idLow=" + slots.getLong(at + ID_LOW);
    }

    private int increment(final Dimension dimension, final long idHigh, final long idLow) {
        int slot = find(dimension.code(), idHigh, idLow);
        if (slot == NO_SLOT) {
            slot = occupy(dimension.code(), idHigh, idLow);
        }
        final int at = slot * SLOT_BYTES + COUNT;
        slots.putIntRelease(at, slots.getInt(at) + 1);
        return slot;
    }

    private void decrement(final int slot) {
        final int at = slot * SLOT_BYTES;
        final int count = slots.getInt(at + COUNT);
        if (count <= 0) {
            throw new IllegalStateException("counter given back twice: slot=" + slot + " count=" + count);
        }
        slots.putIntRelease(at + COUNT, count - 1);
        if (count == 1) {
            vacate(slot);
        }
    }

    private int occupy(final int dimension, final long idHigh, final long idLow) {
        final int slot = freeSlots[--freeCount];
        freeLeast = Math.min(freeLeast, freeCount);
        write(slot, dimension, idHigh, idLow, Ceilings.UNLIMITED);
        int position = hash(dimension, idHigh, idLow) & indexMask;
        while (index[position] != NO_SLOT) {
            position = (position + 1) & indexMask;
        }
        index[position] = slot;
        return slot;
    }

    private void vacate(final int slot) {
        final int at = slot * SLOT_BYTES;
        int position =
                hash(slots.getInt(at + DIMENSION), slots.getLong(at + ID_HIGH), slots.getLong(at + ID_LOW)) & indexMask;
        while (index[position] != slot) {
            position = (position + 1) & indexMask;
        }
        closeGap(position);
        write(slot, 0, 0, 0, 0);
        freeSlots[freeCount++] = slot;
    }

    /** Moves later entries of a probe run into the gap, so that look-ups may stop at the first empty place. */
    private void closeGap(final int removed) {
        int gap = removed;
        int position = gap;
        while (true) {
            position = (position + 1) & indexMask;
            final int slot = index[position];
            if (slot == NO_SLOT) {
                break;
            }
            final int at = slot * SLOT_BYTES;
            final int home = hash(slots.getInt(at + DIMENSION), slots.getLong(at + ID_HIGH), slots.getLong(at + ID_LOW))
                    & indexMask;
            if (((position - home) & indexMask) >= ((position - gap) & indexMask)) {
                index[gap] = slot;
                gap = position;
            }
        }
        index[gap] = NO_SLOT;
    }

    private void write(final int slot, final int dimension, final long idHigh, final long idLow, final int limit) {
        final int at = slot * SLOT_BYTES;
        final long stamp = slots.getLong(at + STAMP);
        slots.putLongVolatile(at + STAMP, stamp + 1);
        slots.putLongRelease(at + ID_HIGH, idHigh);
        slots.putLongRelease(at + ID_LOW, idLow);
        slots.putIntRelease(at + DIMENSION, dimension);
        slots.putIntRelease(at + LIMIT, limit);
        slots.putIntRelease(at + COUNT, 0);
        slots.putLongRelease(at + STAMP, stamp + 2);
    }

    private int find(final int dimension, final long idHigh, final long idLow) {
        int position = hash(dimension, idHigh, idLow) & indexMask;
        while (true) {
            final int slot = index[position];
            if (slot == NO_SLOT) {
                return NO_SLOT;
            }
            final int at = slot * SLOT_BYTES;
            if (slots.getLong(at + ID_LOW) == idLow
                    && slots.getLong(at + ID_HIGH) == idHigh
                    && slots.getInt(at + DIMENSION) == dimension) {
                return slot;
            }
            position = (position + 1) & indexMask;
        }
    }

    private static int hash(final int dimension, final long idHigh, final long idLow) {
        long mixed = (idLow ^ Long.rotateLeft(idHigh, 29)) + dimension * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return (int) (mixed ^ (mixed >>> 32));
    }
}
