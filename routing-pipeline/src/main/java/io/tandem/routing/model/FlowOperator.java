package io.tandem.routing.model;

/** How a flow's condition looks at a variable. */
public enum FlowOperator {
    /** Equal to {@code value}, every character. */
    EQUALS,
    /** A number that begins with {@code value}; a leading plus counts on neither side. */
    PREFIX,
    /** Equal to one of {@code values}. */
    IN,
    /** {@code value}, a regular expression, matches somewhere in it. */
    REGEX,
    /** Set, and not empty. */
    PRESENT,
    /** True for {@code percent} of a hundred calls, whatever the variables. */
    PERCENT
}
