package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Trunk;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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

    /** All trunks of a configuration. */
    static TrunkTable of(final Configuration configuration) {
        final List<TrunkPlan> all = new ArrayList<>();
        configuration.forEach(ResourceKind.TRUNKS, (idHigh, idLow, json) -> {
            final Trunk trunk = ResourceReader.trunk(json);
            if (trunk != null) {
                all.add(new TrunkPlan(trunk));
            }
        });
        return new TrunkTable(all);
    }

    /** The same with the trunks among some edits as they are now. */
    TrunkTable with(final List<ResourceEdit> edits) {
        final TreeMap<ResourceId, TrunkPlan> byId = new TreeMap<>();
        for (final TrunkPlan plan : plans) {
            byId.put(plan.trunk().id(), plan);
        }
        for (final ResourceEdit edit : edits) {
            if (edit.kind() == ResourceKind.TRUNKS) {
                final Trunk trunk = edit.json() == null ? null : ResourceReader.trunk(edit.json());
                if (trunk == null) {
                    byId.remove(edit.id());
                } else {
                    byId.put(edit.id(), new TrunkPlan(trunk));
                }
            }
        }
        return new TrunkTable(List.copyOf(byId.values()));
    }

    /** All of them, ascending. */
    List<TrunkPlan> plans() {
        return List.of(plans);
    }

    TrunkPlan find(final long idHigh, final long idLow) {
        final int found = IdSearch.find(idHighs, idLows, 0, plans.length, idHigh, idLow);
        return found < 0 ? null : plans[found];
    }
}
