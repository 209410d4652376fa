package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.flow.GraphText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowResourceTest {
    private static final GraphText FIRST = new GraphText()
            .node("in", "entry")
            .node("bye", "hangup", "'sipCode':486")
            .edge("in", "bye");
    private static final GraphText SECOND = new GraphText()
            .node("in", "entry")
            .node("hello", "say", "'text':'hello'")
            .node("bye", "hangup")
            .edge("in", "hello")
            .edge("hello", "bye");

    private final Problems problems = new Problems(100);

    @Test
    @DisplayName("R-058 a flow has a name, which no other of its account has")
    void shouldHaveAName() {
        final Flow flow = FIRST.draft();
        assertThat(flow.name()).isEqualTo("main");
        assertThat(flow.names()).containsExactly(UniqueName.within(ResourceKind.FLOWS, flow.accountId(), "main"));
        GraphText.read("{'graph':" + FIRST.json() + "}", problems);
        assertThat(problems.kept()).extracting(Problem::field).containsExactly("name");
    }

    @Test
    @DisplayName("R-059 the version counts publications, and nothing else moves it")
    void shouldCountPublications() {
        final Flow draft = FIRST.draft();
        assertThat(draft.version()).isZero();
        final Flow once = draft.publish(problems);
        assertThat(once.version()).isEqualTo(1);
        final Flow edited = edited(once, SECOND);
        assertThat(edited.version()).isEqualTo(1);
        assertThat(edited.withdraw().version()).isEqualTo(1);
        assertThat(edited.publish(problems).version()).isEqualTo(2);
        assertThat(edited.withdraw().publish(problems).version()).isEqualTo(2);
        assertThat(problems.isEmpty()).isTrue();
        assertThat(draft.readOnlyFields()).containsExactly("version", "is_published", "published_graph");
    }

    @Test
    @DisplayName("R-060 is_published is 0 or 1, and calls are led through published flows only")
    void shouldLoadPublishedFlowsOnly() {
        final Flow draft = FIRST.draft();
        assertThat(text(draft)).contains("\"is_published\":0").doesNotContain("published_graph");
        assertThat(FlowPlan.compile(draft)).isNull();
        final Flow published = draft.publish(problems);
        assertThat(text(published)).contains("\"is_published\":1");
        assertThat(FlowPlan.compile(published)).isNotNull();
        assertThat(FlowPlan.compile(published.withdraw())).isNull();
        assertThat(text(published.withdraw())).contains("\"is_published\":0").doesNotContain("published_graph");
        GraphText.read("{'name':'x','is_published':2}", problems);
        assertThat(problems.kept()).extracting(Problem::field).containsExactly("is_published");
    }

    @Test
    @DisplayName("R-061 the graph is JSON of nodes and edges, kept as it is given")
    void shouldKeepTheGraph() {
        final String graph = "{'nodes':[{'id':'in','type':'step','position':{'x':1.5,'y':-2},'data':{'kind':'entry',"
                + "'trigger':'api'}}],'edges':[],'start':'in'}";
        final Flow flow = GraphText.read("{'name':'main','graph':" + graph + "}", problems);
        assertThat(problems.kept()).isEmpty();
        assertThat(text(flow)).contains("\"graph\":" + graph.replace('\'', '"'));
        assertThat(new String(ResourceReader.flow(flow.json()).json(), StandardCharsets.UTF_8))
                .isEqualTo(text(flow));
    }

    @Test
    @DisplayName("R-062 an edited draft changes nothing for calls until it is published")
    void shouldKeepDraftsAwayFromCalls() {
        final Flow published = FIRST.draft().publish(problems);
        final Flow edited = edited(published, SECOND);
        assertThat(edited.graph()).isNotEqualTo(published.graph());
        assertThat(edited.publishedGraph()).isEqualTo(published.publishedGraph());
        assertThat(FlowPlan.compile(edited).nodeCount()).isEqualTo(2);
        assertThat(FlowPlan.compile(edited.publish(problems)).nodeCount()).isEqualTo(3);
    }

    @Test
    void shouldSurviveStorage() {
        final Flow published = edited(FIRST.draft().publish(problems), SECOND);
        final Flow read = ResourceReader.flow(published.json());
        assertThat(read).isEqualTo(published);
        assertThat(read.json()).isEqualTo(published.json());
    }

    @Test
    void shouldTakeTheDraftForWhatIsPublishedWhereAFileDoesNotSay() {
        final Flow flow = GraphText.read("{'name':'main','is_published':1,'graph':" + FIRST.json() + "}", problems);
        assertThat(problems.kept()).isEmpty();
        assertThat(flow.version()).isEqualTo(1);
        assertThat(flow.publishedGraph()).isEqualTo(flow.graph()).isNotSameAs(flow.graph());
    }

    @Test
    void shouldRefuseWhatIsPublishedBesideAFlowThatIsNot() {
        GraphText.read("{'name':'main','graph':{},'published_graph':" + FIRST.json() + "}", problems);
        assertThat(problems.kept()).extracting(Problem::field).containsExactly("published_graph");
    }

    @Test
    void shouldCheckBothGraphs() {
        GraphText.read(
                "{'name':'main','is_published':1,'graph':{'moon':1},'published_graph':{'nodes':[],'edges':[]}}",
                problems);
        assertThat(problems.kept()).extracting(Problem::field).containsExactly("graph.moon", "published_graph.nodes");
    }

    @Test
    void shouldNotPublishBeyondTheLastVersion() {
        final Flow flow = GraphText.read(
                "{'name':'main','version':1000000000,'is_published':1,'graph':" + FIRST.json() + "}", problems);
        assertThat(problems.isEmpty()).isTrue();
        assertThat(flow.publish(problems)).isNull();
        assertThat(problems.kept()).extracting(Problem::field).containsExactly("version");
    }

    @Test
    void shouldNoteWhatTheGraphRefersToAndStoreIdentifiers() {
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("hours", "timeCondition", "'scheduleId':'name:office'")
                .node("pbx", "route", "'dest_kind':'trunk','dest_id':'name:pbx'")
                .edge("in", "hours")
                .edge("hours", "pbx");
        final ResourceId schedule = new ResourceId(7, 1);
        final ResourceId trunk = new ResourceId(7, 2);
        final Fields trusting = GraphText.fields("{'name':'main','graph':" + graph.json() + "}", problems, problems);
        final ResourceId account = Flow.read(trusting).accountId();
        final References names = (kind, text, owner) -> switch (text) {
            case "name:office" -> kind == ResourceKind.SCHEDULES && owner.equals(account) ? schedule : null;
            case "name:pbx" -> kind == ResourceKind.TRUNKS ? trunk : null;
            default -> References.TRUSTING.find(kind, text, owner);
        };
        final byte[] json = ("{\"account_id\":\"acc_" + GraphText.ULID + "\",\"name\":\"main\",\"graph\":"
                        + graph.json() + "}")
                .getBytes(StandardCharsets.UTF_8);
        final Problems none = new Problems(10);
        final Fields fields =
                new Fields(ResourceReader.object(json, 0, json.length), "flows", 3, names, none, new Problems(10));
        final Flow flow = Flow.read(fields);

        assertThat(none.kept()).isEmpty();
        assertThat(fields.found())
                .contains(
                        new Reference("graph.nodes[hours].data.scheduleId", ResourceKind.SCHEDULES, schedule),
                        new Reference("graph.nodes[pbx].data.dest_id", ResourceKind.TRUNKS, trunk));
        assertThat(text(flow))
                .contains("\"scheduleId\":\"" + schedule.prefixed("sch_") + "\"")
                .contains("\"dest_id\":\"" + trunk.prefixed("tr_") + "\"")
                .doesNotContain("name:office");
    }

    @Test
    void shouldNameAReferenceThatLeadsNowhere() {
        final GraphText graph =
                new GraphText().node("hours", "timeCondition", "'scheduleId':'tr_" + GraphText.ULID + "'");
        GraphText.read("{'name':'main','graph':" + graph.json() + "}", problems);
        assertThat(problems.kept()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("graph.nodes[hours].data.scheduleId");
            assertThat(problem.rule()).isEqualTo("names nothing among the schedules");
        });
    }

    private static Flow edited(final Flow flow, final GraphText draft) {
        final String before = text(flow);
        final int start = before.indexOf("\"graph\":");
        final int end = before.indexOf(",\"published_graph\":");
        final byte[] after = (before.substring(0, start) + "\"graph\":" + draft.json() + before.substring(end))
                .getBytes(StandardCharsets.UTF_8);
        return ResourceReader.flow(after);
    }

    private static String text(final Flow flow) {
        return new String(flow.json(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldDescribeItselfWhole() {
        assertThat(ResourceKind.FLOWS.fields())
                .extracting(FieldRule::name)
                .isEqualTo(List.of("account_id", "name", "id", "version", "is_published", "graph", "published_graph"));
    }
}
