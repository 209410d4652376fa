package io.tandem.routing.transform;

/** What every text that an expression matches must begin with, as far as a glance tells. */
final class LiteralPrefix {
    private LiteralPrefix() {}

    /**
     * The letters and digits behind a leading {@code ^}; empty if the expression is not anchored, offers alternatives, or
     * says nothing plain. Never more than it demands, often less.
     */
    static String of(final String regex) {
        if (!regex.startsWith("^") || regex.indexOf('|') >= 0) {
            return "";
        }
        final StringBuilder prefix = new StringBuilder();
        int i = 1;
        while (i < regex.length()) {
            final boolean escapedPlus = regex.startsWith("\\+", i);
            final char c = escapedPlus ? '+' : regex.charAt(i);
            if (!escapedPlus && !isPlain(c)) {
                break;
            }
            final int next = i + (escapedPlus ? 2 : 1);
            if (next < regex.length() && isQuantifier(regex.charAt(next))) {
                break;
            }
            prefix.append(c);
            i = next;
        }
        return prefix.toString();
    }

    private static boolean isPlain(final char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isQuantifier(final char c) {
        return c == '?' || c == '*' || c == '+' || c == '{';
    }
}
