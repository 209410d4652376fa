package io.tandem.admin.http.resource;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7396): what is null goes, objects are merged, everything else takes the old value's place. */
final class MergePatch {
    private MergePatch() {}

    /** Changes {@code target}. */
    static void apply(final ObjectNode target, final ObjectNode patch) {
        for (final String name : List.copyOf(patch.propertyNames())) {
            final JsonNode value = patch.get(name);
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode object) {
                final ObjectNode inner = target.get(name) instanceof ObjectNode old ? old : target.putObject(name);
                apply(inner, object);
            } else {
                target.set(name, value);
            }
        }
    }
}
