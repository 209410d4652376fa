package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest algorithm of RFC 8760, as it is spelled in {@code WWW-Authenticate}. */
public enum DigestAlgorithm {
    /** RFC 2617; what every phone knows. */
    MD5("MD5", "MD5", 32),
    /** RFC 8760. */
    SHA_256("SHA-256", "SHA-256", 64),
    /** RFC 8760: SHA-512 cut to 256 bits, with start values of its own (FIPS 180-4 section 5.3.6). */
    SHA_512_256("SHA-512-256", "SHA-512/256", 64);

    private final String token;
    private final String name;
    private final int hexLength;

    DigestAlgorithm(final String token, final String name, final int hexLength) {
        this.token = token;
        this.name = name;
        this.hexLength = hexLength;
    }

    /** As it stands in SIP headers. */
    public String token() {
        return token;
    }

    /** How many hexadecimal digits a hash has. */
    public int hexLength() {
        return hexLength;
    }

    /** The hash of {@code user:realm:password}, in hexadecimal: HA1 of RFC 7616 section 3.4.2. Allocates. */
    public String ha1(final String user, final String realm, final String password) {
        try {
            final byte[] secret = (user + ':' + realm + ':' + password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(secret));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest missing from this JDK: name=" + name, e);
        }
    }

    /** The algorithm of a {@link #token()}, or null. */
    public static DigestAlgorithm ofToken(final String token) {
        for (final DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equals(token)) {
                return algorithm;
            }
        }
        return null;
    }
}
