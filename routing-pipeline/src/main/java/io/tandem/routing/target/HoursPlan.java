package io.tandem.routing.target;

import io.tandem.routing.model.Hours;
import io.tandem.routing.schedule.HoursVerdict;

/** Business hours that are attached to something. Immutable. */
record HoursPlan(long scheduleHigh, long scheduleLow, TargetRef closed, TargetRef holiday) {
    static HoursPlan of(final Hours hours) {
        return new HoursPlan(
                hours.scheduleId().high(),
                hours.scheduleId().low(),
                TargetRef.of(hours.closed()),
                TargetRef.of(hours.holiday()));
    }

    /** What they say of a moment. */
    HoursVerdict at(final TargetSource source, final long wallMs) {
        return (scheduleHigh | scheduleLow) == 0
                ? HoursVerdict.NO_SCHEDULE
                : HoursVerdict.at(source.schedule(scheduleHigh, scheduleLow), closed.given(), holiday.given(), wallMs);
    }

    /** The target instead of the normal one; {@link TargetRef#NONE} for none. */
    TargetRef override(final HoursVerdict verdict) {
        return switch (verdict.choice()) {
            case NORMAL -> TargetRef.NONE;
            case CLOSED -> closed;
            case HOLIDAY -> holiday;
        };
    }
}
