package io.tandem.routing.policy;

/**
 * Which file tells the countries of source addresses. It stands in the journal, since other files may decide otherwise.
 *
 * @param sha256   of the file's bytes, 64 hexadecimal digits; empty for no file.
 * @param builtSec when the file was made, as it says itself, seconds since 1970 UTC; 0 for no file.
 */
public record CountriesVersion(String sha256, long builtSec) {
    /** No file, and so no country known. */
    public static final CountriesVersion NONE = new CountriesVersion("", 0);

    private static final int SHA256_DIGITS = 64;

    /** Throws IllegalArgumentException for what is no digest: it names a file. */
    public CountriesVersion {
        final boolean digest = sha256.length() == SHA256_DIGITS
                && sha256.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!digest && !sha256.isEmpty()) {
            throw new IllegalArgumentException(
                    "digest of a country file must have 64 hexadecimal digits: sha256=" + sha256);
        }
    }

    /** Whether there is no file. */
    public boolean isNone() {
        return sha256.isEmpty();
    }
}
