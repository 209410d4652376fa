package io.tandem.routing.model;

/**
 * One thing that is wrong with a line of an import file, or that it asks for in vain.
 *
 * @param line from 1; 0 when it is not about a line.
 * @param resource collection, or empty.
 * @param field name of the field, or empty.
 * @param value what was given, cut to a readable length.
 * @param rule what is demanded.
 * @param mend what to do about it.
 */
public record Problem(long line, String resource, String field, String value, String rule, String mend) {
    private static final int VALUE_SHOWN_MAX = 80;

    /** Cuts the value to a readable length. */
    public Problem {
        value = value.length() <= VALUE_SHOWN_MAX ? value : value.substring(0, VALUE_SHOWN_MAX) + "...";
    }

    /** The same about no line. */
    public Problem withoutLine() {
        return new Problem(0, resource, field, value, rule, mend);
    }

    /** One line for people: {@code line 3: resource=numbers field=e164 value=12x: rule; mend}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(160);
        if (line > 0) {
            text.append("line ").append(line).append(": ");
        }
        if (!resource.isEmpty()) {
            text.append("resource=").append(resource).append(' ');
        }
        if (!field.isEmpty()) {
            text.append("field=").append(field).append(" value=").append(value).append(": ");
        }
        text.append(rule);
        if (!mend.isEmpty()) {
            text.append("; ").append(mend);
        }
        return text.toString();
    }
}
