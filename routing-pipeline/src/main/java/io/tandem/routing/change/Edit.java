package io.tandem.routing.change;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody wants done with one resource.
 *
 * @param id which one; null for a new one, whose fields may carry an {@code id}.
 * @param fields the whole resource as it shall be, in the native spelling; null to delete it.
 * @param expectedTag {@link StoredResource#tag()} that it must still have, or empty for any.
 * @param mustBeNew whether it is refused when there is one of that identifier already.
 */
public record Edit(
        ResourceKind kind, ResourceId id, ObjectNode fields, String expectedTag, boolean mustBeNew) {

    /** A new resource. */
    public static Edit create(final ResourceKind kind, final ObjectNode fields) {
        return new Edit(kind, null, fields, "", true);
    }

    /** A resource as it shall be from now on, there before or not. */
    public static Edit put(final ResourceKind kind, final ResourceId id, final ObjectNode fields, final String tag) {
        return new Edit(kind, id, fields, tag, false);
    }

    /** A resource that shall go. */
    public static Edit delete(final ResourceKind kind, final ResourceId id, final String tag) {
        return new Edit(kind, id, null, tag, false);
    }
}
