package io.tandem.routing.change;

import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields that can be written and are never shown: secrets and hashes of them. Left out of a change, they stay as they
 * are. Only an export to a file that none but its owner can read has them, since without them it could not be imported.
 */
public final class HiddenFields {
    private HiddenFields() {}

    /** Whether a field is one. */
    public static boolean isHidden(final String field) {
        return field.equals("hash") || field.equals("password") || field.startsWith("ha1");
    }

    /** Takes them out of what is about to be shown. */
    public static void removeFrom(final ObjectNode resource) {
        final List<String> hidden = new ArrayList<>();
        for (final String name : resource.propertyNames()) {
            if (isHidden(name)) {
                hidden.add(name);
            }
        }
        hidden.forEach(resource::remove);
    }

    /** What may be shown of a stored resource. */
    public static ObjectNode shown(final byte[] json) {
        final ObjectNode resource = ResourceReader.object(json, 0, json.length);
        removeFrom(resource);
        return resource;
    }

    /**
     * Keeps the stored ones, unless the change brings any of its own, or changes what a device's hashes are made of:
     * then a new password has to come with it.
     *
     * @param change the fields as they shall be; receives what is kept.
     */
    public static void keep(final ResourceKind kind, final ObjectNode change, final Resource was) {
        if (kind != ResourceKind.DEVICES && kind != ResourceKind.API_KEYS) {
            return;
        }
        for (final String name : change.propertyNames()) {
            if (isHidden(name)) {
                return;
            }
        }
        final byte[] json = was.json();
        final ObjectNode stored = ResourceReader.object(json, 0, json.length);
        if (kind == ResourceKind.DEVICES
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
        final JsonNode given = change.get(field);
        return given != null && !given.isNull() && !given.equals(stored.get(field));
    }
}
