package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.schedule.HoursVerdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Business hours mean the same wherever they are attached. */
class AttachedHoursTest {
    private static final String MONDAY_NOON = "2026-03-02T12:00:00Z";
    private static final String SUNDAY = "2026-03-01T12:00:00Z";
    private static final String CHRISTMAS = "2026-12-25T12:00:00Z";
    private static final String BOTH =
            ",'closed_dest_kind':'user','closed_dest_id':'name:night','holiday_dest_kind':'user','holiday_dest_id':'name:feast'";
    private static final String CLOSED_ONLY = ",'closed_dest_kind':'user','closed_dest_id':'name:night'";
    private static final String DANGLING = ",'closed_dest_kind':'user','closed_dest_id':'name:nobody'";

    @ParameterizedTest
    @DisplayName("N-033 N-056 R-054 hours on an extension override its target, and fail open")
    @CsvSource({
        "open,both,OPEN,day", "closed,both,CLOSED,night", "holiday,both,HOLIDAY,feast",
        "holiday,closed,HOLIDAY_AS_CLOSED,night", "closed,none,CLOSED_WITHOUT_TARGET,day",
        "holiday,none,HOLIDAY_WITHOUT_TARGET,day", "closed,dangling,CLOSED,day",
        "missing,both,MISSING,day", "broken,both,BROKEN,day"
    })
    void shouldOverrideExtensions(final String when, final String targets, final HoursVerdict hours, final String rings) {
        final Office office = office(when)
                .add(
                        ResourceKind.EXTENSIONS,
                        "'digits':'1','dest_kind':'user','dest_id':'name:day'" + hours(when, targets));
        assertThat(office.rings(office.to(TargetKind.EXTENSION, "1"))).containsExactly(rings + " 0-25");
        assertThat(office.hours).containsExactly(hours);
    }

    @ParameterizedTest
    @DisplayName("N-069 R-068 hours on a ring group override its members, and fail open")
    @CsvSource({
        "open,both,OPEN,day", "closed,both,CLOSED,night", "holiday,both,HOLIDAY,feast",
        "holiday,closed,HOLIDAY_AS_CLOSED,night", "closed,none,CLOSED_WITHOUT_TARGET,day",
        "holiday,none,HOLIDAY_WITHOUT_TARGET,day", "closed,dangling,CLOSED,day",
        "missing,both,MISSING,day", "broken,both,BROKEN,day"
    })
    void shouldOverrideRingGroups(final String when, final String targets, final HoursVerdict hours, final String rings) {
        final Office office = office(when)
                .add(
                        ResourceKind.RING_GROUPS,
                        "'name':'g','members':[{'user_id':'name:day'}]" + hours(when, targets));
        assertThat(office.rings(office.to(TargetKind.RING_GROUP, "g"))).containsExactly(rings + " 0-25");
        assertThat(office.hours).containsExactly(hours);
    }

    @ParameterizedTest
    @DisplayName("N-068 R-090 hours on a queue override the way into it, and fail open")
    @CsvSource({
        "open,both,OPEN,", "closed,both,CLOSED,night", "holiday,both,HOLIDAY,feast",
        "holiday,closed,HOLIDAY_AS_CLOSED,night", "closed,none,CLOSED_WITHOUT_TARGET,",
        "holiday,none,HOLIDAY_WITHOUT_TARGET,", "closed,dangling,CLOSED,",
        "missing,both,MISSING,", "broken,both,BROKEN,"
    })
    void shouldOverrideQueues(final String when, final String targets, final HoursVerdict hours, final String rings) {
        final Office office = office(when).add(ResourceKind.QUEUES, "'name':'q'" + hours(when, targets));
        final TargetPlan plan = office.to(TargetKind.QUEUE, "q");
        if (rings == null) {
            assertThat(plan.verdict()).isEqualTo(TargetVerdict.TARGET_WAITS);
        } else {
            assertThat(office.rings(plan)).isEqualTo(List.of(rings + " 0-25"));
        }
        assertThat(office.hours).containsExactly(hours);
    }

    private static Office office(final String when) {
        final Office office = new Office()
                .phone("day")
                .phone("night")
                .phone("feast")
                .add(
                        ResourceKind.SCHEDULES,
                        "'name':'hours','rules':[{'kind':'weekly','dow':1,'start_time':'09:00','end_time':'17:00'},"
                                + "{'kind':'date','start_date':'2026-12-25','is_closed':1}]")
                .add(ResourceKind.SCHEDULES, "'name':'broken','rules':[]");
        return switch (when) {
            case "open" -> office.at(MONDAY_NOON);
            case "holiday" -> office.at(CHRISTMAS);
            default -> office.at(SUNDAY);
        };
    }

    private static String hours(final String when, final String targets) {
        final String schedule =
                switch (when) {
                    case "missing" -> "nowhere";
                    case "broken" -> "broken";
                    default -> "hours";
                };
        return ",'schedule_id':'name:" + schedule + "'"
                + switch (targets) {
                    case "both" -> BOTH;
                    case "closed" -> CLOSED_ONLY;
                    case "dangling" -> DANGLING;
                    default -> "";
                };
    }
}
