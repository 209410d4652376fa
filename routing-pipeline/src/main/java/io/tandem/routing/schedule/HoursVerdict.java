package io.tandem.routing.schedule;

/**
 * What business hours mean for something that has them attached: whether its normal target counts, or one of its overrides. What is
 * missing or broken gives way to the normal target, so that no call is stranded on a mistake in the configuration (N-066).
 */
public enum HoursVerdict {
    /** No schedule is attached. */
    NO_SCHEDULE(Choice.NORMAL, false),
    /** In hours. */
    OPEN(Choice.NORMAL, false),
    /** Out of hours, and there is a target for it. */
    CLOSED(Choice.CLOSED, false),
    /** A holiday, and there is a target for it. */
    HOLIDAY(Choice.HOLIDAY, false),
    /** A holiday, and only out of hours has a target. */
    HOLIDAY_AS_CLOSED(Choice.CLOSED, false),
    /** A schedule is attached that does not exist. */
    MISSING(Choice.NORMAL, true),
    /** The schedule has no rules that can be used. */
    BROKEN(Choice.NORMAL, true),
    /** Out of hours, but there is no target for it. */
    CLOSED_WITHOUT_TARGET(Choice.NORMAL, true),
    /** A holiday, but there is no target for it. */
    HOLIDAY_WITHOUT_TARGET(Choice.NORMAL, true);

    /** Which of the three targets counts. */
    public enum Choice {
        /** The one that always counts unless another does. */
        NORMAL,
        /** The one for closed hours. */
        CLOSED,
        /** The one for holidays. */
        HOLIDAY
    }

    private final Choice choice;
    private final boolean failsOpen;

    HoursVerdict(final Choice choice, final boolean failsOpen) {
        this.choice = choice;
        this.failsOpen = failsOpen;
    }

    /** Which target counts. */
    public Choice choice() {
        return choice;
    }

    /** Whether the normal target counts for want of something that was configured. */
    public boolean failsOpen() {
        return failsOpen;
    }

    /**
     * Judges a moment. Allocates nothing.
     *
     * @param schedule what is attached; null if it does not exist. Where none is attached nobody asks.
     * @param closed whether there is a target for closed hours.
     * @param holiday whether there is one for holidays.
     * @param wallMs milliseconds since 1970 UTC.
     */
    public static HoursVerdict at(
            final SchedulePlan schedule, final boolean closed, final boolean holiday, final long wallMs) {
        if (schedule == null) {
            return MISSING;
        }
        return switch (schedule.at(wallMs)) {
            case OPEN -> OPEN;
            case BROKEN -> BROKEN;
            case CLOSED -> closed ? CLOSED : CLOSED_WITHOUT_TARGET;
            case HOLIDAY -> holiday ? HOLIDAY : closed ? HOLIDAY_AS_CLOSED : HOLIDAY_WITHOUT_TARGET;
        };
    }
}
