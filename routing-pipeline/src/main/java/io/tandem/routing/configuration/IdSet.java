package io.tandem.routing.configuration;

/** A growing set of 128-bit identifiers, 16 bytes each at a load of at most two thirds; never holds zero. */
final class IdSet {
    private long[] highs;
    private long[] lows;
    private int mask;
    private int count;

    /** Room for so many without growing. */
    IdSet(final long expected) {
        final int capacity = Integer.highestOneBit(Math.clamp(expected * 3 / 2, 8, 1 << 28)) * 2;
        highs = new long[capacity];
        lows = new long[capacity];
        mask = capacity - 1;
    }

    /** Adds one; false if it was there. */
    boolean add(final long high, final long low) {
        if (count > mask / 3 * 2) {
            grow();
        }
        int position = position(high, low);
        while ((highs[position] | lows[position]) != 0) {
            if (lows[position] == low && highs[position] == high) {
                return false;
            }
            position = (position + 1) & mask;
        }
        highs[position] = high;
        lows[position] = low;
        count++;
        return true;
    }

    private void grow() {
        final long[] oldHighs = highs;
        final long[] oldLows = lows;
        highs = new long[oldHighs.length * 2];
        lows = new long[highs.length];
        mask = highs.length - 1;
        count = 0;
        for (int i = 0; i < oldHighs.length; i++) {
            if ((oldHighs[i] | oldLows[i]) != 0) {
                add(oldHighs[i], oldLows[i]);
            }
        }
    }

    private int position(final long high, final long low) {
        return IdHash.of(high, low) & mask;
    }
}
