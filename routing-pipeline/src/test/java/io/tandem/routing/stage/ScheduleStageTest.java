package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleStageTest {
    private static final String OTHERS = """
            {"resource":"trunks","account_id":"name:acme","name":"night","proxy":"127.0.0.4"}
            {"resource":"trunks","account_id":"name:acme","name":"feast","proxy":"127.0.0.5"}
            {"resource":"schedules","account_id":"name:acme","name":"hours","rules":[\
            {"kind":"weekly","dow":1,"start_time":"09:00","end_time":"17:00"},\
            {"kind":"date","start_date":"2026-12-28","is_closed":1}]}
            """;
    private static final String SCHEDULED = "\"schedule_id\":\"name:hours\"";
    private static final String CLOSED = ",\"closed_dest_kind\":\"trunk\",\"closed_dest_id\":\"name:night\"";
    private static final String HOLIDAY = ",\"holiday_dest_kind\":\"trunk\",\"holiday_dest_id\":\"name:feast\"";
    private static final String MONDAY_NOON = "2026-03-02T12:00:00Z";
    private static final String MONDAY_NIGHT = "2026-03-02T23:00:00Z";
    private static final String FEAST_DAY = "2026-12-28T12:00:00Z";

    @ParameterizedTest
    @DisplayName("N-057..N-063 the target for the hours, and what takes its place when it is unset")
    @CsvSource({
        "closed and holiday," + MONDAY_NOON + ",SCHEDULE_OPEN,pbx",
        "closed and holiday," + MONDAY_NIGHT + ",SCHEDULE_CLOSED,night",
        "closed and holiday," + FEAST_DAY + ",SCHEDULE_HOLIDAY,feast",
        "closed," + FEAST_DAY + ",HOLIDAY_AS_CLOSED,night",
        "holiday," + MONDAY_NIGHT + ",CLOSED_WITHOUT_TARGET,pbx",
        "none," + FEAST_DAY + ",HOLIDAY_WITHOUT_TARGET,pbx",
        "none," + MONDAY_NIGHT + ",CLOSED_WITHOUT_TARGET,pbx"
    })
    void shouldChooseTheTargetForTheHours(
            final String targets, final String instant, final Rule rule, final String trunk) {
        final String fields =
                SCHEDULED + (targets.contains("closed") ? CLOSED : "") + (targets.contains("holiday") ? HOLIDAY : "");
        final StageFixture call = new StageFixture(BASE + OTHERS + number(fields));

        assertThat(call.at(instant).decide()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo(trunk);
        assertThat(call.stages.counts().count(rule)).isEqualTo(1);
        assertThat(call.decision.scheduleLow()).isNotZero();
    }

    @Test
    @DisplayName("N-024 over the ceiling a call is refused before the hours are asked")
    void shouldAskCeilingsBeforeHours() {
        final StageFixture call = new StageFixture(BASE + OTHERS + number(SCHEDULED + ",\"max_channels\":0"));
        assertThat(call.at(MONDAY_NIGHT).decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_CEILING);
    }

    @Test
    @DisplayName("N-070 closed hours may hang up, and then nothing is held")
    void shouldHangUpOutOfHours() {
        final StageFixture call =
                new StageFixture(BASE + OTHERS + number(SCHEDULED + ",\"closed_dest_kind\":\"hangup\""));
        assertThat(call.at(MONDAY_NIGHT).decide()).isFalse();
        assertThat(call.decision.status()).isEqualTo(603);
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    @DisplayName("N-064 N-067 a schedule that is missing counts as open, and the rule is counted")
    void shouldFailOpenWithoutSchedule() {
        final StageFixture call = new StageFixture(BASE + OTHERS + number(SCHEDULED + CLOSED));
        final NumberRow row = row(call);
        call.stages.use(edited(call, ResourceKind.SCHEDULES, row.scheduleHigh, row.scheduleLow, null));

        assertThat(call.at(MONDAY_NIGHT).decide()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        assertThat(call.stages.counts().count(Rule.SCHEDULE_MISSING)).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("N-065 a schedule that cannot be read, has no rules, or no zone counts as open")
    @CsvSource(
            delimiter = '|',
            value = {
                "{",
                "{\"account_id\":\"acc_00000000000000000000000001\",\"name\":\"hours\",\"rules\":[]}",
                "{\"name\":1}",
                "{\"account_id\":\"acc_00000000000000000000000001\",\"name\":\"h\",\"timezone\":\"Mars/X\",\"rules\":[{\"kind\":\"weekly\",\"dow\":1}]}"
            })
    void shouldFailOpenOnABrokenSchedule(final String json) {
        final StageFixture call = new StageFixture(BASE + OTHERS + number(SCHEDULED + CLOSED));
        final NumberRow row = row(call);
        call.stages.use(edited(
                call,
                ResourceKind.SCHEDULES,
                row.scheduleHigh,
                row.scheduleLow,
                json.getBytes(StandardCharsets.UTF_8)));

        assertThat(call.at(MONDAY_NIGHT).decide()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        assertThat(call.stages.counts().count(Rule.SCHEDULE_BROKEN)).isEqualTo(1);
    }

    @Test
    @DisplayName("N-066 a target for closed hours that is gone gives way to the normal one")
    void shouldFailOpenOnADanglingOverride() {
        final StageFixture call = new StageFixture(BASE + OTHERS + number(SCHEDULED + CLOSED));
        final NumberRow row = row(call);
        call.stages.use(edited(call, ResourceKind.TRUNKS, row.closedHigh, row.closedLow, null));

        assertThat(call.at(MONDAY_NIGHT).decide()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        assertThat(call.stages.counts().count(Rule.OVERRIDE_DANGLING)).isEqualTo(1);
        assertThat(TargetKind.ofCode(row.closedKind)).isEqualTo(TargetKind.TRUNK);
    }

    private static NumberRow row(final StageFixture call) {
        final NumberRow row = new NumberRow();
        assertThat(call.stages.configuration().number(12025550123L, row)).isTrue();
        return row;
    }

    private static OverlaidConfiguration edited(
            final StageFixture call, final ResourceKind kind, final long high, final long low, final byte[] json) {
        return OverlaidConfiguration.over(call.stages.configuration())
                .with(List.of(new ResourceEdit(kind, new ResourceId(high, low), json)), 8);
    }
}
