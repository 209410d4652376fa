package io.tandem.routing.schedule;

import io.tandem.routing.model.Schedule;
import io.tandem.routing.model.ScheduleRule;
import io.tandem.routing.model.ScheduleRuleKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The meaning of a schedule spelled out with {@code java.time} for one moment at a time, with nothing compiled: what the
 * tables are held against.
 */
final class ScheduleOracle {
    private final Schedule schedule;
    private final ZoneId zone;

    ScheduleOracle(final Schedule schedule, final ZoneId zone) {
        this.schedule = schedule;
        this.zone = zone;
    }

    Opening at(final long wallMs) {
        final ZonedDateTime local = Instant.ofEpochMilli(wallMs).atZone(zone);
        final LocalDate date = local.toLocalDate();
        final LocalTime time = local.toLocalTime();
        final List<ScheduleRule> today = deciding(date);
        if (isHoliday(today)) {
            return Opening.HOLIDAY;
        }
        final List<ScheduleRule> yesterday = deciding(date.minusDays(1));
        final boolean tail = !isHoliday(yesterday);
        if (today.stream().anyMatch(rule -> rule.closed() && onOwnDay(rule, time))) {
            return Opening.CLOSED;
        }
        final boolean closing = tail && yesterday.stream().anyMatch(rule -> rule.closed() && onNextDay(rule, time));
        final boolean openToday = today.stream().anyMatch(rule -> !rule.closed() && onOwnDay(rule, time));
        if (openToday && (!closing || today.getFirst().kind() != ScheduleRuleKind.WEEKLY)) {
            return Opening.OPEN;
        }
        final boolean openStill = tail && yesterday.stream().anyMatch(rule -> !rule.closed() && onNextDay(rule, time));
        return !closing && openStill ? Opening.OPEN : Opening.CLOSED;
    }

    private List<ScheduleRule> deciding(final LocalDate date) {
        for (final ScheduleRuleKind kind :
                List.of(ScheduleRuleKind.DATE, ScheduleRuleKind.DATE_RANGE, ScheduleRuleKind.WEEKLY)) {
            final List<ScheduleRule> rules = schedule.rules().stream()
                    .filter(rule -> rule.kind() == kind && isAbout(rule, date))
                    .toList();
            if (!rules.isEmpty()) {
                return rules;
            }
        }
        return List.of();
    }

    private static boolean isAbout(final ScheduleRule rule, final LocalDate date) {
        return switch (rule.kind()) {
            case DATE -> date.equals(LocalDate.ofEpochDay(rule.startDay()));
            case DATE_RANGE ->
                !date.isBefore(LocalDate.ofEpochDay(rule.startDay()))
                        && !date.isAfter(LocalDate.ofEpochDay(rule.endDay()));
            case WEEKLY -> date.getDayOfWeek().getValue() % 7 == rule.dow();
        };
    }

    private static boolean isHoliday(final List<ScheduleRule> rules) {
        return rules.stream().anyMatch(rule -> rule.closed() && rule.kind() != ScheduleRuleKind.WEEKLY);
    }

    private static boolean onOwnDay(final ScheduleRule rule, final LocalTime time) {
        if (rule.startMinute() < 0 || rule.startMinute() == rule.endMinute()) {
            return true;
        }
        final int second = time.toSecondOfDay();
        final boolean begun = second >= rule.startMinute() * 60;
        return rule.endMinute() > rule.startMinute() ? begun && second < rule.endMinute() * 60 : begun;
    }

    private static boolean onNextDay(final ScheduleRule rule, final LocalTime time) {
        return rule.startMinute() > rule.endMinute() && time.toSecondOfDay() < rule.endMinute() * 60;
    }
}
