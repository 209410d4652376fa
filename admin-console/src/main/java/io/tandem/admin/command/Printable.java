package io.tandem.admin.command;

import java.util.Locale;

/**
 * Text that is safe to show: what peers sent may hold line ends, which would break the framing of answers, and escape
 * sequences, which would reach into the operator's terminal.
 */
final class Printable {

    private Printable() {}

    /** The text with every control, format and unassigned character replaced by a dot. */
    static String of(String text) {
        return text.codePoints().allMatch(Printable::shown)
                ? text
                : text.codePoints()
                        .map(c -> shown(c) ? c : '.')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static boolean shown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
