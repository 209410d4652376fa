package io.tandem.routing.model;

/** Finds what a resource refers to. */
@FunctionalInterface
public interface References {
    /** Takes every well-formed identifier on trust and knows no names: for what has been checked before. */
    References TRUSTING = (kind, text, account) -> ResourceId.parse(text, kind.prefix());

    /** What a reference by name begins with: {@code name:acme}. */
    String BY_NAME = "name:";

    /**
     * Finds one.
     *
     * @param text an identifier in any spelling, or a name behind {@link #BY_NAME}.
     * @param account whose names are looked at first; may be {@link ResourceId#NIL}.
     * @return null if there is no such resource.
     */
    ResourceId find(ResourceKind kind, String text, ResourceId account);
}
