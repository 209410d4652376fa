package io.tandem.routing.configuration;

import java.util.List;

/** All trunks of a revision by identifier. Immutable; look-ups allocate nothing. */
final class TrunkTable {
    private final long[] idHighs;
    private final long[] idLows;
    private final TrunkPlan[] plans;

    /** Takes trunks in ascending order of their identifiers, as {@link Configuration#forEach} gives them. */
    TrunkTable(final List<TrunkPlan> ascending) {
        plans = ascending.toArray(new TrunkPlan[0]);
        idHighs = ascending.stream().mapToLong(TrunkPlan::idHigh).toArray();
        idLows = ascending.stream().mapToLong(TrunkPlan::idLow).toArray();
    }

    TrunkPlan find(final long idHigh, final long idLow) {
        final int found = IdSearch.find(idHighs, idLows, 0, plans.length, idHigh, idLow);
        return found < 0 ? null : plans[found];
    }
}
