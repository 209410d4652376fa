package io.tandem.routing.change;

import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;

/**
 * A resource with what is known about its storing.
 *
 * @param createdUs when it was made, microseconds since 1970 UTC; 0 if nobody knows.
 * @param updatedUs when it was last changed, microseconds since 1970 UTC; 0 if nobody knows.
 * @param tag changes whenever the resource does: 16 hexadecimal digits.
 */
public record StoredResource(ResourceKind kind, Resource resource, long createdUs, long updatedUs, String tag) {}
