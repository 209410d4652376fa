package io.tandem.routing.admission;

import io.tandem.routing.counter.TableFill;
import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * Which windows there are: each has a place of its own while it exists, the lowest that is free when it comes, and is found by
 * its rule and remote number in an index with open addressing. Core's thread alone; nothing allocates after construction.
 */
public final class WindowTable {
    static final int NONE = -1;

    private final int windowMax;
    private final long[] ruleHighs;
    private final long[] ruleLows;
    private final long[] numbers;
    private final long[] periodsNs;
    private final long[] freePlaces;
    private final int[] index;
    private final int indexMask;
    private int used;
    private int peak;

    WindowTable(final int windowMax) {
        this.windowMax = windowMax;
        ruleHighs = new long[windowMax];
        ruleLows = new long[windowMax];
        numbers = new long[windowMax];
        periodsNs = new long[windowMax];
        freePlaces = new long[(windowMax + 63) / 64];
        for (int i = 0; i < windowMax; i++) {
            freePlaces[i >>> 6] |= 1L << i;
        }
        final int capacity = BitUtil.findNextPositivePowerOfTwo(windowMax * 2);
        index = new int[capacity];
        indexMask = capacity - 1;
        Arrays.fill(index, NONE);
    }

    /** Places for windows; some are free. */
    public int windowMax() {
        return windowMax;
    }

    /** Whether a place holds a window. */
    public boolean isLive(final int slot) {
        return (freePlaces[slot >>> 6] & (1L << slot)) == 0;
    }

    /** The first place from {@code slot} on that holds a window, or -1. */
    public int nextLive(final int slot) {
        for (int i = slot; i < windowMax; ) {
            final long live = ~freePlaces[i >>> 6] >>> i;
            if (live != 0) {
                final int found = i + Long.numberOfTrailingZeros(live);
                return found < windowMax ? found : NONE;
            }
            i = (i | 63) + 1;
        }
        return NONE;
    }

    /** Upper half of the identifier of the window's rule. */
    public long ruleHigh(final int slot) {
        return ruleHighs[slot];
    }

    /** Lower half of that identifier. */
    public long ruleLow(final int slot) {
        return ruleLows[slot];
    }

    /** The remote number that the window is of, or {@link RateRules#ALL_NUMBERS}. */
    public long number(final int slot) {
        return numbers[slot];
    }

    /** Period of the window's rule when it was last written. */
    public long periodNs(final int slot) {
        return periodsNs[slot];
    }

    void periodNs(final int slot, final long periodNs) {
        periodsNs[slot] = periodNs;
    }

    /** Whether a window is of a single number. */
    boolean isOfNumber(final int slot) {
        return numbers[slot] != RateRules.ALL_NUMBERS;
    }

    int used() {
        return used;
    }

    TableFill fill(final String name, final long refused) {
        return new TableFill(name, used, windowMax, peak, refused);
    }

    /** The lowest free place, or {@link #NONE}. */
    int freePlace() {
        for (int i = 0; i < freePlaces.length && used < windowMax; i++) {
            if (freePlaces[i] != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(freePlaces[i]);
            }
        }
        return NONE;
    }

    /** Place of a window, or {@link #NONE}. */
    int find(final long ruleHigh, final long ruleLow, final long number) {
        int position = hash(ruleHigh, ruleLow, number) & indexMask;
        while (true) {
            final int slot = index[position];
            if (slot == NONE || (ruleLows[slot] == ruleLow && ruleHighs[slot] == ruleHigh && numbers[slot] == number)) {
                return slot;
            }
            position = (position + 1) & indexMask;
        }
    }

    /** Puts a window that is not there yet in a free place. */
    void add(final int slot, final long ruleHigh, final long ruleLow, final long number) {
        freePlaces[slot >>> 6] &= ~(1L << slot);
        ruleHighs[slot] = ruleHigh;
        ruleLows[slot] = ruleLow;
        numbers[slot] = number;
        used++;
        peak = Math.max(peak, used);
        int position = hash(ruleHigh, ruleLow, number) & indexMask;
        while (index[position] != NONE) {
            position = (position + 1) & indexMask;
        }
        index[position] = slot;
    }

    /** Frees the place of a window. */
    void remove(final int slot) {
        int position = hash(ruleHighs[slot], ruleLows[slot], numbers[slot]) & indexMask;
        while (index[position] != slot) {
            position = (position + 1) & indexMask;
        }
        closeGap(position);
        freePlaces[slot >>> 6] |= 1L << slot;
        used--;
    }

    /** Moves later entries of a probe run into the gap, so that look-ups may stop at the first empty place. */
    private void closeGap(final int removed) {
        int gap = removed;
        int position = gap;
        while (true) {
            position = (position + 1) & indexMask;
            final int slot = index[position];
            if (slot == NONE) {
                break;
            }
            final int home = hash(ruleHighs[slot], ruleLows[slot], numbers[slot]) & indexMask;
            if (((position - home) & indexMask) >= ((position - gap) & indexMask)) {
                index[gap] = slot;
                gap = position;
            }
        }
        index[gap] = NONE;
    }

    private static int hash(final long ruleHigh, final long ruleLow, final long number) {
        long mixed = (ruleLow ^ Long.rotateLeft(ruleHigh, 29)) + number * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return (int) (mixed ^ (mixed >>> 32));
    }
}
