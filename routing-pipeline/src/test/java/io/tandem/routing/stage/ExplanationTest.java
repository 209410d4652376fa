package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.Dimension;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void shouldSayWhatEveryStageConcludesAndTakeNothing() {
        final StageFixture call = new StageFixture(BASE + number("\"max_channels\":3"));
        call.decide();

        final Explanation explanation = call.stages.explain(call.request);

        assertThat(explanation.accepted()).isTrue();
        assertThat(explanation.target()).isEqualTo("pbx");
        assertThat(explanation.lines()).extracting(Explanation.Line::stage).endsWith(Stage.OUTBOUND, Stage.ADMIT_LEG);
        assertThat(explanation.lines()).allMatch(Explanation.Line::passed);
        assertThat(explanation.ceilings())
                .filteredOn(line -> line.dimension() == Dimension.NUMBER)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.now()).isEqualTo(1);
                    assertThat(line.limit()).isEqualTo(3);
                });
        assertThat(call.ledger.count(Dimension.NUMBER, call.decision.numberHigh(), call.decision.numberLow()))
                .isEqualTo(1);
        assertThat(call.request.dryRun).isFalse();
    }

    @Test
    void shouldNameTheCeilingThatWouldRefuse() {
        final StageFixture call = new StageFixture(BASE + number("\"max_channels\":1"));
        call.decide();

        final Explanation explanation = call.stages.explain(call.request);

        assertThat(explanation.status()).isEqualTo(486);
        assertThat(explanation.lines().getLast().passed()).isFalse();
        assertThat(explanation.lines().getLast().text()).isEqualTo("number ceiling 1 reached");
        assertThat(explanation.toString()).contains("admit-call refuse number-ceiling \"number ceiling 1 reached\"");
    }

    @Test
    void shouldExplainACallWithoutSource() {
        final StageFixture call = new StageFixture(BASE + number(""));
        call.request.sourceGiven = false;

        final Explanation explanation = call.stages.explain(call.request);

        assertThat(explanation.accepted()).isTrue();
        assertThat(explanation.lines().getFirst().rule()).isEqualTo(Rule.SOURCE_NOT_GIVEN);
    }

    @Test
    void shouldNameEveryRouteAndPolicyBelowItsStage() {
        final StageFixture call = new StageFixture(BASE + number("") + """
                {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","proxy":"127.0.0.8"}
                {"resource":"outbound-routes","account_id":"name:acme","match_prefix":"44","via":"trunk","trunk_id":"name:out"}
                {"resource":"outbound-routes","account_id":"name:acme","match_prefix":"33","via":"trunk","trunk_id":"name:out"}
                {"resource":"policies/acl-rules","account_id":"name:acme","rule_type":"ip_deny","value":"127.0.0.9/32"}
                {"resource":"policies/geo-policies","account_id":"name:acme","mode":"denylist","countries":["FR"]}
                """);
        call.from(StageFixture.PBX_ADDRESS, "12025550123", "442071838750");

        final Explanation explanation = call.stages.explain(call.request);

        assertThat(explanation.accepted()).isTrue();
        assertThat(explanation.considered())
                .extracting(
                        rule -> rule.stage().word() + " " + rule.id().replaceFirst("_.*", "") + " " + rule.finding())
                .containsExactly(
                        "screen tr 127.0.0.3/32 holds the source address",
                        "identify acl for other addresses",
                        "outbound geo lets the call pass",
                        "outbound route candidate",
                        "outbound route for other numbers");
        final String text = explanation.toString();
        assertThat(text.indexOf("\n  acl_")).isBetween(text.indexOf("\nidentify"), text.indexOf("\ntransform"));
        assertThat(text.indexOf("\n  route_")).isGreaterThan(text.indexOf("\noutbound"));
    }
}
