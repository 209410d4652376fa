package io.tandem.routing.schedule;

import io.tandem.routing.model.ScheduleRule;
import io.tandem.routing.model.ScheduleRuleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Rules about dates as a line of days cut wherever a rule begins or ends: between two cuts every day has the same hours, or
 * none. Immutable; one binary search.
 */
final class DatedHours {
    private final long[] fromDays;
    private final DayHours[] hours;

    private DatedHours(final long[] fromDays, final DayHours[] hours) {
        this.fromDays = fromDays;
        this.hours = hours;
    }

    /** Those of one kind among many rules. */
    static DatedHours of(final List<ScheduleRule> rules, final ScheduleRuleKind kind) {
        final List<ScheduleRule> own = new ArrayList<>();
        final TreeSet<Long> cuts = new TreeSet<>();
        for (final ScheduleRule rule : rules) {
            if (rule.kind() == kind) {
                own.add(rule);
                cuts.add((long) rule.startDay());
                cuts.add(lastDay(rule) + 1);
            }
        }
        final long[] fromDays = cuts.stream().mapToLong(Long::longValue).toArray();
        final DayHours[] hours = new DayHours[fromDays.length];
        for (int i = 0; i < hours.length; i++) {
            final List<ScheduleRule> here = new ArrayList<>();
            for (final ScheduleRule rule : own) {
                if (rule.startDay() <= fromDays[i] && fromDays[i] <= lastDay(rule)) {
                    here.add(rule);
                }
            }
            hours[i] = here.isEmpty() ? null : new DayHours(here);
        }
        return new DatedHours(fromDays, hours);
    }

    /** The hours of a day since 1970-01-01, or null if no rule is about it. */
    DayHours find(final long day) {
        int from = 0;
        int to = fromDays.length - 1;
        if (to < 0 || day < fromDays[0]) {
            return null;
        }
        while (from < to) {
            final int middle = (from + to + 1) >>> 1;
            if (fromDays[middle] <= day) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return hours[from];
    }

    private static long lastDay(final ScheduleRule rule) {
        return rule.kind() == ScheduleRuleKind.DATE ? rule.startDay() : rule.endDay();
    }
}
