package io.tandem.routing.configuration;

import java.util.Arrays;

/** A growing list of 128-bit identifiers, 16 bytes each, that can be sorted as unsigned numbers. One thread. */
final class IdList {
    private static final int WIDTH = 2;

    private long[] halves = new long[4];
    private int count;

    void add(final long high, final long low) {
        if (2 * count == halves.length) {
            halves = Arrays.copyOf(halves, halves.length * 2);
        }
        halves[2 * count] = high;
        halves[2 * count + 1] = low;
        count++;
    }

    int count() {
        return count;
    }

    long high(final int index) {
        return halves[2 * index];
    }

    long low(final int index) {
        return halves[2 * index + 1];
    }

    /** Sorts and drops what is there twice. */
    void sort() {
        RowSort.sort(halves, WIDTH, count);
        int kept = Math.min(count, 1);
        for (int i = 1; i < count; i++) {
            if (low(i) != low(kept - 1) || high(i) != high(kept - 1)) {
                halves[2 * kept] = high(i);
                halves[2 * kept + 1] = low(i);
                kept++;
            }
        }
        count = kept;
    }
}
