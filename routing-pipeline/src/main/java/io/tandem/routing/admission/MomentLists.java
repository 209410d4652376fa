package io.tandem.routing.admission;

import io.tandem.routing.counter.TableFill;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Lists of moments, oldest first, that share one table: each moment names the one after it and the one before, a free one the
 * next free one. Core's thread alone; nothing allocates after construction.
 */
final class MomentLists {
    private static final int NONE = -1;

    private final int momentMax;
    private final int[] oldest;
    private final int[] newest;
    private final int[] counts;
    private final long[] moments;
    private final int[] later;
    private final int[] earlier;
    private int firstFree;
    private int used;
    private int peak;

    MomentLists(final int listCount, final int momentMax) {
        this.momentMax = momentMax;
        oldest = new int[listCount];
        newest = new int[listCount];
        counts = new int[listCount];
        Arrays.fill(oldest, NONE);
        Arrays.fill(newest, NONE);
        moments = new long[momentMax];
        later = new int[momentMax];
        earlier = new int[momentMax];
        for (int i = 0; i < momentMax; i++) {
            later[i] = i + 1;
        }
        later[momentMax - 1] = NONE;
    }

    int used() {
        return used;
    }

    TableFill fill(final String name, final long refused) {
        return new TableFill(name, used, momentMax, peak, refused);
    }

    boolean isFull() {
        return firstFree == NONE;
    }

    int count(final int list) {
        return counts[list];
    }

    /** The oldest moment of a list that has one. */
    long oldest(final int list) {
        return moments[oldest[list]];
    }

    /** One of a list's moments, the newest being the first; walks from the end that is nearer. */
    long newest(final int list, final int rank) {
        final int older = counts[list] - rank;
        int moment;
        if (older < rank) {
            moment = oldest[list];
            for (int i = older; i > 0; i--) {
                moment = later[moment];
            }
        } else {
            moment = newest[list];
            for (int i = rank - 1; i > 0; i--) {
                moment = earlier[moment];
            }
        }
        return moments[moment];
    }

    /** How many moments of a list are in the period before now; walks them. */
    int countWithin(final int list, final long periodNs, final long nowNs) {
        int count = 0;
        int moment = newest[list];
        while (moment != NONE && nowNs - moments[moment] < periodNs) {
            count++;
            moment = earlier[moment];
        }
        return count;
    }

    void forEach(final int list, final LongConsumer consumer) {
        for (int moment = oldest[list]; moment != NONE; moment = later[moment]) {
            consumer.accept(moments[moment]);
        }
    }

    /** Adds a moment that is not before the newest; not while the table is full. */
    void append(final int list, final long momentNs) {
        final int moment = firstFree;
        firstFree = later[moment];
        moments[moment] = momentNs;
        later[moment] = NONE;
        earlier[moment] = newest[list];
        if (newest[list] == NONE) {
            oldest[list] = moment;
        } else {
            later[newest[list]] = moment;
        }
        newest[list] = moment;
        counts[list]++;
        used++;
        peak = Math.max(peak, used);
    }

    void dropOldest(final int list) {
        final int moment = oldest[list];
        oldest[list] = later[moment];
        if (oldest[list] == NONE) {
            newest[list] = NONE;
        } else {
            earlier[oldest[list]] = NONE;
        }
        free(list, moment);
    }

    void dropNewest(final int list) {
        final int moment = newest[list];
        newest[list] = earlier[moment];
        if (newest[list] == NONE) {
            oldest[list] = NONE;
        } else {
            later[newest[list]] = NONE;
        }
        free(list, moment);
    }

    private void free(final int list, final int moment) {
        later[moment] = firstFree;
        firstFree = moment;
        counts[list]--;
        used--;
    }
}
