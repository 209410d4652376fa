package io.tandem.routing.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.flow.GraphText;
import io.tandem.routing.model.Flow;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Flows as the engine of changes treats them. */
class FlowChangeTest {
    private static final ResourceId FLOW = new ResourceId(3, 1);
    private static final ResourceId SCHEDULE = new ResourceId(3, 2);
    private static final GraphText BY_HOURS = new GraphText()
            .node("in", "entry")
            .node("hours", "timeCondition", "'scheduleId':'name:hours'")
            .node("bye", "hangup")
            .edge("in", "hours")
            .edge("hours", "bye");
    private static final GraphText PLAIN =
            new GraphText().node("in", "entry").node("bye", "hangup").edge("in", "bye");

    private OverlaidConfiguration configuration =
            OverlaidConfiguration.over(InMemoryConfiguration.of("x", 1, """
            {"resource":"accounts","name":"acme"}
            {"resource":"schedules","id":"%s","account_id":"name:acme","name":"hours","rules":[{"kind":"weekly","dow":1}]}
            {"resource":"flows","id":"%s","account_id":"name:acme","name":"main","is_published":1,"graph":%s}
            """.formatted(
                    SCHEDULE.prefixed(ResourceKind.SCHEDULES), FLOW.prefixed(ResourceKind.FLOWS), BY_HOURS.json())));

    @Test
    @DisplayName("R-059 R-062 a draft that is written changes what calls follow only when it is published")
    void shouldKeepCallsOnWhatIsPublished() {
        apply(put("{'account_id':'name:acme','name':'main','graph':" + PLAIN.json() + "}"));
        assertThat(flow().version()).isEqualTo(1);
        assertThat(plan().nodeCount()).isEqualTo(3);

        publish();
        assertThat(flow().version()).isEqualTo(2);
        assertThat(plan().nodeCount()).isEqualTo(2);
    }

    @Test
    void shouldHoldOnToWhatAGraphRefersTo() {
        final Edit delete = Edit.delete(ResourceKind.SCHEDULES, SCHEDULE, "");
        assertThat(check(delete).refusal()).satisfies(refusal -> {
            assertThat(refusal.outcome()).isEqualTo(Outcome.REFERRED_TO);
            assertThat(refusal.referrers()).containsExactly(new ChangeResult.Referrer(ResourceKind.FLOWS, FLOW));
        });

        apply(put("{'account_id':'name:acme','name':'main','graph':" + PLAIN.json() + "}"));
        assertThat(check(delete).refusal()).as("calls still follow it").isNotNull();

        publish();
        assertThat(check(delete).refusal()).isNull();
    }

    @Test
    void shouldNameProblemsOfTheGraphWithTheNode() {
        final ChangeCheck.Checked checked = check(put("{'account_id':'name:acme','name':'main','graph':"
                + new GraphText()
                        .node("hours", "timeCondition", "'scheduleId':'name:moon'")
                        .json() + "}"));
        assertThat(checked.refusal().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(checked.refusal().problems()).singleElement().satisfies(problem -> assertThat(problem.field())
                .isEqualTo("graph.nodes[hours].data.scheduleId"));
    }

    private void publish() {
        final Problems problems = new Problems(10);
        final Flow published = flow().publish(problems);
        assertThat(problems.kept()).isEmpty();
        apply(put(new String(published.json(), StandardCharsets.UTF_8)));
    }

    private static Edit put(final String fields) {
        final byte[] json = fields.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        final ObjectNode object = ResourceReader.object(json, 0, json.length);
        return Edit.put(ResourceKind.FLOWS, FLOW, object, "");
    }

    private ChangeCheck.Checked check(final Edit edit) {
        return ChangeCheck.check(
                configuration, new ChangeRequest("test", "edit", List.of(edit)), 7, () -> new ResourceId(9, 9));
    }

    private void apply(final Edit edit) {
        final ChangeCheck.Checked checked = check(edit);
        assertThat(checked.refusal()).isNull();
        configuration = configuration.with(
                checked.transitions().stream()
                        .map(change -> new ResourceEdit(change.kind(), change.id(), change.after()))
                        .toList(),
                configuration.revision() + 1);
    }

    private Flow flow() {
        return ResourceReader.flow(configuration.resource(ResourceKind.FLOWS, FLOW.high(), FLOW.low()));
    }

    private FlowPlan plan() {
        return FlowPlan.of(configuration.resource(ResourceKind.FLOWS, FLOW.high(), FLOW.low()));
    }
}
