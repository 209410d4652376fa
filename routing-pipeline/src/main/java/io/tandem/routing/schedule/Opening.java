package io.tandem.routing.schedule;

/** What a schedule says of a moment. */
public enum Opening {
    /** In hours. */
    OPEN,
    /** Out of hours. */
    CLOSED,
    /** A date, or range of dates, that is closed as a whole. */
    HOLIDAY,
    /** It cannot say: no rules, or none that can be used. Whoever asks treats it as open. */
    BROKEN
}
