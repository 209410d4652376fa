package io.tandem.routing.configuration;

import io.tandem.routing.model.Problems;
import io.tandem.routing.model.ResourceKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How an import ended.
 *
 * @param lines lines read, empty ones included.
 * @param counts resources of each kind.
 * @param problems why it was refused; empty if it was taken.
 * @param warnings what was taken but has no effect yet.
 */
public record ImportResult(long lines, Map<ResourceKind, Long> counts, Problems problems, Problems warnings) {
    /** Copies the counts. */
    public ImportResult {
        final Map<ResourceKind, Long> copy = new EnumMap<>(ResourceKind.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    /** Whether the whole of it was taken; otherwise nothing was. */
    public boolean accepted() {
        return problems.isEmpty();
    }

    /** Resources of a kind. */
    public long count(final ResourceKind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}
