package io.tandem.routing.model;

/** Names of entries of the secret store, such as {@code kv:vm:7:pin}: what {@code *_secret_ref} fields hold. */
public final class SecretName {
    /** Most characters. */
    public static final int LENGTH_MAX = 128;

    /** What a name looks like, as the rest of a sentence. */
    public static final String RULE =
            "a name of letters, digits, and . _ : - that begins with a letter or a digit, at most " + LENGTH_MAX
                    + " characters";

    private SecretName() {}

    /** Whether a text is one. A name can be the name of a file: it leads nowhere else, and hides nothing. */
    public static boolean isName(final String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i)) && "._:-".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(final char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
