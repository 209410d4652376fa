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
        this.plans = List.copyOf(plans);
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

    /** All of them, in ascending order of the identifiers. */
    public List<P> plans() {
        return plans;
    }

    /** The plan of an identifier, or null. */
    public P find(final long idHigh, final long idLow) {
        final int found = IdSearch.find(highs, lows, 0, highs.length, idHigh, idLow);
        return found < 0 ? null : plans.get(found);
    }
}
