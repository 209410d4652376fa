package io.tandem.routing.transform;

import com.google.re2j.Matcher;
import io.tandem.routing.number.DialString;
import java.util.Arrays;

/**
 * What takes the place of a match: characters that a dialled number may have, and {@code $n} or {@code \n} for what a group
 * matched ({@code 0} for all of it, one digit). Immutable.
 */
final class Replacement {
    private static final int GROUP = 0x100;

    /** A character as it stands, or {@link #GROUP} plus the number of a group. */
    private final int[] parts;

    private Replacement(final int[] parts) {
        this.parts = parts;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    static Replacement parse(final String text, final int groupCount) {
        final int[] parts = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '$' || c == '\\') {
                final int group = i + 1 < text.length() ? text.charAt(i + 1) - '0' : -1;
                if (group < 0 || group > 9) {
                    throw new IllegalArgumentException("must have one digit behind " + c);
                }
                if (group > groupCount) {
                    throw new IllegalArgumentException("names group " + group + " of only " + groupCount);
                }
                parts[count++] = GROUP + group;
                i++;
            } else if (isDialable(c)) {
                parts[count++] = c;
            } else {
                throw new IllegalArgumentException("must consist of letters, digits, + * # - . _ and groups");
            }
        }
        return new Replacement(Arrays.copyOf(parts, count));
    }

    /** Writes {@code subject} into {@code result} with the match replaced. */
    void write(final Matcher match, final DialString subject, final DialString result) {
        result.clear();
        result.append(subject, 0, match.start());
        for (final int part : parts) {
            if (part < GROUP) {
                result.append((byte) part);
            } else {
                final int group = part - GROUP;
                if (match.start(group) >= 0) {
                    result.append(subject, match.start(group), match.end(group));
                }
            }
        }
        result.append(subject, match.end(), subject.length());
    }

    private static boolean isDialable(final char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '+'
                || c == '*'
                || c == '#'
                || c == '-'
                || c == '.'
                || c == '_';
    }
}
