package io.tandem.routing.number;

import java.util.Arrays;

/**
 * Emergency numbers of one country, as they are dialled, without any prefix. Immutable; a look-up allocates nothing.
 *
 * <p>Beside those that the country publishes, {@code 112} and {@code 911} are emergency numbers everywhere (ITU-T E.161.1
 * names them as the two that others may stand in for): a traveller, or a phone set up for another country, dials them, and a
 * wrong guess costs less than a missed call.
 */
final class EmergencyNumbers {
    private static final int[] FALLBACK = {key("112"), key("911")};
    private static final int DIGITS_MAX = 6;

    /** What a country that is not known has. */
    static final EmergencyNumbers EVERYWHERE = new EmergencyNumbers("");

    /** Each with a 1 before its digits, so that zeros in front count. */
    private final int[] numbers;

    private final long[] published;

    /** Lists what an expression of the published plans matches; such lists are short. */
    EmergencyNumbers(final String expression) {
        final int[] found = new int[1024];
        final int count = expression.isEmpty() ? 0 : list(new Viability(expression), "", found, 0);
        published = Arrays.stream(found, 0, count)
                .mapToLong(EmergencyNumbers::withoutMark)
                .filter(number -> number != 0)
                .sorted()
                .distinct()
                .toArray();
        final int[] all = Arrays.copyOf(found, count + FALLBACK.length);
        System.arraycopy(FALLBACK, 0, all, count, FALLBACK.length);
        numbers = Arrays.stream(all).sorted().distinct().toArray();
    }

    /** Whether exactly this was dialled. */
    boolean contains(final CharSequence digits) {
        final int length = digits.length();
        if (length > DIGITS_MAX) {
            return false;
        }
        int number = 1;
        for (int i = 0; i < length; i++) {
            final char c = digits.charAt(i);
            if (!E164.isDigit(c)) {
                return false;
            }
            number = number * 10 + (c - '0');
        }
        return Arrays.binarySearch(numbers, number) >= 0;
    }

    int[] numbers() {
        return numbers.clone();
    }

    /** Those that the country publishes itself, without the 1 in front, ascending; one that begins with 0 is left out. */
    long[] published() {
        return published;
    }

    private static long withoutMark(final int key) {
        int power = 1;
        while (key / power >= 10) {
            power *= 10;
        }
        final int digits = key - power;
        return digits * 10L >= power ? digits : 0;
    }

    private static int key(final String digits) {
        return Integer.parseInt('1' + digits);
    }

    private static int list(final Viability numbers, final String digits, final int[] found, final int count) {
        int next = count;
        if (!digits.isEmpty() && numbers.matches(digits)) {
            found[next++] = key(digits);
        }
        if (digits.length() < DIGITS_MAX) {
            for (char digit = '0'; digit <= '9'; digit++) {
                final String longer = digits + digit;
                if (numbers.mayBegin(longer)) {
                    next = list(numbers, longer, found, next);
                }
            }
        }
        return next;
    }
}
