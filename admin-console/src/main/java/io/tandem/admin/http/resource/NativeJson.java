package io.tandem.admin.http.resource;

import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.change.StoredResource;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource as the native dialect shows it: its stored fields without hidden ones, then when it was made and changed.
 */
public final class NativeJson {
    static final String CREATED = "created_at";
    static final String UPDATED = "updated_at";

    private static final long US_PER_SEC = 1_000_000;

    private NativeJson() {}

    /** The object; {@code created_at} and {@code updated_at}, epoch seconds, are left out when nobody knows them. */
    public static ObjectNode of(final StoredResource stored) {
        final ObjectNode json = HiddenFields.shown(stored.resource().json());
        put(json, CREATED, stored.createdUs());
        put(json, UPDATED, stored.updatedUs());
        return json;
    }

    private static void put(final ObjectNode json, final String field, final long us) {
        if (us > 0) {
            json.put(field, us / US_PER_SEC);
        }
    }

    /** The tag as a header carries it. */
    public static String etag(final StoredResource stored) {
        return '"' + stored.tag() + '"';
    }
}
