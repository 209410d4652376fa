package io.tandem.routing.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Schedule;
import io.tandem.routing.schedule.ComingHours.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComingHoursTest {
    private static SchedulePlan plan(final String rules) {
        final Schedule schedule = ResourceReader.schedule(
                ("{\"account_id\":\"acc_00000000000000000000000001\",\"name\":\"s\",\"rules\":[" + rules + "]}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));
        return SchedulePlan.compile(schedule, "Europe/Berlin");
    }

    @Test
    void shouldTellOpenClosedAndHolidayInTurn() {
        final List<Span> spans = ComingHours.of(
                plan("{'kind':'weekly','dow':4,'start_time':'09:00','end_time':'17:00'},"
                        + "{'kind':'weekly','dow':5,'start_time':'09:00','end_time':'17:00'},"
                        + "{'kind':'date','start_date':'2026-12-25','is_closed':1}"),
                Instant.parse("2026-12-24T11:00:30Z"),
                2);

        assertThat(spans)
                .containsExactly(
                        new Span(at("2026-12-24T11:00"), at("2026-12-24T16:00"), Opening.OPEN),
                        new Span(at("2026-12-24T16:00"), at("2026-12-24T23:00"), Opening.CLOSED),
                        new Span(at("2026-12-24T23:00"), at("2026-12-25T23:00"), Opening.HOLIDAY),
                        new Span(at("2026-12-25T23:00"), at("2026-12-26T11:00"), Opening.CLOSED));
    }

    @Test
    void shouldSeeTheClocksChange() {
        final Instant from = at("2026-10-24T10:00");
        assertThat(ComingHours.clockChanges(ZoneId.of("Europe/Berlin"), from, 2))
                .containsExactly(at("2026-10-25T01:00"));
        assertThat(ComingHours.clockChanges(ZoneId.of("UTC"), from, 366)).isEmpty();

        final List<Span> nights = ComingHours.of(
                plan("{'kind':'weekly','dow':0,'start_time':'01:00','end_time':'04:00'}"), from, 2);
        assertThat(nights).filteredOn(span -> span.opening() == Opening.OPEN).singleElement().satisfies(
                span -> assertThat(Duration.between(span.from(), span.to())).isEqualTo(Duration.ofHours(4)));
    }

    private static Instant at(final String minute) {
        return Instant.parse(minute + ":00Z");
    }
}
