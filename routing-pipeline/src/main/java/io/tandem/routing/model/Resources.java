package io.tandem.routing.model;

/** All resources of one revision, to look at while one of them is checked. */
public interface Resources {
    /** The resource of an identifier, or null. */
    Resource find(ResourceKind kind, ResourceId id);

    /**
     * Resources of {@code kind}, not numbers, that refer to the {@code target} of {@code targetKind}, in an order that
     * does not change.
     */
    Iterable<Resource> referring(ResourceKind kind, ResourceKind targetKind, ResourceId target);

    /** How many resources of {@code kind}, numbers as well, refer to the {@code target} of {@code targetKind}. */
    default long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        long count = 0;
        for (final Resource referrer : referring(kind, targetKind, target)) {
            count += referrer == null ? 0 : 1;
        }
        return count;
    }
}
