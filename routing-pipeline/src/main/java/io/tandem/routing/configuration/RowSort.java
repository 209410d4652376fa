package io.tandem.routing.configuration;

/** Sorts rows of some longs each, compared as unsigned numbers from the first long on, within their array. One thread. */
final class RowSort {
    private static final int SMALL = 12;

    private final long[] rows;
    private final int width;
    private final long[] pivot;

    private RowSort(final long[] rows, final int width) {
        this.rows = rows;
        this.width = width;
        pivot = new long[width];
    }

    /** Sorts the first rows of an array. */
    static void sort(final long[] rows, final int width, final int count) {
        new RowSort(rows, width).sort(0, count - 1);
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
            for (int j = i; j > first && compare(j, rows, j - 1) < 0; j--) {
                swap(j, j - 1);
            }
        }
    }

    private int partition(final int first, final int last) {
        final int middle = (first + last) >>> 1;
        order(first, middle);
        order(middle, last);
        order(first, middle);
        System.arraycopy(rows, width * middle, pivot, 0, width);
        int left = first - 1;
        int right = last + 1;
        while (true) {
            do {
                left++;
            } while (compare(left, pivot, 0) < 0);
            do {
                right--;
            } while (compare(right, pivot, 0) > 0);
            if (left >= right) {
                return right;
            }
            swap(left, right);
        }
    }

    private void order(final int i, final int j) {
        if (compare(j, rows, i) < 0) {
            swap(i, j);
        }
    }

    /** Compares a row with one of another array, or of the same. */
    private int compare(final int i, final long[] others, final int j) {
        int place = width * i;
        int other = width * j;
        for (final int end = place + width; place < end; place++, other++) {
            if (rows[place] != others[other]) {
                return Long.compareUnsigned(rows[place], others[other]);
            }
        }
        return 0;
    }

    private void swap(final int i, final int j) {
        int place = width * i;
        int other = width * j;
        for (final int end = place + width; place < end; place++, other++) {
            final long kept = rows[place];
            rows[place] = rows[other];
            rows[other] = kept;
        }
    }
}
