package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.StoredResource;
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

    /**
     * Keeps the stored ones, unless the change brings any of its own, or changes what a device's hashes are made of:
     * then a new password has to come with it.
     */
    static void keep(final ObjectNode change, final StoredResource was) {
        final ObjectNode stored = Json.stored(was.resource().json());
        for (final String name : change.propertyNames()) {
            if (isHidden(name)) {
                return;
            }
        }
        if (was.kind() == ResourceKind.DEVICES
                && (differs(change, stored, "auth_username") || differs(change, stored, "realm"))) {
            return;
        }
        for (final String name : stored.propertyNames()) {
            if (isHidden(name)) {
                change.set(name, stored.get(name));
            }
        }
    }

    private static boolean differs(final ObjectNode change, final ObjectNode stored, final String field) {
        return isGiven(change.get(field)) && !change.get(field).equals(stored.get(field));
    }

    /** Whether a value is there. */
    static boolean isGiven(final JsonNode value) {
        return value != null && !value.isNull();
    }
}
