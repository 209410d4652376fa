package io.tandem.routing.number;

import java.util.Arrays;
import java.util.Locale;

/**
 * Countries by their two-letter codes (ISO 3166-1 alpha-2) as an {@code int}: the first letter times 256 plus the second, so
 * that order by number is order by letters.
 */
public final class Country {
    /** No country, or one that is not known: networks that belong to none, such as +800 and +883. */
    public static final int NONE = 0;

    private static final int LETTERS = 26;

    /** Places that {@link #index} tells apart. */
    static final int INDEXES = 1 + LETTERS * LETTERS;

    /** Codes in use beside the standard's: Kosovo, and two islands with numbering plans of their own. */
    private static final String[] RESERVED = {"AC", "TA", "XK"};

    private static final int[] KNOWN = known();

    private Country() {}

    /** The country of two letters in either case, or {@link #NONE} if there is none with them. Allocates nothing. */
    public static int parse(final CharSequence text) {
        if (text.length() != 2) {
            return NONE;
        }
        final int country = upper(text.charAt(0)) << 8 | upper(text.charAt(1));
        return Arrays.binarySearch(KNOWN, country) >= 0 ? country : NONE;
    }

    /** Its two letters, or an empty text for {@link #NONE}. */
    public static String text(final int country) {
        return country == NONE ? "" : String.valueOf(new char[] {(char) (country >>> 8), (char) (country & 0xff)});
    }

    /** A place for it in tables by country, below {@link #INDEXES}; 0 for {@link #NONE}. */
    static int index(final int country) {
        return country == NONE ? 0 : 1 + ((country >>> 8) - 'A') * LETTERS + ((country & 0xff) - 'A');
    }

    private static int upper(final char c) {
        return c >= 'a' && c <= 'z' ? c - 32 : c >= 'A' && c <= 'Z' ? c : 0;
    }

    private static int[] known() {
        final String[] standard = Locale.getISOCountries();
        final String[] all = Arrays.copyOf(standard, standard.length + RESERVED.length);
        System.arraycopy(RESERVED, 0, all, standard.length, RESERVED.length);
        return Arrays.stream(all)
                .mapToInt(code -> code.charAt(0) << 8 | code.charAt(1))
                .sorted()
                .distinct()
                .toArray();
    }
}
