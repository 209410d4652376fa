package io.tandem.routing.model;

/** All resources of one revision, to look at while one of them is checked. */
public interface Resources {
    /** The resource of an identifier, or null. */
    Resource find(ResourceKind kind, ResourceId id);

    /** How many resources of {@code kind} refer to {@code target}. */
    long referrers(ResourceKind kind, ResourceId target);
}
