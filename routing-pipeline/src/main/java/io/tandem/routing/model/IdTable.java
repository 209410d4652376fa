package io.tandem.routing.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** Plans by 128-bit identifier, compiled once. Immutable; a look-up is a binary search and allocates nothing. */
public final class IdTable<P> {
    private final long[] highs;
    private final long[] lows;
    private final List<P> plans;

    private IdTable(final long[] highs, final long[] lows, final List<P> plans) {
        this.highs = highs;
        this.lows = lows;
        this.plans = plans;
    }

    /** Compiles what stands under each identifier. */
    public static <R, P> IdTable<P> of(final SortedMap<ResourceId, R> sources, final Function<R, P> compile) {
        final List<P> plans = new ArrayList<>(sources.size());
        sources.values().forEach(source -> plans.add(compile.apply(source)));
        return new IdTable<>(
                sources.keySet().stream().mapToLong(ResourceId::high).toArray(),
                sources.keySet().stream().mapToLong(ResourceId::low).toArray(),
                plans);
    }

    /** The plan of an identifier, or null. */
    public P find(final long idHigh, final long idLow) {
        int from = 0;
        int to = highs.length - 1;
        while (from <= to) {
            final int middle = (from + to) >>> 1;
            final int upper = Long.compareUnsigned(highs[middle], idHigh);
            final int order = upper != 0 ? upper : Long.compareUnsigned(lows[middle], idLow);
            if (order == 0) {
                return plans.get(middle);
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return null;
    }
}
