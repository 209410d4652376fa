package io.tandem.routing.configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * Which resources of a kind refer to which of another: 28 bytes for each that is referred to, at a load of at most two thirds,
 * 20 for each reference, and 8 more where it is known when the referrer was made. One thread.
 */
final class ReferrerTable {
    /** Longs of a row of {@link #creations}. */
    static final int CREATION_LONGS = 3;

    private static final int CAPACITY = 16;
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private long[] highs = new long[CAPACITY];
    private long[] lows = new long[CAPACITY];
    private int[] counts = new int[CAPACITY];
    private int[] kept = new int[CAPACITY];

    /** The last reference of each target, counted from 1; 0 where there is no target. The last leads on to the first. */
    private int[] lasts = new int[CAPACITY];

    private int mask = CAPACITY - 1;
    private int targets;
    private final List<long[]> referrers = new ArrayList<>();

    /** When the referrers were made; null for a chunk of which nobody knows. */
    private final List<long[]> created = new ArrayList<>();

    private final List<int[]> nexts = new ArrayList<>();
    private int references;

    /**
     * Notes a reference.
     *
     * @param most referrers of the target that are kept; the others are counted.
     * @param createdUs when the referrer was made; 0 if nobody knows.
     */
    void add(
            final long targetHigh,
            final long targetLow,
            final long high,
            final long low,
            final int most,
            final long createdUs) {
        int place = place(targetHigh, targetLow);
        if (lasts[place] == 0) {
            if (targets++ > mask / 3 * 2) {
                grow();
                place = place(targetHigh, targetLow);
            }
            highs[place] = targetHigh;
            lows[place] = targetLow;
        }
        counts[place]++;
        if (kept[place] < most) {
            kept[place]++;
            keep(place, high, low, createdUs);
        }
    }

    private void keep(final int place, final long high, final long low, final long createdUs) {
        final int at = references & (CHUNK - 1);
        if (at == 0) {
            referrers.add(new long[2 * CHUNK]);
            created.add(null);
            nexts.add(new int[CHUNK]);
        }
        referrers.getLast()[2 * at] = high;
        referrers.getLast()[2 * at + 1] = low;
        if (createdUs != 0) {
            if (created.getLast() == null) {
                created.set(created.size() - 1, new long[CHUNK]);
            }
            created.getLast()[at] = createdUs;
        }
        final int added = ++references;
        final int last = lasts[place];
        setNext(added, last == 0 ? added : next(last));
        if (last != 0) {
            setNext(last, added);
        }
        lasts[place] = added;
    }

    /** Where a target is, or -1. */
    int find(final long targetHigh, final long targetLow) {
        final int place = place(targetHigh, targetLow);
        return lasts[place] == 0 ? -1 : place;
    }

    /** Places are less than this; not all of them hold a target. */
    int places() {
        return mask + 1;
    }

    boolean isTarget(final int place) {
        return lasts[place] != 0;
    }

    long targetHigh(final int place) {
        return highs[place];
    }

    long targetLow(final int place) {
        return lows[place];
    }

    /** How many refer to the target at a place, kept or not. */
    int count(final int place) {
        return counts[place];
    }

    /** Those that are kept, in the order in which they came. */
    IdList referrers(final int place) {
        final IdList ids = new IdList();
        final int last = lasts[place];
        for (int reference = next(last), left = kept[place]; left > 0; reference = next(reference), left--) {
            final long[] chunk = referrers.get((reference - 1) >>> CHUNK_BITS);
            final int at = 2 * ((reference - 1) & (CHUNK - 1));
            ids.add(chunk[at], chunk[at + 1]);
        }
        return ids;
    }

    /**
     * Those that are kept, with when they were made, the oldest first, those made at the same time by identifier: when, and the
     * two halves of the identifier. Null if nobody knows of any of them when it was made.
     */
    long[] creations(final int place) {
        if (!hasCreations(place)) {
            return null;
        }
        final long[] rows = new long[CREATION_LONGS * kept[place]];
        int reference = lasts[place];
        for (int row = 0; row < rows.length; row += CREATION_LONGS) {
            reference = next(reference);
            final long[] chunk = referrers.get((reference - 1) >>> CHUNK_BITS);
            final int at = (reference - 1) & (CHUNK - 1);
            rows[row] = createdUs(reference);
            rows[row + 1] = chunk[2 * at];
            rows[row + 2] = chunk[2 * at + 1];
        }
        RowSort.sort(rows, CREATION_LONGS, kept[place]);
        return rows;
    }

    private boolean hasCreations(final int place) {
        int reference = lasts[place];
        for (int left = kept[place]; left > 0; left--) {
            reference = next(reference);
            if (createdUs(reference) != 0) {
                return true;
            }
        }
        return false;
    }

    private long createdUs(final int reference) {
        final long[] chunk = created.get((reference - 1) >>> CHUNK_BITS);
        return chunk == null ? 0 : chunk[(reference - 1) & (CHUNK - 1)];
    }

    int targetCount() {
        return targets;
    }

    private int next(final int reference) {
        return nexts.get((reference - 1) >>> CHUNK_BITS)[(reference - 1) & (CHUNK - 1)];
    }

    private void setNext(final int reference, final int next) {
        nexts.get((reference - 1) >>> CHUNK_BITS)[(reference - 1) & (CHUNK - 1)] = next;
    }

    /** Where a target is, or where it would go. */
    private int place(final long targetHigh, final long targetLow) {
        int place = IdHash.of(targetHigh, targetLow) & mask;
        while (lasts[place] != 0 && (lows[place] != targetLow || highs[place] != targetHigh)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        final long[] oldHighs = highs;
        final long[] oldLows = lows;
        final int[] oldCounts = counts;
        final int[] oldKept = kept;
        final int[] oldLasts = lasts;
        final int capacity = 2 * oldHighs.length;
        highs = new long[capacity];
        lows = new long[capacity];
        counts = new int[capacity];
        kept = new int[capacity];
        lasts = new int[capacity];
        mask = capacity - 1;
        for (int i = 0; i < oldLasts.length; i++) {
            if (oldLasts[i] != 0) {
                final int place = place(oldHighs[i], oldLows[i]);
                highs[place] = oldHighs[i];
                lows[place] = oldLows[i];
                counts[place] = oldCounts[i];
                kept[place] = oldKept[i];
                lasts[place] = oldLasts[i];
            }
        }
    }
}
