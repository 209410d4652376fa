package io.tandem.admin.http.resource;

import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that can be written and are never shown: hashes of secrets. Left out of a change, they stay as they are. */
public final class Hidden {
    private Hidden() {}

    /** Whether a field is one. */
    public static boolean isHidden(final String field) {
        return field.equals("hash") || field.equals("password") || field.startsWith("ha1");
    }

    /** Takes them out of what is about to be shown. */
    static void removeFrom(final ObjectNode resource) {
        final List<String> hidden = new ArrayList<>();
        for (final String name : resource.propertyNames()) {
            if (isHidden(name)) {
                hidden.add(name);
            }
        }
        hidden.forEach(resource::remove);
    }

    /** Keeps the stored ones, unless the change brings any of its own. */
    static void keep(final ObjectNode change, final ObjectNode stored) {
        for (final String name : change.propertyNames()) {
            if (isHidden(name)) {
                return;
            }
        }
        for (final String name : stored.propertyNames()) {
            if (isHidden(name)) {
                change.set(name, stored.get(name));
            }
        }
    }

    /** The names of a kind's hidden fields. */
    static List<String> of(final ResourceKind kind) {
        return kind.fields().stream()
                .map(rule -> rule.name())
                .filter(Hidden::isHidden)
                .toList();
    }

    /** Whether a value is there. */
    static boolean isGiven(final JsonNode value) {
        return value != null && !value.isNull();
    }
}
