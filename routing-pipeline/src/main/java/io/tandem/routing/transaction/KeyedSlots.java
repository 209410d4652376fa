package io.tandem.routing.transaction;

/**
 * Map from 128-bit keyed hashes to slot numbers: open addressing with linear probing, no tombstones, fixed capacity.
 * Two different inputs with the same hash are taken for the same; under a secret key nobody can find such a pair.
 */
final class KeyedSlots {
    static final int NO_SLOT = -1;

    private final long[] highs;
    private final long[] lows;
    private final int[] slots;
    private final int mask;
    private int size;

    KeyedSlots(final int limit) {
        final int capacity = Integer.highestOneBit(Math.max(16, 2 * limit - 1)) << 1;
        highs = new long[capacity];
        lows = new long[capacity];
        slots = new int[capacity];
        mask = capacity - 1;
    }

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
        size++;
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
