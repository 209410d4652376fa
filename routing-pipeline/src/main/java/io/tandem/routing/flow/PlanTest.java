package io.tandem.routing.flow;

import com.google.re2j.Pattern;
import io.tandem.routing.expression.Expression;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.FlowOperator;
import io.tandem.routing.model.FlowTest;
import java.util.TreeSet;

/**
 * One question of a condition, compiled. Immutable.
 *
 * @param from the first of the hundred lots that a share holds.
 */
record PlanTest(FlowTest test, TreeSet<String> values, Pattern pattern, int from) {
    static PlanTest compile(final FlowTest test, final int from) {
        final Pattern pattern =
                test.operator() == FlowOperator.REGEX ? Expression.compile(test.value(), Integer.MAX_VALUE) : null;
        return new PlanTest(test, new TreeSet<>(test.values()), pattern, from);
    }

    /**
     * Asks it.
     *
     * @param lot 0 to 99.
     */
    boolean holds(final FlowRun run, final int lot) {
        final String variable = run.get(test.variable());
        return switch (test.operator()) {
            case EQUALS -> variable.equals(test.value());
            case PREFIX -> isPrefix(test.value(), variable);
            case IN -> values.contains(variable);
            case REGEX -> pattern.matcher(variable).find();
            case PRESENT -> !variable.isEmpty();
            case PERCENT -> lot >= from && lot < from + test.percent();
        };
    }

    /** Question and answer, as in {@code vip="true" equals "true": yes}; for explanations. */
    String told(final FlowRun run, final int lot) {
        final String variable = test.variable() + "=\"" + run.get(test.variable()) + '"';
        final String asked =
                switch (test.operator()) {
                    case EQUALS, PREFIX, REGEX ->
                        variable + ' ' + Fields.word(test.operator()) + " \"" + test.value() + '"';
                    case IN -> variable + " in " + values.size() + " values";
                    case PRESENT -> variable + " present";
                    case PERCENT -> "drew " + lot + ", of 100 from " + from + " below " + (from + test.percent());
                };
        return asked + (holds(run, lot) ? ": yes" : ": no");
    }

    private static boolean isPrefix(final String prefix, final String number) {
        final int start = prefix.startsWith("+") ? 1 : 0;
        return number.regionMatches(number.startsWith("+") ? 1 : 0, prefix, start, prefix.length() - start);
    }
}
