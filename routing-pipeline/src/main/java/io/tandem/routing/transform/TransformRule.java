package io.tandem.routing.transform;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.tandem.routing.expression.Expression;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.DialString;

/**
 * One rewriting rule, compiled. Matching takes time in proportion to the length of the number (RE2), whatever the expression.
 * One thread: the matcher is reused.
 *
 * <p>A number that does not begin as the expression demands is dismissed by comparing bytes, without allocating. Any other
 * try costs what the expression library allocates, some hundred bytes.
 */
final class TransformRule {
    private static final int INSTRUCTIONS_MAX = 4000;

    private final ResourceId id;
    private final Pattern pattern;
    private final String prefix;
    private final Replacement replacement;
    private final boolean stopOnMatch;
    private Matcher matcher;

    private TransformRule(
            final ResourceId id,
            final Pattern pattern,
            final String prefix,
            final Replacement replacement,
            final boolean stop) {
        this.id = id;
        this.pattern = pattern;
        this.prefix = prefix;
        this.replacement = replacement;
        stopOnMatch = stop;
    }

    /**
     * Compiles one.
     *
     * @throws IllegalArgumentException saying what is wrong with the expression or the replacement.
     */
    static TransformRule compile(final NumberTransform transform) {
        final Pattern pattern = pattern(transform.matchRegex());
        final Replacement replacement = Replacement.parse(transform.replacement(), pattern.groupCount());
        return new TransformRule(
                transform.id(),
                pattern,
                LiteralPrefix.of(transform.matchRegex()),
                replacement,
                transform.stopOnMatch());
    }

    /** Compiles an expression whose size is bounded beforehand. */
    static Pattern pattern(final String regex) {
        return Expression.compile(regex, INSTRUCTIONS_MAX);
    }

    /**
     * Rewrites a number.
     *
     * @param result receives the rewritten number.
     * @return whether the rule matched and the result fits.
     */
    boolean apply(final DialString subject, final DialString result) {
        if (!begins(subject)) {
            return false;
        }
        if (matcher == null) {
            matcher = pattern.matcher(subject);
        } else {
            matcher.reset(subject);
        }
        if (!matcher.find()) {
            return false;
        }
        replacement.write(matcher, subject, result);
        return !result.tooLong();
    }

    /** Its identifier. */
    ResourceId id() {
        return id;
    }

    /** Whether no later rule of the chain is tried once this one has matched. */
    boolean stopOnMatch() {
        return stopOnMatch;
    }

    private boolean begins(final DialString subject) {
        final int length = prefix.length();
        if (subject.length() < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (subject.charAt(i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
