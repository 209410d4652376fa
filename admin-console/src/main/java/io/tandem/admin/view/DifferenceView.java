package io.tandem.admin.view;

import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource that two revisions have differently, as it may be shown.
 *
 * @param before its fields in the one, or nothing when it was not there.
 * @param after its fields in the other.
 */
public record DifferenceView(
        ResourceKind kind, ResourceId id, Optional<ObjectNode> before, Optional<ObjectNode> after) {
    /** Of a resource as it was stored, or null where it was not there; secrets and their hashes are left out. */
    public static DifferenceView of(
            final ResourceKind kind, final ResourceId id, final byte[] before, final byte[] after) {
        return new DifferenceView(
                kind,
                id,
                Optional.ofNullable(before).map(HiddenFields::shown),
                Optional.ofNullable(after).map(HiddenFields::shown));
    }
}
