package io.tandem.routing.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.flow.GraphText;
import io.tandem.routing.model.Fields;
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
    @DisplayName("what is restored was made when it was made first, and changed now")
    void shouldRestoreWhenAResourceWasMade() {
        final Edit put = put("{'account_id':'name:acme','name':'main','created_us':5,'graph':" + PLAIN.json() + "}");
        for (final boolean restores : new boolean[] {false, true}) {
            final ChangeCheck.Checked checked = ChangeCheck.check(
                    configuration, new ChangeRequest("test", "put", List.of(put), restores), 7, () -> FLOW);

            assertThat(checked.resources().getFirst().createdUs()).isEqualTo(restores ? 5 : 0);
            assertThat(checked.resources().getFirst().updatedUs()).isEqualTo(7);
        }
    }

    @Test
    void shouldGoBackToWhatWasPublished() {
        final byte[] first = configuration.resource(ResourceKind.FLOWS, FLOW.high(), FLOW.low());
        apply(put("{'account_id':'name:acme','name':'main','graph':" + PLAIN.json() + "}"));
        publish();
        final ObjectNode fields = ResourceReader.object(first, 0, first.length);
        fields.remove(List.of(Fields.CREATED_US, Fields.UPDATED_US));
        final Edit edit = Edit.put(ResourceKind.FLOWS, FLOW, fields, "");

        apply(check(new ChangeRequest("test", "rollback", List.of(edit), true)));

        assertThat(flow().version()).isEqualTo(1);
        assertThat(plan().nodeCount()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAnIdentifierThatIsNone() {
        assertThat(check(new ChangeRequest(
                                "test",
                                "apply",
                                List.of(new Edit(
                                        ResourceKind.FLOWS,
                                        null,
                                        fields("{'id':'tr_1','account_id':'name:acme','name':'main','graph':"
                                                + PLAIN.json() + "}"),
                                        "",
                                        false))))
                        .refusal()
                        .problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.field() + problem.value()).isEqualTo("idtr_1"));
    }

    @Test
    void shouldRefuseToDeleteWhatTheSameChangeEdits() {
        final Edit put = put("{'account_id':'name:acme','name':'main','graph':" + PLAIN.json() + "}");
        final Edit delete = Edit.delete(ResourceKind.FLOWS, FLOW, "");
        for (final List<Edit> edits : List.of(List.of(put, delete), List.of(delete, put), List.of(delete, delete))) {
            assertThat(check(new ChangeRequest("test", "apply", edits))
                            .refusal()
                            .problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.rule()).isEqualTo("is edited twice in one change"));
        }
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
        return Edit.put(ResourceKind.FLOWS, FLOW, fields(fields), "");
    }

    private static ObjectNode fields(final String fields) {
        final byte[] json = fields.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ResourceReader.object(json, 0, json.length);
    }

    private ChangeCheck.Checked check(final Edit edit) {
        return check(new ChangeRequest("test", "edit", List.of(edit)));
    }

    private ChangeCheck.Checked check(final ChangeRequest request) {
        return ChangeCheck.check(configuration, request, 7, () -> new ResourceId(9, 9));
    }

    private void apply(final Edit edit) {
        apply(check(edit));
    }

    private void apply(final ChangeCheck.Checked checked) {
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
