package io.tandem.routing.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SchedulePlanTest {
    @Test
    @DisplayName("R-111..R-114 weekly hours are [start, end), a day without a rule is closed")
    void shouldOpenFromStartUpToEnd() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":1,"start_time":"09:00","end_time":"17:00"}""");

        assertThat(at(plan, "2026-03-02T08:59:59")).isEqualTo(Opening.CLOSED);
        assertThat(at(plan, "2026-03-02T09:00:00")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-02T16:59:59")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-02T17:00:00")).isEqualTo(Opening.CLOSED);
        assertThat(at(plan, "2026-03-03T12:00:00")).isEqualTo(Opening.CLOSED);
    }

    @Test
    @DisplayName("R-113 day 0 is Sunday")
    void shouldCountDaysFromSunday() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":0}""");

        assertThat(at(plan, "2026-03-01T12:00:00")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-02T00:00:00")).isEqualTo(Opening.CLOSED);
    }

    @Test
    @DisplayName("R-118 22:00-06:00 runs on into the next day and belongs to the day on which it starts")
    void shouldRunOvernight() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":1,"start_time":"22:00","end_time":"06:00"}""");

        assertThat(at(plan, "2026-03-02T05:00:00")).isEqualTo(Opening.CLOSED);
        assertThat(at(plan, "2026-03-02T22:00:00")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-03T05:59:59")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-03T06:00:00")).isEqualTo(Opening.CLOSED);
    }

    @Test
    void shouldOpenAllDayWhenStartEqualsEndAndTakeMidnightAsTwentyFour() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":1,"start_time":"08:00","end_time":"08:00"}""", """
                {"kind":"weekly","dow":2,"start_time":"20:00","end_time":"24:00"}""");

        assertThat(at(plan, "2026-03-02T00:00:00")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-02T23:59:59")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-03T07:00:00")).isEqualTo(Opening.CLOSED);
        assertThat(at(plan, "2026-03-03T23:59:59")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-04T00:00:00")).isEqualTo(Opening.CLOSED);
    }

    @Test
    @DisplayName("R-115 R-117 a date overrides a range, a range overrides the week")
    void shouldPreferTheMoreSpecificRule() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":3,"start_time":"09:00","end_time":"17:00"}""", """
                {"kind":"date_range","start_date":"2026-12-21","end_date":"2026-12-27","is_closed":1}""", """
                {"kind":"date","start_date":"2026-12-23","start_time":"10:00","end_time":"12:00"}""");

        assertThat(at(plan, "2026-12-16T16:00:00")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-12-22T10:30:00")).isEqualTo(Opening.HOLIDAY);
        assertThat(at(plan, "2026-12-23T10:30:00")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-12-23T16:00:00")).isEqualTo(Opening.CLOSED);
    }

    @Test
    @DisplayName("R-116 a closed rule beats an open one of the same kind")
    void shouldPreferClosedAmongEquals() {
        final SchedulePlan plan = plan("""
                {"kind":"date","start_date":"2026-12-23"}""", """
                {"kind":"date","start_date":"2026-12-23","is_closed":1}""", """
                {"kind":"weekly","dow":1,"start_time":"09:00","end_time":"17:00"}""", """
                {"kind":"weekly","dow":1,"start_time":"12:00","end_time":"13:00","is_closed":1}""");

        assertThat(at(plan, "2026-12-23T10:00:00")).isEqualTo(Opening.HOLIDAY);
        assertThat(at(plan, "2026-03-02T11:59:59")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-03-02T12:30:00")).isEqualTo(Opening.CLOSED);
        assertThat(at(plan, "2026-03-02T13:00:00")).isEqualTo(Opening.OPEN);
    }

    @Test
    void shouldCutTheTailOfYesterdayOnAClosedDate() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":4,"start_time":"22:00","end_time":"06:00"}""", """
                {"kind":"date","start_date":"2026-12-25","is_closed":1}""");

        assertThat(at(plan, "2026-12-24T23:00:00")).isEqualTo(Opening.OPEN);
        assertThat(at(plan, "2026-12-25T00:00:00")).isEqualTo(Opening.HOLIDAY);
        assertThat(at(plan, "2026-12-18T05:00:00")).isEqualTo(Opening.OPEN);
    }

    @Test
    void shouldLeaveNoTailBehindAHoliday() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":5,"start_time":"22:00","end_time":"06:00"}""", """
                {"kind":"date","start_date":"2026-12-25","is_closed":1}""");

        assertThat(at(plan, "2026-12-26T05:00:00")).isEqualTo(Opening.CLOSED);
    }

    @Test
    @DisplayName("R-119 local wall-clock time is compared across changes of the clocks")
    void shouldFollowTheWallClockThroughChanges() {
        final SchedulePlan plan = plan("""
                {"kind":"weekly","dow":0,"start_time":"01:30","end_time":"03:00"}""");

        assertThat(plan.at(LocalDateTime.parse("2026-03-08T06:59:59")
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()))
                .as("01:59:59, one second before the clocks go forward to 03:00")
                .isEqualTo(Opening.OPEN);
        assertThat(plan.at(LocalDateTime.parse("2026-03-08T07:00:00")
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()))
                .isEqualTo(Opening.CLOSED);
        assertThat(plan.at(LocalDateTime.parse("2026-11-01T05:30:00")
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()))
                .as("01:30 for the first time")
                .isEqualTo(Opening.OPEN);
        assertThat(plan.at(LocalDateTime.parse("2026-11-01T06:00:00")
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()))
                .as("01:00 for the second time")
                .isEqualTo(Opening.CLOSED);
    }

    @Test
    @DisplayName("N-065 no rules or no such zone: it cannot say")
    void shouldBeBrokenWithoutRulesOrZone() {
        assertThat(at(plan(), "2026-03-02T12:00:00")).isEqualTo(Opening.BROKEN);
        final Schedule nowhere = new Schedule(
                ResourceId.NIL,
                ResourceId.NIL,
                "x",
                "Mars/Olympus",
                schedule("{\"kind\":\"weekly\",\"dow\":1}").rules());
        assertThat(SchedulePlan.compile(nowhere, "UTC").at(0)).isEqualTo(Opening.BROKEN);
    }

    @Test
    @DisplayName("R-111 a schedule without a zone takes that of the account")
    void shouldInheritTheZoneOfTheAccount() {
        final Schedule schedule =
                schedule("{\"kind\":\"weekly\",\"dow\":4,\"start_time\":\"00:00\",\"end_time\":\"01:00\"}");
        final Schedule bare = new Schedule(schedule.id(), schedule.accountId(), "x", "", schedule.rules());

        assertThat(SchedulePlan.compile(bare, "UTC").at(0)).isEqualTo(Opening.OPEN);
        assertThat(SchedulePlan.compile(bare, "Asia/Tokyo").at(0)).isEqualTo(Opening.CLOSED);
    }

    private static Opening at(final SchedulePlan plan, final String local) {
        return plan.at(LocalDateTime.parse(local)
                .atZone(ZoneId.of("America/New_York"))
                .toInstant()
                .toEpochMilli());
    }

    private static SchedulePlan plan(final String... rules) {
        return SchedulePlan.compile(schedule(rules), "UTC");
    }

    static Schedule schedule(final String... rules) {
        final String json = "{\"account_id\":\"acc_00000000000000000000000001\",\"name\":\"hours\","
                + "\"timezone\":\"America/New_York\",\"rules\":[" + String.join(",", List.of(rules)) + "]}";
        final Schedule schedule = ResourceReader.schedule(json.getBytes(StandardCharsets.UTF_8));
        assertThat(schedule).as(json).isNotNull();
        return schedule;
    }
}
