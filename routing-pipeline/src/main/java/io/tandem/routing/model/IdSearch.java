package io.tandem.routing.model;

/** Binary search for 128-bit values in two arrays that hold their halves, ascending and unsigned. */
public final class IdSearch {
    private IdSearch() {}

    /** Index of a value at or after {@code first} and before {@code end}, or a negative number. */
    public static int find(
            final long[] highs, final long[] lows, final int first, final int end, final long high, final long low) {
        int from = first;
        int to = end - 1;
        while (from <= to) {
            final int middle = (from + to) >>> 1;
            final int upper = Long.compareUnsigned(highs[middle], high);
            final int order = upper != 0 ? upper : Long.compareUnsigned(lows[middle], low);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -1;
    }
}
