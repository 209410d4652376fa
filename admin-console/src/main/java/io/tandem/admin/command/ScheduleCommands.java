package io.tandem.admin.command;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.Refusal;
import io.tandem.routing.model.Account;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.Schedule;
import io.tandem.routing.schedule.ComingHours;
import io.tandem.routing.schedule.SchedulePlan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows when a schedule will be open. */
final class ScheduleCommands {

    static final String SCHEDULE = "schedule";

    private static final int DAYS = 30;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ROOT);

    private ScheduleCommands() {}

    static Answer show(Invocation invocation) {
        if (!invocation.text("WHAT").equals(SCHEDULE)) {
            throw new Refusal("cannot be shown: what=" + invocation.text("WHAT"), "write show schedule ID next 30d");
        }
        var desk = invocation.control().desk();
        var id = ConfigurationCommands.existing(desk, ResourceKind.SCHEDULES, invocation.text("ID"));
        if (desk.find(ResourceKind.SCHEDULES, id) == null) {
            throw ConfigurationCommands.missing(ResourceKind.SCHEDULES, invocation.text("ID"));
        }
        var schedule = (Schedule) desk.find(ResourceKind.SCHEDULES, id).resource();
        var zone = ZoneId.of(zone(desk, schedule));
        int days = days(invocation);
        var from = invocation.now();
        var spans = ComingHours.of(SchedulePlan.compile(schedule, zone.getId()), from, days);
        var changes = ComingHours.clockChanges(zone, from, days);
        var table = new TextTable().words("from", "to", "is", "remark");
        var values = new ArrayList<Map<String, Object>>();
        for (var span : spans) {
            var remark = remark(span, changes, zone);
            table.row(local(span.from(), zone), local(span.to(), zone), word(span), remark);
            var value = new LinkedHashMap<String, Object>();
            value.put("from", span.from());
            value.put("to", span.to());
            value.put("is", word(span));
            value.put("clock_change", remark.isEmpty() ? null : remark);
            values.add(value);
        }
        return Answer.of(
                values,
                new Facts()
                        .fact("schedule", schedule.name())
                        .fact("time zone", zone.getId())
                        .fact("days", days),
                Prose.of(""),
                table);
    }

    private static String zone(ConfigurationDesk desk, Schedule schedule) {
        if (!schedule.timezone().isEmpty()) {
            return schedule.timezone();
        }
        var account = desk.find(ResourceKind.ACCOUNTS, schedule.accountId());
        return account == null ? "UTC" : ((Account) account.resource()).timezone();
    }

    private static String word(ComingHours.Span span) {
        return switch (span.opening()) {
            case OPEN -> "open";
            case CLOSED -> "closed";
            case HOLIDAY -> "holiday";
            case BROKEN -> "open, since it has no usable rules";
        };
    }

    private static String remark(ComingHours.Span span, List<Instant> changes, ZoneId zone) {
        for (var change : changes) {
            if (!change.isBefore(span.from()) && change.isBefore(span.to())) {
                return "clocks change " + local(change, zone);
            }
        }
        return "";
    }

    private static String local(Instant instant, ZoneId zone) {
        return LOCAL.format(instant.atZone(zone));
    }

    /** A number of days, with or without a {@code d} behind it. */
    private static int days(Invocation invocation) {
        if (!invocation.given("DAYS")) {
            return DAYS;
        }
        var text = invocation.text("DAYS");
        var digits = text.endsWith("d") ? text.substring(0, text.length() - 1) : text;
        boolean number = !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int days = number ? Integer.parseInt(digits) : 0;
        if (days < 1 || days > ComingHours.DAYS_MAX) {
            throw new Refusal(
                    "not a usable number of days: next=" + text, "give 1d to " + ComingHours.DAYS_MAX + "d");
        }
        return days;
    }
}
