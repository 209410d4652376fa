package io.tandem.routing.configuration;

import java.util.List;

/** All trunks of a revision by identifier. Immutable; look-ups allocate nothing. */
final class TrunkTable {
    private final TrunkPlan[] plans;

    /** Takes trunks in ascending order of their identifiers, as {@link Configuration#forEach} gives them. */
    TrunkTable(final List<TrunkPlan> ascending) {
        plans = ascending.toArray(new TrunkPlan[0]);
    }

    TrunkPlan find(final long idHigh, final long idLow) {
        int from = 0;
        int to = plans.length - 1;
        while (from <= to) {
            final int middle = (from + to) >>> 1;
            final TrunkPlan plan = plans[middle];
            final int upper = Long.compareUnsigned(plan.idHigh(), idHigh);
            final int order = upper != 0 ? upper : Long.compareUnsigned(plan.idLow(), idLow);
            if (order == 0) {
                return plan;
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
