package io.tandem.admin.view;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.Optional;

/**
 * A resource that two revisions have differently.
 *
 * @param before its JSON in the one, or nothing when it was not there.
 * @param after its JSON in the other.
 */
public record DifferenceView(ResourceKind kind, ResourceId id, Optional<String> before, Optional<String> after) {}
