package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;

/**
 * The place of a resource among those of its account, newest first; of those made in the same microsecond the greatest identifier
 * goes first.
 *
 * @param createdUs when it was made, microseconds since 1970 UTC; 0 if nobody knows.
 */
public record Creation(long createdUs, ResourceId id) implements Comparable<Creation> {
    /** No place is before this one. */
    public static final Creation FIRST = new Creation(Long.MAX_VALUE, new ResourceId(-1, -1));

    /** No place is behind this one. */
    static final Creation LAST = new Creation(Long.MIN_VALUE, ResourceId.NIL);

    /** Behind all that was made at a time, and before all that was made earlier. */
    public static Creation behindAllOf(final long createdUs) {
        return new Creation(createdUs, ResourceId.NIL);
    }

    @Override
    public int compareTo(final Creation other) {
        final int later = Long.compare(other.createdUs, createdUs);
        return later != 0 ? later : other.id.compareTo(id);
    }
}
