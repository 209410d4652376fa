package io.tandem.routing.model;

/** Which days a rule of a schedule is about, from the least to the most specific. */
public enum ScheduleRuleKind {
    /** One day of every week. */
    WEEKLY,
    /** Every day from one date to another. */
    DATE_RANGE,
    /** One date. */
    DATE
}
