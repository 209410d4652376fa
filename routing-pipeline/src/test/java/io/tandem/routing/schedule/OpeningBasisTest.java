package io.tandem.routing.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningBasisTest {
    private static final ResourceId ID =
            ResourceId.parse("sch_01jzzzzzzzzzzzzzzzzzzzzzz1", ResourceKind.SCHEDULES.prefix());

    private final SchedulePlan schedule =
            RoutingPlans.of(InMemoryConfiguration.of("test", 1, """
                    {"resource":"accounts","name":"acme"}
                    {"resource":"schedules","account_id":"name:acme","id":"sch_01jzzzzzzzzzzzzzzzzzzzzzz1","name":"hours",\
                    "timezone":"UTC","rules":[\
                    {"kind":"weekly","dow":1,"start_time":"22:00","end_time":"06:00"},\
                    {"kind":"weekly","dow":3,"start_time":"12:00","end_time":"13:00","is_closed":1},\
                    {"kind":"date","start_date":"2026-12-25","is_closed":1},\
                    {"kind":"date_range","start_date":"2026-08-03","end_date":"2026-08-07","start_time":"10:00","end_time":"11:00"}]}
                    """)).schedule(ID.high(), ID.low());

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T23:00:00Z,OPEN,WEEKLY",
        "2026-03-03T05:00:00Z,OPEN,DAY_BEFORE",
        "2026-03-03T07:00:00Z,CLOSED,NO_RULE",
        "2026-03-04T12:30:00Z,CLOSED,WEEKLY",
        "2026-12-25T12:00:00Z,HOLIDAY,DATE",
        "2026-08-04T10:30:00Z,OPEN,DATE_RANGE",
        "2026-08-04T12:00:00Z,CLOSED,NO_RULE"
    })
    void shouldNameTheKindOfRuleThatDecides(final Instant at, final Opening opening, final OpeningBasis basis) {
        assertThat(schedule.at(at.toEpochMilli())).isEqualTo(opening);
        assertThat(schedule.basis(at.toEpochMilli())).isEqualTo(basis);
    }
}
