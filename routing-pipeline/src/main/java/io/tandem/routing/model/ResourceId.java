package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A 128-bit identifier with three spellings: {@code did_01j9...} (prefix and lower-case Crockford ULID), the bare ULID,
 * and the UUID text of the same bits. Compared as an unsigned number. {@link #NIL} means "none".
 *
 * <p>Off the core's path only; there an identifier is two longs.
 */
public record ResourceId(long high, long low) implements Comparable<ResourceId> {
    /** All bits zero: no resource. */
    public static final ResourceId NIL = new ResourceId(0, 0);

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ULID_LENGTH = 26;
    private static final int UUID_LENGTH = 36;

    /**
     * Reads any of the three spellings, in any case.
     *
     * @param prefix what a prefixed spelling must begin with, such as {@code did_}; empty to take any prefix.
     * @return null if it is none of them, or carries another prefix.
     */
    public static ResourceId parse(final String text, final String prefix) {
        if (text.length() == UUID_LENGTH && text.charAt(8) == '-') {
            return parseUuid(text);
        }
        final int underscore = text.lastIndexOf('_');
        if (underscore >= 0 && !prefix.isEmpty() && !text.regionMatches(true, 0, prefix, 0, underscore + 1)) {
            return null;
        }
        return parseUlid(text, underscore + 1);
    }

    /**
     * The identifier of something that was given none: a hash of what names it, so that the same thing always gets the
     * same one.
     */
    public static ResourceId derived(final ResourceKind kind, final String naturalKey) {
        return digest(kind.collection() + '\n' + naturalKey);
    }

    /** The first 128 bits of a text's SHA-256. */
    static ResourceId digest(final String text) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
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

    /** Whether it stands for no resource. */
    public boolean isNil() {
        return (high | low) == 0;
    }

    /** The 26 characters of the ULID, lower case. */
    public String ulid() {
        final char[] text = new char[ULID_LENGTH];
        long upper = high;
        long lower = low;
        for (int i = ULID_LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (lower & 31));
            lower = lower >>> 5 | upper << 59;
            upper >>>= 5;
        }
        return new String(text);
    }

    /** The ULID behind a prefix. */
    public String prefixed(final String prefix) {
        return prefix + ulid();
    }

    /** The ULID behind the prefix of its kind. */
    public String prefixed(final ResourceKind kind) {
        return prefixed(kind.prefix());
    }

    /** The same bits as UUID text. */
    public String uuid() {
        final String hex = HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    @Override
    public int compareTo(final ResourceId other) {
        final int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    /** The bare ULID. */
    @Override
    public String toString() {
        return ulid();
    }

    private static ResourceId parseUlid(final String text, final int start) {
        if (text.length() - start != ULID_LENGTH || digit(text.charAt(start)) > 7) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = start; i < text.length(); i++) {
            final int digit = digit(text.charAt(i));
            if (digit < 0) {
                return null;
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | digit;
        }
        return new ResourceId(high, low);
    }

    private static int digit(final char c) {
        final char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        return switch (lower) {
            case 'i', 'l' -> 1;
            case 'o' -> 0;
            default -> ALPHABET.indexOf(lower);
        };
    }

    private static ResourceId parseUuid(final String text) {
        final String hex = text.replace("-", "");
        if (hex.length() != 32 || text.charAt(13) != '-' || text.charAt(18) != '-' || text.charAt(23) != '-') {
            return null;
        }
        for (int i = 0; i < hex.length(); i++) {
            if (!HexFormat.isHexDigit(hex.charAt(i))) {
                return null;
            }
        }
        return new ResourceId(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }
}
