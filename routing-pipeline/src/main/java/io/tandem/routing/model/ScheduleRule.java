package io.tandem.routing.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * One rule of a schedule.
 *
 * @param dow day of the week, 0 for Sunday; {@link #NONE} unless weekly.
 * @param startMinute minute of the day at which it begins; {@link #NONE} for all day.
 * @param endMinute minute of the day before which it ends; at or before the start it ends on the next day, and equal to the
 *     start it is all day.
 * @param startDay day since 1970-01-01 on which it begins; {@link #NONE} if weekly.
 * @param endDay last day of a range; {@link #NONE} unless a range.
 * @param closed whether it closes rather than opens.
 */
public record ScheduleRule(
        ScheduleRuleKind kind, int dow, int startMinute, int endMinute, int startDay, int endDay, boolean closed) {
    /** What a rule does not say. */
    public static final int NONE = -1;

    /** Minutes of a day. */
    public static final int DAY_MINUTES = 1440;

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** Reads one and reports what is wrong with it; null if no sense can be made of it. */
    static ScheduleRule read(final Fields fields) {
        final ScheduleRuleKind kind = fields.requiredChoice("kind", ScheduleRuleKind.class);
        final int dow = fields.integer("dow", NONE, 0, 6);
        final int startMinute = time(fields, "start_time");
        final int endMinute = time(fields, "end_time");
        final int startDay = date(fields, "start_date");
        final int endDay = date(fields, "end_date");
        final boolean closed = fields.flag("is_closed", false);
        fields.finish();
        if (kind == null) {
            return null;
        }
        if (fields.given("start_time") != fields.given("end_time")) {
            fields.refuse("start_time", "and end_time go together", "give both, or neither for all day");
        }
        if (startMinute == DAY_MINUTES) {
            fields.refuse("start_time", "must be before 24:00", "write 00:00 and the next day");
        }
        demand(fields, "dow", kind == ScheduleRuleKind.WEEKLY, kind);
        demand(fields, "start_date", kind != ScheduleRuleKind.WEEKLY, kind);
        demand(fields, "end_date", kind == ScheduleRuleKind.DATE_RANGE, kind);
        if (endDay != NONE && endDay < startDay) {
            fields.refuse("end_date", "must not be before start_date", "swap them");
        }
        if (closed && kind != ScheduleRuleKind.WEEKLY && startMinute != NONE) {
            fields.refuse(
                    "is_closed", "closes the whole of a date and takes no times", "remove start_time and end_time");
        }
        return new ScheduleRule(kind, dow, startMinute, endMinute, startDay, endDay, closed);
    }

    void write(final CanonicalJson json) {
        json.startElement();
        json.word("kind", kind);
        json.number("dow", dow);
        json.text("start_time", timeText(startMinute));
        json.text("end_time", timeText(endMinute));
        json.text("start_date", dateText(startDay));
        json.text("end_date", dateText(endDay));
        json.flag("is_closed", closed);
        json.endElement();
    }

    private static void demand(
            final Fields fields, final String field, final boolean wanted, final ScheduleRuleKind kind) {
        if (wanted != fields.given(field)) {
            final String rule = (wanted ? "is required for a rule of kind " : "has no meaning for a rule of kind ");
            fields.refuse(field, rule + Fields.word(kind), wanted ? "give it a value" : "remove it");
        }
    }

    private static int time(final Fields fields, final String field) {
        final String text = fields.text(field, null);
        if (text == null) {
            return NONE;
        }
        if (!TIME.matcher(text).matches()) {
            fields.refuse(field, "must be a time from 00:00 to 24:00", "write it like 08:30");
            return NONE;
        }
        return number(text, 0, 2) * 60 + number(text, 3, 5);
    }

    private static int date(final Fields fields, final String field) {
        final String text = fields.text(field, null);
        if (text == null) {
            return NONE;
        }
        if (DATE.matcher(text).matches()) {
            try {
                final LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
                if (date.getYear() >= 1970) {
                    return (int) date.toEpochDay();
                }
            } catch (final DateTimeException e) {
                // Not a day of the calendar: reported below like any other text that is no date.
            }
        }
        fields.refuse(field, "must be a date from 1970 on", "write it like 2026-12-24");
        return NONE;
    }

    private static int number(final String text, final int start, final int end) {
        return Integer.parseInt(text, start, end, 10);
    }

    private static String timeText(final int minute) {
        return minute == NONE ? "" : digits(minute / 60) + ':' + digits(minute % 60);
    }

    private static String digits(final int value) {
        return value < 10 ? "0" + value : Integer.toString(value);
    }

    private static String dateText(final int day) {
        return day == NONE ? "" : LocalDate.ofEpochDay(day).toString();
    }
}
