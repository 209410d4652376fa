package io.tandem.routing.number;

/**
 * International numbers (ITU-T E.164) as a {@code long} of their digits: {@code +1 (202) 555-0123} is
 * {@code 12025550123}. They never begin with zero, so the digits alone say everything.
 */
public final class E164 {
    /** What stands for "not a number". */
    public static final long NONE = -1;

    /** ITU-T E.164 section 6.2.1. */
    public static final int DIGITS_MAX = 15;

    /** Shorter ones (service codes) do not exist in the international plan. */
    public static final int DIGITS_MIN = 3;

    private E164() {}

    /**
     * Reads a number with or without {@code +}, with or without spaces, dots, dashes and brackets.
     *
     * @return the digits, or {@link #NONE} if there is anything else, a leading zero, or a wrong count of digits.
     */
    public static long parse(final CharSequence text) {
        long number = 0;
        int digits = 0;
        boolean plus = false;
        for (int i = 0, length = text.length(); i < length; i++) {
            final char c = text.charAt(i);
            if (isDigit(c)) {
                if (digits == DIGITS_MAX || (digits == 0 && c == '0')) {
                    return NONE;
                }
                number = number * 10 + (c - '0');
                digits++;
            } else if (c == '+' && !plus && digits == 0) {
                plus = true;
            } else if (!isSeparator(c)) {
                return NONE;
            }
        }
        return digits < DIGITS_MIN ? NONE : number;
    }

    static boolean isDigit(final int c) {
        return c >= '0' && c <= '9';
    }

    /** RFC 3966 visual separators, and the space that people type. */
    static boolean isSeparator(final int c) {
        return c == '-' || c == '.' || c == '(' || c == ')' || c == ' ';
    }
}
