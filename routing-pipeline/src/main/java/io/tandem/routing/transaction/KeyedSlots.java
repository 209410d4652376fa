package io.tandem.routing.transaction;

/**
 * Map from 128-bit keyed hashes to slot numbers: open addressing with linear probing and no
 * tombstones; doubles while it fills up for the first time, then allocates nothing.
 * Two different inputs with the same hash are taken for the same; under a secret key nobody can find such a pair.
 */
final class KeyedSlots {
    static final int NO_SLOT = -1;

    private static final int INITIAL_CAPACITY = 1 << 14;

    private long[] highs = new long[INITIAL_CAPACITY];
    private long[] lows = new long[INITIAL_CAPACITY];
    private int[] slots = new int[INITIAL_CAPACITY];
    private int mask = INITIAL_CAPACITY - 1;
    private int size;

    int get(final long high, final long low) {
        for (int at = (int) low & mask; slots[at] != 0; at = (at + 1) & mask) {
            if (lows[at] == low && highs[at] == high) {
                return slots[at] - 1;
            }
        }
        return NO_SLOT;
    }

    void put(final long high, final long low, final int slot) {
        int at = (int) low & mask;
        while (slots[at] != 0) {
            if (lows[at] == low && highs[at] == high) {
                slots[at] = slot + 1;
                return;
            }
            at = (at + 1) & mask;
        }
        highs[at] = high;
        lows[at] = low;
        slots[at] = slot + 1;
        if (++size > slots.length / 2) {
            grow();
        }
    }

    private void grow() {
        final long[] oldHighs = highs;
        final long[] oldLows = lows;
        final int[] oldSlots = slots;
        highs = new long[2 * oldSlots.length];
        lows = new long[highs.length];
        slots = new int[highs.length];
        mask = highs.length - 1;
        size = 0;
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                put(oldHighs[i], oldLows[i], oldSlots[i] - 1);
            }
        }
    }

    void remove(final long high, final long low) {
        int at = (int) low & mask;
        while (slots[at] != 0) {
            if (lows[at] == low && highs[at] == high) {
                close(at);
                size--;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    int size() {
        return size;
    }

    /** Moves later entries of the probe run into the gap (Knuth 6.4 algorithm R). */
    private void close(final int removed) {
        int gap = removed;
        int at = gap;
        while (true) {
            at = (at + 1) & mask;
            if (slots[at] == 0) {
                break;
            }
            final int home = (int) lows[at] & mask;
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                highs[gap] = highs[at];
                lows[gap] = lows[at];
                slots[gap] = slots[at];
                gap = at;
            }
        }
        slots[gap] = 0;
    }
}
