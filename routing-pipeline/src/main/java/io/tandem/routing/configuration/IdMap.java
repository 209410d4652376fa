package io.tandem.routing.configuration;

/** A growing map from one 128-bit identifier, never zero, to another: 32 bytes each at a load of at most two thirds. One thread. */
final class IdMap {
    private static final int CAPACITY = 16;

    /** Four longs each: key, value. */
    private long[] halves = new long[4 * CAPACITY];

    private int mask = CAPACITY - 1;
    private int count;

    /** Takes an entry of what was put. */
    @FunctionalInterface
    interface Visitor {
        void onEntry(long keyHigh, long keyLow, long high, long low);
    }

    /** Where a key is, or -1. */
    int find(final long keyHigh, final long keyLow) {
        final int place = place(keyHigh, keyLow);
        return isFree(place) ? -1 : place;
    }

    /** Upper half of the value at a place. */
    long high(final int place) {
        return halves[4 * place + 2];
    }

    /** Lower half of the value at a place. */
    long low(final int place) {
        return halves[4 * place + 3];
    }

    /** Puts a value in place of whatever the key had. */
    void put(final long keyHigh, final long keyLow, final long high, final long low) {
        int place = place(keyHigh, keyLow);
        if (isFree(place)) {
            if (count++ > mask / 3 * 2) {
                grow();
                place = place(keyHigh, keyLow);
            }
            halves[4 * place] = keyHigh;
            halves[4 * place + 1] = keyLow;
        }
        halves[4 * place + 2] = high;
        halves[4 * place + 3] = low;
    }

    int count() {
        return count;
    }

    /** Shows all entries, in an order that depends on nothing but what was put. */
    void forEach(final Visitor visitor) {
        for (int place = 0; place <= mask; place++) {
            if (!isFree(place)) {
                visitor.onEntry(halves[4 * place], halves[4 * place + 1], high(place), low(place));
            }
        }
    }

    /** Where a key is, or where it would go. */
    private int place(final long keyHigh, final long keyLow) {
        int place = IdHash.of(keyHigh, keyLow) & mask;
        while (!isFree(place) && (halves[4 * place + 1] != keyLow || halves[4 * place] != keyHigh)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private boolean isFree(final int place) {
        return (halves[4 * place] | halves[4 * place + 1]) == 0;
    }

    private void grow() {
        final long[] old = halves;
        halves = new long[2 * old.length];
        mask = 2 * mask + 1;
        for (int i = 0; i < old.length; i += 4) {
            if ((old[i] | old[i + 1]) != 0) {
                System.arraycopy(old, i, halves, 4 * place(old[i], old[i + 1]), 4);
            }
        }
    }
}
