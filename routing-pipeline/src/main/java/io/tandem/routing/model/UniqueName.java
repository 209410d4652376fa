package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((kind.collection() + '\n' + field + '\n' + scope.ulid() + '\n' + name)
                            .getBytes(StandardCharsets.UTF_8));
            long high = 0;
            long low = 0;
            for (int i = 0; i < 8; i++) {
                high = high << 8 | (digest[i] & 0xff);
                low = low << 8 | (digest[8 + i] & 0xff);
            }
            return new ResourceId(high, low);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest missing from this JDK: name=SHA-256", e);
        }
    }
}
