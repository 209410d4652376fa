package io.tandem.admin.http.key;

import io.tandem.routing.model.ResourceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Secrets of keys: 256 random bits as 52 characters, two ULIDs long, behind a prefix that only says who is meant to
 * read it. The hash is made of what stands behind the prefix, so one stored key opens all dialects, written as {@code
 * sk_...} or as {@code do_live_...}.
 */
public final class Secret {
    /** What native clients write. */
    public static final String NATIVE_PREFIX = "sk_";

    /** What do.dev clients write. */
    public static final String PBX_PREFIX = "do_live_";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** A new one. */
    public static String create() {
        return NATIVE_PREFIX + half() + half();
    }

    /** SHA-256 of what stands behind the prefix, 64 hexadecimal digits. */
    public static String hash(final String presented) {
        return HexFormat.of().formatHex(digest(bare(presented)));
    }

    /** Whether two secrets are the same; takes the same time wherever they differ. */
    static boolean same(final String one, final String other) {
        return MessageDigest.isEqual(digest(bare(one)), digest(bare(other)));
    }

    private static String bare(final String presented) {
        if (presented.startsWith(NATIVE_PREFIX)) {
            return presented.substring(NATIVE_PREFIX.length());
        }
        return presented.startsWith(PBX_PREFIX) ? presented.substring(PBX_PREFIX.length()) : presented;
    }

    private static String half() {
        return new ResourceId(RANDOM.nextLong(), RANDOM.nextLong()).ulid();
    }

    private static byte[] digest(final String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest missing from this JDK: name=SHA-256", e);
        }
    }
}
