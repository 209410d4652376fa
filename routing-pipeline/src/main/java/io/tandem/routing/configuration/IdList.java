package io.tandem.routing.configuration;

import java.util.Arrays;

/** A growing list of 128-bit identifiers, 16 bytes each, that can be sorted as unsigned numbers. One thread. */
final class IdList {
    private static final int SMALL = 12;

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
        sort(0, count - 1);
        int kept = Math.min(count, 1);
        for (int i = 1; i < count; i++) {
            if (compare(i, kept - 1) != 0) {
                halves[2 * kept] = high(i);
                halves[2 * kept + 1] = low(i);
                kept++;
            }
        }
        count = kept;
    }

    /** Quicksort on the middle of three, the larger part last; short parts by insertion. */
    private void sort(final int from, final int to) {
        int first = from;
        int last = to;
        while (last - first >= SMALL) {
            final int split = partition(first, last);
            if (split - first < last - split) {
                sort(first, split);
                first = split + 1;
            } else {
                sort(split + 1, last);
                last = split;
            }
        }
        for (int i = first + 1; i <= last; i++) {
            for (int j = i; j > first && compare(j, j - 1) < 0; j--) {
                swap(j, j - 1);
            }
        }
    }

    private int partition(final int first, final int last) {
        final int middle = (first + last) >>> 1;
        order(first, middle);
        order(middle, last);
        order(first, middle);
        final long pivotHigh = high(middle);
        final long pivotLow = low(middle);
        int left = first - 1;
        int right = last + 1;
        while (true) {
            do {
                left++;
            } while (compare(left, pivotHigh, pivotLow) < 0);
            do {
                right--;
            } while (compare(right, pivotHigh, pivotLow) > 0);
            if (left >= right) {
                return right;
            }
            swap(left, right);
        }
    }

    private void order(final int i, final int j) {
        if (compare(j, i) < 0) {
            swap(i, j);
        }
    }

    private int compare(final int i, final int j) {
        return compare(i, high(j), low(j));
    }

    private int compare(final int i, final long high, final long low) {
        final int upper = Long.compareUnsigned(high(i), high);
        return upper != 0 ? upper : Long.compareUnsigned(low(i), low);
    }

    private void swap(final int i, final int j) {
        final long high = high(i);
        final long low = low(i);
        halves[2 * i] = high(j);
        halves[2 * i + 1] = low(j);
        halves[2 * j] = high;
        halves[2 * j + 1] = low;
    }
}
