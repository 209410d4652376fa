package io.tandem.routing.model;

import java.util.List;

/**
 * One question of a condition.
 *
 * @param operator null in a draft that does not say.
 * @param variable name, empty for {@link FlowOperator#PERCENT}.
 * @param value what it is compared with, empty where the operator takes none.
 * @param values what it is looked for among, for {@link FlowOperator#IN}.
 * @param percent share of calls, 0 to 100, for {@link FlowOperator#PERCENT}.
 */
public record FlowTest(FlowOperator operator, String variable, String value, List<String> values, int percent) {
    /** Most entries of a list. */
    public static final int VALUES_MAX = 200;

    private static final int VALUE_MAX = 255;
    private static final int PERCENT_MAX = 100;

    /** Copies the list. */
    public FlowTest {
        values = List.copyOf(values);
    }

    /** Reads one and reports what is wrong with it. */
    static FlowTest read(final FlowFields fields) {
        final String variable = fields.variable("variable");
        final FlowOperator operator = fields.choice("operator", FlowOperator.class, null);
        final boolean regex = operator == FlowOperator.REGEX;
        final String value = regex ? fields.expression("value", VALUE_MAX) : fields.text("value", "", VALUE_MAX);
        final List<String> values = fields.texts("values", VALUES_MAX, FlowVariables.VALUE_BYTES_MAX);
        final int percent = fields.integer("percent", 0, 0, PERCENT_MAX);
        if (operator != null) {
            check(fields, operator, value);
        }
        return new FlowTest(operator, variable, value, values, percent);
    }

    private static void check(final FlowFields fields, final FlowOperator operator, final String value) {
        if (operator == FlowOperator.PERCENT) {
            fields.need("percent", "give it a value");
        } else {
            fields.need("variable", "name one, such as caller_cid");
        }
        switch (operator) {
            case IN -> fields.need("values", "give at least one");
            case PREFIX, EQUALS, REGEX -> fields.need("value", "give it a value");
            case PRESENT, PERCENT -> {
                // nothing to compare with
            }
        }
        if (operator == FlowOperator.PREFIX && !isNumberPrefix(value)) {
            fields.refuse(
                    "value", "must be the beginning of a number: digits, with or without +", "write it like 1202");
        }
        refuseIdle(fields, operator);
    }

    /** What the operator does not look at is a mistake. */
    private static void refuseIdle(final FlowFields fields, final FlowOperator operator) {
        final String word = Fields.word(operator);
        final boolean takesValue =
                operator == FlowOperator.PREFIX || operator == FlowOperator.EQUALS || operator == FlowOperator.REGEX;
        refuseGiven(fields, "value", !takesValue, word);
        refuseGiven(fields, "values", operator != FlowOperator.IN, word);
        refuseGiven(fields, "percent", operator != FlowOperator.PERCENT, word);
        refuseGiven(fields, "variable", operator == FlowOperator.PERCENT, word);
    }

    private static void refuseGiven(
            final FlowFields fields, final String field, final boolean idle, final String operator) {
        if (idle && fields.given(field)) {
            fields.refuse(field, "has no meaning for the operator " + operator, "remove it");
        }
    }

    private static boolean isNumberPrefix(final String value) {
        for (int i = value.startsWith("+") ? 1 : 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
