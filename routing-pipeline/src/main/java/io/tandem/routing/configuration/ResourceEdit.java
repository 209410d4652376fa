package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;

/**
 * One resource as a change leaves it.
 *
 * @param json canonical, checked; null when it is gone. Not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ResourceEdit(ResourceKind kind, ResourceId id, byte[] json) {}
