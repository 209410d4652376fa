package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.RecordingMode;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.Recording;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whether a call that was accepted is to be recorded. */
class RecordingStageTest {
    private static final String OUT = """
            {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","provider":"carrier","proxy":"127.0.0.7"}
            """;

    private static String rule(final String more) {
        return "{\"resource\":\"policies/recording-rules\",\"account_id\":\"name:acme\"," + more + "}\n";
    }

    private static Recording recording(final StageFixture call) {
        assertThat(call.decideAnother()).as(call.reason()).isTrue();
        return call.decision.recording();
    }

    @Test
    @DisplayName("R-162 a call is recorded as the rule for its direction says, in stereo or not; without any it is not")
    void shouldRecordByDirection() {
        final StageFixture call = new StageFixture(BASE
                + OUT
                + number("")
                + rule("\"direction\":\"in\",\"mode\":\"on\",\"stereo\":1")
                + rule("\"direction\":\"out\",\"mode\":\"on_demand\""));

        assertThat(recording(call).mode()).isEqualTo(RecordingMode.ON);
        assertThat(call.decision.recording().stereo()).isTrue();
        call.from(PBX_ADDRESS, "12025550123", "442071838750");
        assertThat(recording(call).mode()).isEqualTo(RecordingMode.ON_DEMAND);
        assertThat(call.decision.recording().stereo()).isFalse();
        call.from(PBX_ADDRESS, "12025550123", "12025550123");
        assertThat(recording(call)).as("internal").isEqualTo(Recording.NO_RULE);
        assertThat(recording(new StageFixture(BASE + number("")))).isEqualTo(Recording.NO_RULE);
    }

    @Test
    @DisplayName("R-162 a rule of the number comes before that of its account, and a refused call is not recorded")
    void shouldAskTheNumberFirst() {
        final StageFixture call = new StageFixture(BASE
                + number("\"max_channels\":1")
                + rule("\"mode\":\"on\"")
                + rule("\"scope_kind\":\"did\",\"scope_id\":\"name:12025550123\",\"mode\":\"off\""));

        assertThat(recording(call).mode()).isEqualTo(RecordingMode.OFF);
        assertThat(call.decision.recording().rule().isNil()).isFalse();
        assertThat(call.decideAnother()).isFalse();
        assertThat(call.decision.recording()).isEqualTo(Recording.NO_RULE);
    }

    @Test
    @DisplayName("R-166 a call with a number on a dnr list is not recorded, whichever way it goes")
    void shouldNotRecordWhoIsOnAList() {
        final StageFixture call = new StageFixture(BASE + OUT + number("") + rule("\"mode\":\"on\"") + """
                        {"resource":"policies/phone-lists","account_id":"name:acme","kind":"dnr","entries":["12025550100","44*"]}
                        """);

        assertThat(recording(call).mode()).isEqualTo(RecordingMode.OFF);
        assertThat(recording(call.from(CARRIER_ADDRESS, "12025550101", "12025550123"))
                        .mode())
                .isEqualTo(RecordingMode.ON);
        assertThat(recording(call.from(PBX_ADDRESS, "12025550123", "442071838750"))
                        .mode())
                .isEqualTo(RecordingMode.OFF);
        assertThat(recording(call.from(PBX_ADDRESS, "12025550123", "493012345")).mode())
                .isEqualTo(RecordingMode.ON);
    }

    @Test
    void shouldExplainWhatWasConsideredForARecording() {
        final StageFixture call = new StageFixture(BASE
                + number("")
                + rule("\"direction\":\"in\",\"mode\":\"on\"")
                + rule("\"direction\":\"out\",\"mode\":\"on\""));

        final Explanation explanation = call.stages.explain(call.request);

        final List<Explanation.Considered> considered = explanation.considered().stream()
                .filter(rule -> rule.stage() == Stage.CALL)
                .toList();
        assertThat(considered)
                .extracting(Explanation.Considered::finding)
                .containsExactlyInAnyOrder(Finding.DECIDES.text(), Finding.OTHER_DIRECTION.text());
        assertThat(considered).allSatisfy(rule -> assertThat(rule.id()).startsWith("rec_"));
        assertThat(explanation.toString()).contains("\n  rec_").endsWith("\n");
        assertThat(call.decision.recording()).isEqualTo(Recording.NO_RULE);
        call.decideAnother();
        assertThat(call.stages.explain(call.request).considered())
                .as("nothing is left over from the call before")
                .isEqualTo(explanation.considered());
    }
}
