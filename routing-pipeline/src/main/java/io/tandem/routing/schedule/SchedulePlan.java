package io.tandem.routing.schedule;

import io.tandem.routing.model.Schedule;
import io.tandem.routing.model.ScheduleRule;
import io.tandem.routing.model.ScheduleRuleKind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A schedule as interval tables. Immutable; {@link #at} allocates nothing and depends on nothing but its argument.
 *
 * <p>A day is decided by its most specific rules: those of the date, else those of ranges it lies in, else those of its
 * weekday. Among them:
 *
 * <ul>
 *   <li>a closed date or range closes the whole day, and cuts what was open past midnight from the day before: a holiday;
 *   <li>a closed weekly rule closes its interval, or the whole day if it has no times;
 *   <li>every other rule opens its interval {@code [start, end)}, all day if it has no times or if both are equal; an end at
 *       or before the start lies on the next day, and the tail belongs to the day on which it began.
 * </ul>
 *
 * Only local wall-clock time is compared: an hour that a change of the clocks repeats is judged twice, one that it leaves out
 * never.
 */
public final class SchedulePlan {
    /** For a schedule of which nothing can be used. */
    public static final SchedulePlan BROKEN = new SchedulePlan(null, List.of());

    private static final int DAY_SECONDS = 86_400;
    private static final int DAYS = 7;
    private static final int THURSDAY = 4;

    private final ZoneOffsets zone;
    private final DayHours[] weekdays = new DayHours[DAYS];
    private final DatedHours dates;
    private final DatedHours ranges;

    private SchedulePlan(final ZoneOffsets zone, final List<ScheduleRule> rules) {
        this.zone = zone;
        for (int day = 0; day < DAYS; day++) {
            final List<ScheduleRule> own = new ArrayList<>();
            for (final ScheduleRule rule : rules) {
                if (rule.kind() == ScheduleRuleKind.WEEKLY && rule.dow() == day) {
                    own.add(rule);
                }
            }
            weekdays[day] = own.isEmpty() ? null : new DayHours(own);
        }
        dates = DatedHours.of(rules, ScheduleRuleKind.DATE);
        ranges = DatedHours.of(rules, ScheduleRuleKind.DATE_RANGE);
    }

    /**
     * Compiles a schedule.
     *
     * @param accountTimezone IANA name of the zone for a schedule without its own.
     * @return {@link #BROKEN} if it has no rules or its zone does not exist.
     */
    public static SchedulePlan compile(final Schedule schedule, final String accountTimezone) {
        if (schedule.rules().isEmpty()) {
            return BROKEN;
        }
        final String name = schedule.timezone().isEmpty() ? accountTimezone : schedule.timezone();
        try {
            return new SchedulePlan(ZoneOffsets.of(ZoneId.of(name)), schedule.rules());
        } catch (final DateTimeException e) {
            return BROKEN;
        }
    }

    /** What it says of a moment, milliseconds since 1970 UTC. */
    public Opening at(final long wallMs) {
        if (zone == null) {
            return Opening.BROKEN;
        }
        final long local = localSecond(wallMs);
        final long day = Math.floorDiv(local, (long) DAY_SECONDS);
        final int secondOfDay = (int) Math.floorMod(local, (long) DAY_SECONDS);

        final DayHours today = hours(day);
        if (today != null && today.holiday()) {
            return Opening.HOLIDAY;
        }
        return open(today, hours(day - 1), secondOfDay) ? Opening.OPEN : Opening.CLOSED;
    }

    private long localSecond(final long wallMs) {
        final long second = Math.floorDiv(wallMs, 1000L);
        return second + zone.at(second);
    }

    /** The kind of rule that decides what {@link #at} says of a moment; for explanations. */
    public OpeningBasis basis(final long wallMs) {
        if (zone == null) {
            return OpeningBasis.NO_RULE;
        }
        final long local = localSecond(wallMs);
        final long day = Math.floorDiv(local, (long) DAY_SECONDS);
        final int secondOfDay = (int) Math.floorMod(local, (long) DAY_SECONDS);
        final DayHours today = hours(day);
        final DayHours yesterday = hours(day - 1);
        final boolean tailCloses = yesterday != null && yesterday.tailClosedAt(secondOfDay);
        if (today != null && (today.holiday() || today.closedAt(secondOfDay))) {
            return basisOfDay(day);
        }
        if (today != null && today.openAt(secondOfDay)) {
            return today.dated() || !tailCloses ? basisOfDay(day) : OpeningBasis.DAY_BEFORE;
        }
        return tailCloses || (yesterday != null && yesterday.tailOpenAt(secondOfDay))
                ? OpeningBasis.DAY_BEFORE
                : OpeningBasis.NO_RULE;
    }

    private OpeningBasis basisOfDay(final long day) {
        if (dates.find(day) != null) {
            return OpeningBasis.DATE;
        }
        return ranges.find(day) == null ? OpeningBasis.WEEKLY : OpeningBasis.DATE_RANGE;
    }

    /** Today speaks first; yesterday's tail where today is silent, or closes what is open by a rule no more specific. */
    private static boolean open(final DayHours today, final DayHours yesterday, final int secondOfDay) {
        final boolean tailCloses = yesterday != null && yesterday.tailClosedAt(secondOfDay);
        if (today != null) {
            if (today.closedAt(secondOfDay)) {
                return false;
            }
            if (today.openAt(secondOfDay)) {
                return today.dated() || !tailCloses;
            }
        }
        return !tailCloses && yesterday != null && yesterday.tailOpenAt(secondOfDay);
    }

    private DayHours hours(final long day) {
        final DayHours ofDate = dates.find(day);
        if (ofDate != null) {
            return ofDate;
        }
        final DayHours ofRange = ranges.find(day);
        return ofRange != null ? ofRange : weekdays[(int) Math.floorMod(day + THURSDAY, (long) DAYS)];
    }
}
