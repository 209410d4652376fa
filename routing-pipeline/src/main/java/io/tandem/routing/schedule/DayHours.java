package io.tandem.routing.schedule;

import io.tandem.routing.model.ScheduleRule;
import io.tandem.routing.model.ScheduleRuleKind;
import java.util.List;

/**
 * The intervals of one day, those that open and those that close, with what runs on past midnight kept as the tail. Seconds
 * of the day. Immutable.
 */
final class DayHours {
    /** A day of which nobody says anything but that it is closed. */
    private final boolean holiday;

    private final boolean dated;

    private final Intervals open = new Intervals();
    private final Intervals openTail = new Intervals();
    private final Intervals closed = new Intervals();
    private final Intervals closedTail = new Intervals();

    /** Rules of equal specificity that apply to the day. */
    DayHours(final List<ScheduleRule> rules) {
        boolean closedDate = false;
        for (final ScheduleRule rule : rules) {
            if (rule.closed() && rule.kind() != ScheduleRuleKind.WEEKLY) {
                closedDate = true;
            } else if (rule.closed()) {
                add(rule, closed, closedTail);
            } else {
                add(rule, open, openTail);
            }
        }
        holiday = closedDate;
        dated = rules.getFirst().kind() != ScheduleRuleKind.WEEKLY;
    }

    /** Whether the rules are about dates rather than weekdays. */
    boolean dated() {
        return dated;
    }

    boolean holiday() {
        return holiday;
    }

    boolean openAt(final int secondOfDay) {
        return open.contains(secondOfDay);
    }

    boolean closedAt(final int secondOfDay) {
        return closed.contains(secondOfDay);
    }

    /** Whether it is still open from this day at a second of the next one; a holiday leaves no tail. */
    boolean tailOpenAt(final int secondOfNextDay) {
        return !holiday && openTail.contains(secondOfNextDay);
    }

    /** Whether this day's closing still lasts at a second of the next one. */
    boolean tailClosedAt(final int secondOfNextDay) {
        return !holiday && closedTail.contains(secondOfNextDay);
    }

    private static void add(final ScheduleRule rule, final Intervals own, final Intervals tail) {
        final int start = rule.startMinute();
        final int end = rule.endMinute();
        if (start == ScheduleRule.NONE || start == end) {
            own.add(0, ScheduleRule.DAY_MINUTES);
        } else if (end > start) {
            own.add(start, end);
        } else {
            own.add(start, ScheduleRule.DAY_MINUTES);
            tail.add(0, end);
        }
    }
}
