package io.tandem.routing.model;

/**
 * Something that only one resource of a kind may have.
 *
 * @param field the field that gives it, such as {@code username}; names of different fields never clash.
 * @param scope the account within which it is unique, or {@link ResourceId#NIL} for the whole platform.
 */
public record UniqueName(ResourceKind kind, String field, ResourceId scope, String name) {
    /** The usual one: {@code name} within an account. */
    public static UniqueName within(final ResourceKind kind, final ResourceId account, final String name) {
        return new UniqueName(kind, "name", account, name);
    }

    /** The 128 bits under which it is found. */
    public ResourceId key() {
        return ResourceId.digest(kind.collection() + '\n' + field + '\n' + scope.ulid() + '\n' + name);
    }
}
