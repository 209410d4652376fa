package io.tandem.routing.schedule;

/** Which kind of rule decided what a schedule says of a moment: for explanations. */
public enum OpeningBasis {
    /** One for that date. */
    DATE("a rule for the date"),
    /** One for a range of dates. */
    DATE_RANGE("a rule for a range of dates"),
    /** One for that weekday. */
    WEEKLY("a weekly rule"),
    /** One that began on the day before. */
    DAY_BEFORE("a rule that began the day before"),
    /** None. */
    NO_RULE("no rule for that time");

    private final String text;

    OpeningBasis(final String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
