package io.tandem.routing.model;

import io.tandem.routing.number.E164;
import io.tandem.routing.number.NumberPrefix;
import java.util.List;

/**
 * The numbers that one configured number stands for: a single one, all that begin with some digits, or a range. Written
 * {@code 12025550123}, {@code 1202555*} and {@code 12025550100..12025550199}.
 *
 * @param first the number, the digits that all begin with, or the first of the range.
 * @param last the last of the range, which has as many digits; otherwise the same as {@code first}.
 */
public record NumberPattern(Form form, long first, long last) {
    /** What stands for "not a pattern". */
    public static final NumberPattern NONE = new NumberPattern(Form.SINGLE, E164.NONE, E164.NONE);

    private static final String ANY_MORE = "*";
    private static final String UP_TO = "..";
    private static final long PREFIX_KEYS = 1L << 62;
    private static final long RANGE_KEYS = 1L << 61;
    private static final String MEND = "write it like 12025550123, 1202555* or 12025550100..12025550199";

    /** How the numbers are given. */
    public enum Form {
        /** One number. */
        SINGLE,
        /** All numbers that begin so. */
        PREFIX,
        /** All numbers between two, both among them. */
        RANGE
    }

    /** One number. */
    public static NumberPattern single(final long e164) {
        return new NumberPattern(Form.SINGLE, e164, e164);
    }

    /** All numbers that begin with some digits. */
    public static NumberPattern prefix(final long digits) {
        return new NumberPattern(Form.PREFIX, digits, digits);
    }

    /** All numbers from one to another of as many digits. */
    public static NumberPattern range(final long first, final long last) {
        return new NumberPattern(Form.RANGE, first, last);
    }

    /** Reads any of the three, numbers in any usual spelling; {@link #NONE} for anything else. */
    public static NumberPattern parse(final String text) {
        final int between = text.indexOf(UP_TO);
        if (between >= 0) {
            final long first = E164.parse(text.substring(0, between));
            final long last = E164.parse(text.substring(between + UP_TO.length()));
            return first != E164.NONE && first < last && NumberPrefix.length(first) == NumberPrefix.length(last)
                    ? range(first, last)
                    : NONE;
        }
        if (text.endsWith(ANY_MORE)) {
            final String digits = DigitPrefix.digits(text.substring(0, text.length() - ANY_MORE.length()));
            return digits == null ? NONE : prefix(Long.parseLong(digits));
        }
        final long e164 = E164.parse(text);
        return e164 == E164.NONE ? NONE : single(e164);
    }

    /** Reads a field that must be given, and reports what is wrong with it. */
    static NumberPattern read(final Fields fields, final String field) {
        fields.note(field, FieldType.NUMBERS, false, null, List.of(), 3, E164.DIGITS_MAX, null, List.of());
        final String text = fields.text(field, null);
        if (!fields.given(field)) {
            fields.refuse(field, Fields.REQUIRED, MEND);
            return NONE;
        }
        if (text == null) {
            return NONE;
        }
        final NumberPattern pattern = parse(text);
        if (!pattern.isThere()) {
            fields.refuse(
                    field,
                    text.contains(UP_TO)
                            ? "must be a range of two international numbers with as many digits, the second behind the first"
                            : "must be an international number of 3 to 15 digits, a prefix or a range",
                    MEND);
        }
        return pattern;
    }

    /** Whether it stands for any number. */
    public boolean isThere() {
        return first != E164.NONE;
    }

    /** Whether it is one number. */
    public boolean isSingle() {
        return form == Form.SINGLE;
    }

    /** Whether any number between two of as many digits is among them. */
    boolean touches(final long from, final long to) {
        long low = first;
        long high = last;
        if (form == Form.PREFIX) {
            for (int more = NumberPrefix.length(from) - NumberPrefix.length(first); more > 0; more--) {
                low *= 10;
                high = high * 10 + 9;
            }
        }
        return low <= to && high >= from;
    }

    /** As it is written, digits only. */
    public String text() {
        return switch (form) {
            case SINGLE -> Long.toString(first);
            case PREFIX -> first + ANY_MORE;
            case RANGE -> first + UP_TO + last;
        };
    }

    /** What nothing else may be called. */
    public UniqueName name() {
        return new UniqueName(ResourceKind.NUMBERS, "e164", ResourceId.NIL, text());
    }

    /**
     * What its row is stored under: the number itself, for the other forms a value that no number has. Ranges do not overlap, so
     * that their first number is enough.
     */
    public long key() {
        return switch (form) {
            case SINGLE -> first;
            case PREFIX -> prefixKey(first);
            case RANGE -> rangeKey(first);
        };
    }

    /** What the row of a prefix is stored under. */
    public static long prefixKey(final long digits) {
        return PREFIX_KEYS | digits;
    }

    /** What the row of a range is stored under. */
    public static long rangeKey(final long first) {
        return RANGE_KEYS | first;
    }

    /** The form of what is stored under a key. */
    public static Form formOf(final long key) {
        return (key & PREFIX_KEYS) != 0 ? Form.PREFIX : (key & RANGE_KEYS) != 0 ? Form.RANGE : Form.SINGLE;
    }
}
