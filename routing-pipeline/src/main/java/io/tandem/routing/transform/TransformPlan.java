package io.tandem.routing.transform;

import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.number.DialString;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.RuleTrace;
import java.util.Comparator;
import java.util.List;

/**
 * The rules of one scope and direction, by {@code ordering}, then identifier; each sees what the one before it made. Compiled
 * when first used; one thread.
 */
public final class TransformPlan {
    /** Most rules of one scope and direction. */
    public static final int RULES_MAX = 64;

    /** No rule matched. */
    public static final int UNCHANGED = 0;

    /** At least one rule matched. */
    public static final int CHANGED = 1;

    /** A rule matched that ends the chain, for the scopes behind this one too. */
    public static final int STOPPED = 2;

    private static final Comparator<NumberTransform> ORDER =
            Comparator.comparingInt(NumberTransform::ordering).thenComparing(NumberTransform::id);

    private final List<NumberTransform> transforms;
    private final DialString scratch = new DialString();
    private TransformRule[] rules;

    /** A plan of rules in any order. */
    public TransformPlan(final List<NumberTransform> transforms) {
        this.transforms = transforms.stream().sorted(ORDER).toList();
    }

    /**
     * Says what is wrong with a rule.
     *
     * @return null if nothing is, else the name of the field, a colon and the reason.
     */
    public static String problem(final NumberTransform transform) {
        try {
            TransformRule.pattern(transform.matchRegex());
        } catch (final IllegalArgumentException e) {
            return "match_regex:" + e.getMessage();
        }
        try {
            TransformRule.compile(transform);
            return null;
        } catch (final IllegalArgumentException e) {
            return "replacement:" + e.getMessage();
        }
    }

    /**
     * Rewrites a number in place.
     *
     * @param listener is told of every rule that is tried.
     * @return {@link #UNCHANGED}, {@link #CHANGED} or {@link #STOPPED}.
     */
    public int apply(final DialString number, final RuleTrace listener) {
        if (rules == null) {
            rules = compile();
        }
        int outcome = UNCHANGED;
        for (final TransformRule rule : rules) {
            final boolean matched = rule.apply(number, scratch);
            if (listener.listens()) {
                listener.onRule(rule.id(), finding(rule, matched));
            }
            if (matched) {
                number.set(scratch);
                if (rule.stopOnMatch()) {
                    return STOPPED;
                }
                outcome = CHANGED;
            }
        }
        return outcome;
    }

    private static Finding finding(final TransformRule rule, final boolean matched) {
        if (!matched) {
            return Finding.NOT_MATCHED;
        }
        return rule.stopOnMatch() ? Finding.REWRITES_LAST : Finding.REWRITES;
    }

    /** Rules that were refused when they were imported cannot be here; one that is all the same is left out. */
    private TransformRule[] compile() {
        return transforms.stream()
                .filter(transform -> problem(transform) == null)
                .map(TransformRule::compile)
                .toArray(TransformRule[]::new);
    }
}
