package io.tandem.routing.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Compiles expressions whose size is bounded beforehand, on RE2: matching takes time in proportion to the length of the
 * text times the instructions of the expression, whatever it says. Any thread.
 */
public final class Expression {
    /** What nested counted repetitions may multiply to. */
    public static final int REPEATS_MAX = 1000;

    private Expression() {}

    /**
     * Compiles one.
     *
     * @param instructionsMax most instructions that it may have.
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    public static Pattern compile(final String regex, final int instructionsMax) {
        if (repeats(regex) > REPEATS_MAX) {
            throw new IllegalArgumentException("must not repeat more than " + REPEATS_MAX + " times in all");
        }
        try {
            final Pattern pattern = Pattern.compile(regex);
            if (pattern.programSize() > instructionsMax) {
                throw new IllegalArgumentException("is too large");
            }
            return pattern;
        } catch (final PatternSyntaxException e) {
            throw new IllegalArgumentException("is not a regular expression: " + e.getDescription(), e);
        }
    }

    /** The product of all counted repetitions: what nesting them could blow the expression up by. */
    private static long repeats(final String regex) {
        long product = 1;
        for (int i = regex.indexOf('{'); i >= 0; i = regex.indexOf('{', i + 1)) {
            long most = 0;
            long current = 0;
            for (int j = i + 1; j < regex.length() && regex.charAt(j) != '}'; j++) {
                final char c = regex.charAt(j);
                if (c >= '0' && c <= '9') {
                    current = Math.min(current * 10 + (c - '0'), REPEATS_MAX + 1);
                } else {
                    current = 0;
                }
                most = Math.max(most, current);
            }
            product = Math.min(product * Math.max(most, 1), REPEATS_MAX + 1);
        }
        return product;
    }
}
