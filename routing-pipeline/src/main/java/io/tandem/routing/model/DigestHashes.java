package io.tandem.routing.model;

/**
 * What a device proves that it knows, one HA1 for each algorithm and spelling of its user name; empty where there is none. With
 * them a password can be checked, and not be known.
 *
 * @param ha1 MD5 of {@code user:realm:password}.
 * @param ha1b MD5 of {@code user@realm:realm:password}, for phones that send the realm with their name.
 * @param ha1Sha256 the same as {@code ha1} by SHA-256.
 * @param ha1bSha256 the same as {@code ha1b} by SHA-256.
 * @param ha1Sha512 the same as {@code ha1} by SHA-512/256.
 * @param ha1bSha512 the same as {@code ha1b} by SHA-512/256.
 */
public record DigestHashes(
        String ha1, String ha1b, String ha1Sha256, String ha1bSha256, String ha1Sha512, String ha1bSha512) {

    private static final int PASSWORD_MAX = 128;

    /**
     * Reads the hashes, or derives all of them from {@code password}, which goes nowhere else. A password overrules hashes
     * beside it, so that what was read can be written back with a new one.
     */
    static DigestHashes read(final Fields fields, final String user, final String realm) {
        final String password = fields.secret("password");
        final DigestHashes given = new DigestHashes(
                hash(fields, "ha1", DigestAlgorithm.MD5),
                hash(fields, "ha1b", DigestAlgorithm.MD5),
                hash(fields, "ha1_sha256", DigestAlgorithm.SHA_256),
                hash(fields, "ha1b_sha256", DigestAlgorithm.SHA_256),
                hash(fields, "ha1_sha512_256", DigestAlgorithm.SHA_512_256),
                hash(fields, "ha1b_sha512_256", DigestAlgorithm.SHA_512_256));
        if (password.isEmpty()) {
            if (given.ha1.isEmpty() && fields.isBlank("ha1")) {
                fields.refuse("ha1", "is required unless a password is given", "give password, or ha1 and ha1b");
            }
            return given;
        }
        if (password.length() > PASSWORD_MAX) {
            fields.refuse("password", "must have at most " + PASSWORD_MAX + " characters", "shorten it");
        }
        return derived(user, realm, password);
    }

    /** All hashes of a password. */
    public static DigestHashes derived(final String user, final String realm, final String password) {
        final String full = user + '@' + realm;
        return new DigestHashes(
                DigestAlgorithm.MD5.ha1(user, realm, password),
                DigestAlgorithm.MD5.ha1(full, realm, password),
                DigestAlgorithm.SHA_256.ha1(user, realm, password),
                DigestAlgorithm.SHA_256.ha1(full, realm, password),
                DigestAlgorithm.SHA_512_256.ha1(user, realm, password),
                DigestAlgorithm.SHA_512_256.ha1(full, realm, password));
    }

    /**
     * The hash to check an answer with; empty if there is none.
     *
     * @param full whether the phone gave its user name with the realm behind {@code @}.
     */
    public String of(final DigestAlgorithm algorithm, final boolean full) {
        return switch (algorithm) {
            case MD5 -> full ? ha1b : ha1;
            case SHA_256 -> full ? ha1bSha256 : ha1Sha256;
            case SHA_512_256 -> full ? ha1bSha512 : ha1Sha512;
        };
    }

    void write(final CanonicalJson json) {
        json.text("ha1", ha1);
        json.text("ha1b", ha1b);
        json.text("ha1_sha256", ha1Sha256);
        json.text("ha1b_sha256", ha1bSha256);
        json.text("ha1_sha512_256", ha1Sha512);
        json.text("ha1b_sha512_256", ha1bSha512);
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return "DigestHashes";
    }

    private static String hash(final Fields fields, final String field, final DigestAlgorithm algorithm) {
        final String text = fields.secret(field);
        if (text.isEmpty()) {
            return "";
        }
        boolean right = text.length() == algorithm.hexLength();
        for (int i = 0; right && i < text.length(); i++) {
            final char c = text.charAt(i);
            right = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!right) {
            fields.refuse(
                    field,
                    "must be " + algorithm.hexLength() + " hexadecimal digits in small letters",
                    "give the " + algorithm.token() + " hash of user, realm and password, or the password");
            return "";
        }
        return text;
    }
}
