package io.tandem.routing.number;

/**
 * Beginnings of international numbers. A beginning is a {@code long} of its digits and a length; both together fit into one
 * {@code long}, its {@link #key}, which tells 1 from 10. Nothing here allocates.
 */
public final class NumberPrefix {
    private static final long[] POWERS = new long[E164.DIGITS_MAX + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private NumberPrefix() {}

    /** Digits of a positive number; 0 for anything else. */
    public static int length(final long number) {
        int length = 0;
        while (length < POWERS.length - 1 && number >= POWERS[length]) {
            length++;
        }
        return length;
    }

    /**
     * The first digits of a number.
     *
     * @param numberLength {@link #length} of the number.
     * @param length how many of them; at most {@code numberLength}.
     */
    public static long head(final long number, final int numberLength, final int length) {
        return number / POWERS[numberLength - length];
    }

    /** A beginning as one number: its digits times 16 plus their count. 0 is the empty one, with which every number begins. */
    public static long key(final long digits, final int length) {
        return digits << 4 | length;
    }

    /** The key of a text of 0 to 15 digits. */
    public static long key(final String digits) {
        return digits.isEmpty() ? 0 : key(Long.parseLong(digits), digits.length());
    }

    /** Whether a number begins with what a key stands for. */
    public static boolean begins(final long number, final long key) {
        final int length = (int) key & 15;
        final int numberLength = length(number);
        return numberLength >= length && head(number, numberLength, length) == key >>> 4;
    }

    static int digit(final long number, final int numberLength, final int index) {
        return (int) (number / POWERS[numberLength - 1 - index] % 10);
    }
}
