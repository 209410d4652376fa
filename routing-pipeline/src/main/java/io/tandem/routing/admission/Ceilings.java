package io.tandem.routing.admission;

/**
 * The ceilings that one call, or one leg, has to pass in one step, in the order in which the first that fails is named.
 * Reused; core's thread only.
 */
public final class Ceilings {
    /** No ceiling: the calls are counted all the same. */
    public static final int UNLIMITED = -1;

    /** Most ceilings of one step; {@link Holds#COUNT_MAX} is the same. */
    public static final int COUNT_MAX = Holds.COUNT_MAX;

    private final Dimension[] dimensions = new Dimension[COUNT_MAX];
    private final long[] idHighs = new long[COUNT_MAX];
    private final long[] idLows = new long[COUNT_MAX];
    private final int[] limits = new int[COUNT_MAX];
    private int count;

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    /**
     * Adds one.
     *
     * @param limit most simultaneous calls, 0 for none at all, {@link #UNLIMITED} for any number.
     */
    public void add(final Dimension dimension, final long idHigh, final long idLow, final int limit) {
        dimensions[count] = dimension;
        idHighs[count] = idHigh;
        idLows[count] = idLow;
        limits[count] = limit;
        count++;
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** What the one at an index counts. */
    public Dimension dimension(final int index) {
        return dimensions[index];
    }

    /** Upper half of whose calls it counts. */
    public long idHigh(final int index) {
        return idHighs[index];
    }

    /** Lower half of whose calls it counts. */
    public long idLow(final int index) {
        return idLows[index];
    }

    /** Most simultaneous calls, or {@link #UNLIMITED}. */
    public int limit(final int index) {
        return limits[index];
    }

    /** How many before the one at an index name the same counter. */
    int earlierSame(final int index) {
        int same = 0;
        for (int i = 0; i < index; i++) {
            if (dimensions[i] == dimensions[index] && idHighs[i] == idHighs[index] && idLows[i] == idLows[index]) {
                same++;
            }
        }
        return same;
    }
}
