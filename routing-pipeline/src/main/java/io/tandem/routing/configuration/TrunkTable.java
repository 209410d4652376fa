package io.tandem.routing.configuration;

import io.tandem.routing.model.IdTable;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Trunk;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All trunks of a revision by identifier. Immutable; look-ups allocate nothing. */
final class TrunkTable {
    private final IdTable<TrunkPlan> table;

    private TrunkTable(final SortedMap<ResourceId, TrunkPlan> byId) {
        table = IdTable.of(byId, Function.identity());
    }

    /** All trunks of a configuration. */
    static TrunkTable of(final Configuration configuration) {
        final TreeMap<ResourceId, TrunkPlan> byId = new TreeMap<>();
        configuration.forEach(
                ResourceKind.TRUNKS, (idHigh, idLow, json) -> put(byId, new ResourceId(idHigh, idLow), json));
        return new TrunkTable(byId);
    }

    /** The same with the trunks among some edits as they are now. */
    TrunkTable with(final List<ResourceEdit> edits) {
        final TreeMap<ResourceId, TrunkPlan> byId = new TreeMap<>();
        for (final TrunkPlan plan : plans()) {
            byId.put(plan.trunk().id(), plan);
        }
        for (final ResourceEdit edit : edits) {
            if (edit.kind() == ResourceKind.TRUNKS) {
                byId.remove(edit.id());
                put(byId, edit.id(), edit.json());
            }
        }
        return new TrunkTable(byId);
    }

    private static void put(final SortedMap<ResourceId, TrunkPlan> byId, final ResourceId id, final byte[] json) {
        final Trunk trunk = json == null ? null : ResourceReader.trunk(json);
        if (trunk != null) {
            byId.put(id, new TrunkPlan(trunk));
        }
    }

    /** All of them, ascending. */
    List<TrunkPlan> plans() {
        return table.plans();
    }

    TrunkPlan find(final long idHigh, final long idLow) {
        return table.find(idHigh, idLow);
    }
}
