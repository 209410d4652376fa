package io.tandem.routing.target;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.RouteTarget;
import io.tandem.routing.model.TargetKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A route target as plans hold it. Immutable.
 *
 * @param feature the code of a feature with its digits; empty for other kinds.
 * @param sipCode what a hangup answers, 0 for the usual.
 * @param variables of {@code dest_xform}, in the order in which they were written, as text; they belong to this hop only.
 */
public record TargetRef(
        TargetKind kind, long idHigh, long idLow, String feature, int sipCode, Map<String, String> variables) {

    /** Nowhere. */
    public static final TargetRef NONE = of(TargetKind.NONE, 0, 0);

    /** A target without variables. */
    public static TargetRef of(final TargetKind kind, final long idHigh, final long idLow) {
        return new TargetRef(kind, idHigh, idLow, "", 0, Map.of());
    }

    /** The same. */
    public static TargetRef of(final TargetKind kind, final ResourceId id) {
        return of(kind, id.high(), id.low());
    }

    /** Compiles one that was read. */
    public static TargetRef of(final RouteTarget target) {
        if (target.kind() == TargetKind.NONE) {
            return NONE;
        }
        return new TargetRef(
                target.kind(),
                target.id().high(),
                target.id().low(),
                target.feature(),
                target.sipCode(),
                variables(target));
    }

    /** Whether it leads anywhere. */
    public boolean given() {
        return kind != TargetKind.NONE;
    }

    private static Map<String, String> variables(final RouteTarget target) {
        if (target.xform() == null) {
            return Map.of();
        }
        final Map<String, String> variables = new LinkedHashMap<>();
        target.xform()
                .forEachEntry((name, value) ->
                        variables.put(name, value.isString() ? value.stringValue() : value.toString()));
        return Collections.unmodifiableMap(variables);
    }
}
