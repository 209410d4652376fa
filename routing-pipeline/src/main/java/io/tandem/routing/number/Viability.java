package io.tandem.routing.number;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether some digits could go on to become a number that an expression of the published plans matches. While tables are built. */
final class Viability {
    private final Matcher matcher;

    Viability(final String expression) {
        matcher = Pattern.compile(expression).matcher("");
    }

    /** Whether a number may begin like this: it is one, or more digits could make it one. */
    @SuppressWarnings("JdkObsolete") // that more digits could follow is just what is asked
    boolean mayBegin(final String digits) {
        matcher.reset(digits);
        return matcher.matches() || matcher.hitEnd();
    }

    /** Whether it is such a number. */
    boolean matches(final String digits) {
        return matcher.reset(digits).matches();
    }
}
