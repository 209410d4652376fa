package io.tandem.routing.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.Schedule;
import io.tandem.routing.model.ScheduleRule;
import io.tandem.routing.model.ScheduleRuleKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiled tables against {@link ScheduleOracle}, minute by minute. */
class ScheduleOracleTest {
    private static final long YEAR_BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR_END = Instant.parse("2027-01-01T00:00:00Z").toEpochMilli();
    private static final long MINUTE_MS = 60_000;
    private static final List<String> ZONES = List.of(
            "UTC",
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Africa/Casablanca",
            "America/St_Johns",
            "Pacific/Chatham",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "America/Sao_Paulo",
            "America/Santiago",
            "Asia/Tehran",
            "Asia/Kolkata",
            "Asia/Tokyo",
            "Europe/London",
            "Europe/Dublin",
            "Africa/Cairo",
            "America/Phoenix",
            "Antarctica/Troll");

    @ParameterizedTest
    @ValueSource(strings = {"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"})
    @DisplayName("R-119 every 13 minutes of a year, three zones")
    void shouldAgreeWithTheOracleThroughAYear(final String zone) {
        compare(zone, 13 * MINUTE_MS, 20260307);
    }

    /** Every minute of a year in twenty zones: {@code mvn test -Dtests.excluded= -Dgroups=slow}. */
    @Test
    @Tag("slow")
    @DisplayName("R-119 every minute of a year, twenty zones")
    void shouldAgreeWithTheOracleThroughAYearInTwentyZones() {
        for (final String zone : ZONES) {
            compare(zone, MINUTE_MS, zone.length() * 7919L);
        }
    }

    @Test
    void shouldAgreeWithTheOracleFarFromNow() {
        for (final String zone : ZONES) {
            final Schedule schedule = schedule(42);
            final SchedulePlan plan = SchedulePlan.compile(schedule, zone);
            final ScheduleOracle oracle = new ScheduleOracle(schedule, ZoneId.of(zone));
            for (long ms = 1; ms < 4_000_000_000_000L; ms += 49_876_543_210L) {
                assertThat(plan.at(ms)).as("zone=%s ms=%d", zone, ms).isEqualTo(oracle.at(ms));
            }
        }
    }

    private static void compare(final String zone, final long stepMs, final long seed) {
        final Schedule schedule = schedule(seed);
        final SchedulePlan plan = SchedulePlan.compile(schedule, zone);
        final ScheduleOracle oracle = new ScheduleOracle(schedule, ZoneId.of(zone));
        final int[] seen = new int[Opening.values().length];
        for (long ms = YEAR_BEGIN; ms < YEAR_END; ms += stepMs) {
            final Opening expected = oracle.at(ms);
            if (plan.at(ms) != expected) {
                assertThat(plan.at(ms))
                        .as("zone=%s seed=%d at=%s rules=%s", zone, seed, Instant.ofEpochMilli(ms), schedule.rules())
                        .isEqualTo(expected);
            }
            seen[expected.compareTo(Opening.OPEN)]++;
        }
        assertThat(seen[0]).as("open minutes, seed=%d", seed).isPositive();
        assertThat(seen[1]).as("closed minutes, seed=%d", seed).isPositive();
        assertThat(seen[2]).as("holiday minutes, seed=%d", seed).isPositive();
    }

    /** Thirty rules of all kinds, thrown by a seed, and two that make sure that every answer occurs. */
    private static Schedule schedule(final long seed) {
        final RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        final List<ScheduleRule> rules = new ArrayList<>();
        final int newYear = (int) LocalDate.parse("2026-01-01").toEpochDay();
        for (int i = 0; i < 14; i++) {
            rules.add(rule(random, ScheduleRuleKind.WEEKLY, i % 7, ScheduleRule.NONE, ScheduleRule.NONE, i > 9));
        }
        for (int i = 0; i < 10; i++) {
            final int day = newYear + random.nextInt(365);
            rules.add(rule(random, ScheduleRuleKind.DATE, ScheduleRule.NONE, day, ScheduleRule.NONE, i % 3 == 0));
        }
        for (int i = 0; i < 6; i++) {
            final int day = newYear + random.nextInt(365);
            final int last = day + random.nextInt(12);
            rules.add(rule(random, ScheduleRuleKind.DATE_RANGE, ScheduleRule.NONE, day, last, i % 2 == 0));
        }
        return new Schedule(ResourceId.NIL, ResourceId.NIL, "hours", "", rules);
    }

    private static ScheduleRule rule(
            final RandomGenerator random,
            final ScheduleRuleKind kind,
            final int dow,
            final int startDay,
            final int endDay,
            final boolean closed) {
        final boolean allDay = (closed && kind != ScheduleRuleKind.WEEKLY) || random.nextInt(6) == 0;
        final int start = allDay ? ScheduleRule.NONE : random.nextInt(ScheduleRule.DAY_MINUTES);
        final int end = allDay ? ScheduleRule.NONE : random.nextInt(ScheduleRule.DAY_MINUTES + 1);
        return new ScheduleRule(kind, dow, start, end, startDay, endDay, closed);
    }
}
