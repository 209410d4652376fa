package io.tandem.routing.configuration;

import io.tandem.routing.model.IdTable;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.TransformScope;
import io.tandem.routing.transform.TransformPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All number transforms of a revision by what they belong to: kind and identifier, since identifiers are distinct within a
 * kind only. Look-ups allocate nothing.
 */
final class TransformTable {
    private final Map<TransformScope, IdTable<Map<TransformDirection, TransformPlan>>> tables =
            new EnumMap<>(TransformScope.class);

    private TransformTable(final List<NumberTransform> transforms) {
        for (final TransformScope scope : TransformScope.values()) {
            final TreeMap<ResourceId, Map<TransformDirection, List<NumberTransform>>> byId = new TreeMap<>();
            for (final NumberTransform transform : transforms) {
                if (transform.scope() == scope) {
                    byId.computeIfAbsent(transform.scopeId(), id -> new EnumMap<>(TransformDirection.class))
                            .computeIfAbsent(transform.direction(), direction -> new ArrayList<>())
                            .add(transform);
                }
            }
            tables.put(scope, IdTable.of(byId, TransformTable::compile));
        }
    }

    private static Map<TransformDirection, TransformPlan> compile(
            final Map<TransformDirection, List<NumberTransform>> byDirection) {
        final Map<TransformDirection, TransformPlan> compiled = new EnumMap<>(TransformDirection.class);
        byDirection.forEach((direction, own) -> compiled.put(direction, new TransformPlan(own)));
        return compiled;
    }

    /** All transforms of a configuration. */
    static TransformTable of(final Configuration configuration) {
        final List<NumberTransform> rules = new ArrayList<>();
        configuration.forEach(ResourceKind.NUMBER_TRANSFORMS, (idHigh, idLow, json) -> {
            final NumberTransform rule = ResourceReader.numberTransform(json);
            if (rule != null) {
                rules.add(rule);
            }
        });
        return new TransformTable(rules);
    }

    /** The rules of a scope for a direction, or null. */
    TransformPlan find(
            final TransformScope scope, final long idHigh, final long idLow, final TransformDirection direction) {
        final Map<TransformDirection, TransformPlan> found = tables.get(scope).find(idHigh, idLow);
        return found == null ? null : found.get(direction);
    }
}
