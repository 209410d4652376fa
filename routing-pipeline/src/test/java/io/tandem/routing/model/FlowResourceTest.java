package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.flow.GraphText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void shouldCompileFromStorageWhatIsPublished() {
        final Flow published = edited(FIRST.draft().publish(problems), SECOND);
        final FlowPlan plan = FlowPlan.of(published.json());
        assertThat(plan.nodeCount()).isEqualTo(2);
        assertThat(plan.version()).isEqualTo(1);
        assertThat(new ResourceId(plan.idHigh(), plan.idLow())).isEqualTo(published.id());
        assertThat(FlowPlan.of(published.withdraw().json())).isNull();
        assertThat(FlowPlan.of(new byte[] {'{'})).isNull();
        assertThat(FlowPlan.of("{\"published_graph\":{}}".getBytes(StandardCharsets.UTF_8)))
                .isNull();
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

    @ParameterizedTest
    @DisplayName("R-062 writing over a flow edits its draft, whatever the request says of what is published")
    @ValueSource(
            strings = {
                "",
                "'version':1,",
                "'version':7,'is_published':1,",
                "'is_published':1,",
                "'version':1,'is_published':1,",
                "'version':1,'is_published':1,'published_graph':%s,",
                "'version':0,'is_published':0,"
            })
    void shouldKeepWhatIsPublishedWhenTheDraftIsWritten(final String fields) {
        final Flow before = FIRST.draft().publish(problems);
        final Flow written = GraphText.read(
                "{'name':'main'," + fields.replace("%s", SECOND.json()) + "'graph':" + SECOND.json() + "}", problems);
        assertThat(problems.kept()).isEmpty();
        final Flow after = (Flow) written.succeeding(before);
        assertThat(after.graph()).isEqualTo(written.graph());
        assertThat(after.version()).isEqualTo(1);
        assertThat(after.published()).isTrue();
        assertThat(after.publishedGraph()).isEqualTo(before.publishedGraph());
    }

    @Test
    void shouldLetPublishingAndWithdrawingThrough() {
        final Flow before = FIRST.draft().publish(problems);
        final Flow again = edited(before, SECOND).publish(problems);
        assertThat(again.succeeding(before)).isSameAs(again);
        assertThat(before.withdraw().succeeding(before)).isEqualTo(before.withdraw());
        assertThat(again.succeeding(before.withdraw())).isSameAs(again);
        final Flow first = FIRST.draft();
        assertThat(first.publish(problems).succeeding(first).names()).isEqualTo(first.names());
        assertThat(((Flow) first.publish(problems).succeeding(first)).version()).isEqualTo(1);
        assertThat(problems.isEmpty()).isTrue();
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

    @Test
    void shouldNotRouteToTrunksThatTakeNoCalls() {
        final String trunk = "{'resource':'trunks','account_id':'name:acme','name':'in','direction':'inbound'}";
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("over", "route", "'dest_kind':'trunk','dest_id':'name:in'")
                .edge("in", "over");
        final String lines = "{'resource':'accounts','name':'acme'}\n" + trunk
                + "\n{'resource':'flows','account_id':'name:acme','name':'main','is_published':%d,'graph':"
                + graph.json()
                + "}";
        InMemoryConfiguration.of("draft", 1, lines.replace("%d", "0").replace('\'', '"'));
        assertThatThrownBy(() -> InMemoryConfiguration.of(
                        "published", 1, lines.replace("%d", "1").replace('\'', '"')))
                .hasMessageContaining("has a node that leads to a trunk which takes no calls: node=over");
    }

    @Test
    void shouldNameWhatIsWrongWithAnImportedGraph() {
        assertThatThrownBy(() -> InMemoryConfiguration.of("broken", 1, """
                {"resource":"accounts","name":"acme"}
                {"resource":"flows","account_id":"name:acme","name":"main","is_published":1,"graph":{"nodes":[]}}
                """))
                .hasMessageContaining("line 2: resource=flows field=graph.nodes")
                .hasMessageContaining("must have an entry node; add a node of kind entry");
    }

    @Test
    void shouldImportFlowsThatReferToEachOther() {
        final String lines = """
                {'resource':'flows','account_id':'name:acme','name':'a','is_published':1,'graph':%s}
                {'resource':'flows','account_id':'name:acme','name':'b','is_published':1,'graph':%s}
                {'resource':'accounts','name':'acme'}
                """.formatted(leadsTo("b"), leadsTo("a")).replace('\'', '"');
        final InMemoryConfiguration configuration = InMemoryConfiguration.of("x", 1, lines);
        final List<FlowPlan> plans = new ArrayList<>();
        configuration.forEach(ResourceKind.FLOWS, (high, low, json) -> plans.add(FlowPlan.of(json)));
        assertThat(plans).hasSize(2).doesNotContainNull();
        assertThat(FlowPlan.of(null)).isNull();
    }

    private static String leadsTo(final String name) {
        return new GraphText()
                .node("in", "entry")
                .node("over", "route", "'dest_kind':'flow','dest_id':'name:" + name + "'")
                .edge("in", "over")
                .json();
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
