package io.tandem.routing.model;

/** All resources of one revision, to look at while one of them is checked. */
public interface Resources {
    /** The resource of an identifier, or null. */
    Resource find(ResourceKind kind, ResourceId id);

    /** Resources of {@code kind}, not numbers, that refer to {@code target}, in an order that does not change. */
    Iterable<Resource> referring(ResourceKind kind, ResourceId target);
}
