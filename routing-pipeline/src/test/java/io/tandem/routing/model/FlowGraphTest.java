package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tandem.routing.flow.GraphText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What drafts may be, and what graphs must be to run. */
class FlowGraphTest {
    private final Problems problems = new Problems(10_000);
    private final Problems warnings = new Problems(100);

    @Test
    void shouldTakeUnfinishedDrafts() {
        draft("{}");
        draft("{'nodes':[],'edges':[]}");
        draft("{'nodes':[{'id':'a'},{'id':'b','data':{}},{'id':'c','data':{'kind':'menu'}}],"
                + "'edges':[{'source':'a'},{'id':'x','source':'b','target':'gone'}]}");
        for (final FlowNodeKind kind : FlowNodeKind.values()) {
            draft("{'nodes':[{'id':'a','data':{'kind':'" + kind.word() + "'}}]}");
        }
        assertThat(problems.kept()).isEmpty();
    }

    @Test
    void shouldKeepAnUnknownKindInADraftAndRefuseToPublishIt() {
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("x", "teleport", "'to':'moon'")
                .edge("in", "x");
        draft(graph.json());
        assertThat(problems.kept()).isEmpty();
        assertThat(warnings.kept()).singleElement().satisfies(warning -> assertThat(warning.field())
                .isEqualTo("graph.nodes[x].data.kind"));
        assertThat(graph.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("graph.nodes[x].data.kind");
            assertThat(problem.value()).isEqualTo("teleport");
            assertThat(problem.rule())
                    .startsWith("must be one of")
                    .contains(Arrays.stream(FlowNodeKind.values())
                            .map(FlowNodeKind::word)
                            .toList());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'moon':1}|graph.moon",
                "{'nodes':{}}|graph.nodes",
                "{'nodes':[1]}|graph.nodes",
                "{'edges':'x'}|graph.edges",
                "{'edges':[[]]}|graph.edges",
                "{'start':5}|graph.start",
                "{'nodes':[{}]}|graph.nodes[0].id",
                "{'nodes':[{'id':''}]}|graph.nodes[0].id",
                "{'nodes':[{'id':'a b'}]}|graph.nodes[0].id",
                "{'nodes':[{'id':'ä'}]}|graph.nodes[0].id",
                "{'nodes':[{'id':'a'},{'id':'a'}]}|graph.nodes[a].id",
                "{'nodes':[{'id':'a','colour':'red'}]}|graph.nodes[a].colour",
                "{'nodes':[{'id':'a','position':7}]}|graph.nodes[a].position",
                "{'nodes':[{'id':'a','data':7}]}|graph.nodes[a].data",
                "{'nodes':[{'id':'a','data':{'kind':7}}]}|graph.nodes[a].data.kind",
                "{'edges':[{'id':'e','sourceHandle':1}]}|graph.edges[e].sourceHandle",
                "{'edges':[{'id':'e','from':'a'}]}|graph.edges[e].from",
                "{'nodes':[{'id':'a','data':{'kind':'say','loud':1}}]}|graph.nodes[a].data.loud",
                "{'nodes':[{'id':'a','data':{'kind':'say','text':1}}]}|graph.nodes[a].data.text",
                "{'nodes':[{'id':'a','data':{'kind':'say','text':'{{'}}]}|graph.nodes[a].data.text",
                "{'nodes':[{'id':'a','data':{'kind':'say','text':'{{a b}}'}}]}|graph.nodes[a].data.text",
                "{'nodes':[{'id':'a','data':{'kind':'menu','maxDigits':11}}]}|graph.nodes[a].data.maxDigits",
                "{'nodes':[{'id':'a','data':{'kind':'menu','minDigits':3,'maxDigits':2}}]}"
                        + "|graph.nodes[a].data.minDigits",
                "{'nodes':[{'id':'a','data':{'kind':'menu','terminators':'x'}}]}|graph.nodes[a].data.terminators",
                "{'nodes':[{'id':'a','data':{'kind':'collect','variable':'a b'}}]}|graph.nodes[a].data.variable",
                "{'nodes':[{'id':'a','data':{'kind':'collect','regex':'('}}]}|graph.nodes[a].data.regex",
                "{'nodes':[{'id':'a','data':{'kind':'entry','trigger':'moon'}}]}|graph.nodes[a].data.trigger",
                "{'nodes':[{'id':'a','data':{'kind':'hangup','sipCode':200}}]}|graph.nodes[a].data.sipCode",
                "{'nodes':[{'id':'a','data':{'kind':'http','method':'DELETE'}}]}|graph.nodes[a].data.method",
                "{'nodes':[{'id':'a','data':{'kind':'http','timeoutMs':60000}}]}|graph.nodes[a].data.timeoutMs",
                "{'nodes':[{'id':'a','data':{'kind':'http','send':['did']}}]}|graph.nodes[a].data.send",
                "{'nodes':[{'id':'a','data':{'kind':'http','variables':{'x':'name'}}}]}|graph.nodes[a].data.variables",
                "{'nodes':[{'id':'a','data':{'kind':'http','variables':{'a b':'/x'}}}]}|graph.nodes[a].data.variables",
                "{'nodes':[{'id':'a','data':{'kind':'route','dest_kind':'moon'}}]}|graph.nodes[a].data.dest_kind",
                "{'nodes':[{'id':'a','data':{'kind':'route','dest_kind':'hangup','dest_xform':{'sip_code':1}}}]}"
                        + "|graph.nodes[a].data.dest_xform",
                "{'nodes':[{'id':'a','data':{'kind':'dial','userId':'us_00000000000000000000000001','number':'1'}}]}"
                        + "|graph.nodes[a].data.number",
                "{'nodes':[{'id':'a','data':{'kind':'dial','userId':'q_00000000000000000000000001'}}]}"
                        + "|graph.nodes[a].data.userId",
                "{'nodes':[{'id':'a','data':{'kind':'condition','operator':'like'}}]}|graph.nodes[a].data.operator",
                "{'nodes':[{'id':'a','data':{'kind':'condition','operator':'prefix','variable':'x','value':'1a'}}]}"
                        + "|graph.nodes[a].data.value",
                "{'nodes':[{'id':'a','data':{'kind':'condition','operator':'present','variable':'x','value':'1'}}]}"
                        + "|graph.nodes[a].data.value",
                "{'nodes':[{'id':'a','data':{'kind':'condition','operator':'percent','percent':101}}]}"
                        + "|graph.nodes[a].data.percent",
                "{'nodes':[{'id':'a','data':{'kind':'condition','branches':[{'name':'default'}]}}]}"
                        + "|graph.nodes[a].data.branches[0].name",
                "{'nodes':[{'id':'a','data':{'kind':'condition','branches':[{'name':'x'},{'name':'x'}]}}]}"
                        + "|graph.nodes[a].data.branches",
                "{'nodes':[{'id':'a','data':{'kind':'condition','branches':[{'name':'x','operator':'percent',"
                        + "'percent':60},{'name':'y','operator':'percent','percent':60}]}}]}"
                        + "|graph.nodes[a].data.branches",
                "{'nodes':[{'id':'a','data':{'kind':'condition','operator':'percent','percent':5,'branches':[]}}]}"
                        + "|graph.nodes[a].data.branches",
            })
    void shouldRefuseMalformedDrafts(final String graph, final String field) {
        draft(graph);
        assertThat(problems.kept()).extracting(Problem::field).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://crm.example.com/",
                "https://",
                "https:///x",
                "https://{{did}}.example.com/",
                "https://crm.example.com{{did}}/x",
                "https://user:secret@crm.example.com/x",
                "https://crm.example.com/a b",
                "{{did}}",
                "https://crm.example.com",
            })
    void shouldRefuseUrlsWhoseServerIsNotFixed(final String url) {
        draft("{'nodes':[{'id':'a','data':{'kind':'http','url':'" + url + "'}}]}");
        assertThat(problems.kept()).extracting(Problem::field).containsExactly("graph.nodes[a].data.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(x+x+)+y", "^(\\\\d+)*$", "(?:a|aa)+$"})
    void shouldTakeExpressionsThatWouldBeHostileToOtherEngines(final String regex) {
        draft(condition(regex));
        assertThat(problems.kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{9}){9}){99}", "a{1001}", "(?=a)", "(a)\\\\1", "[", "(\\\\pL{50}){10}", "\\\\pL{500}"})
    void shouldRefuseExpressionsThatAreTooLargeOrAreNone(final String regex) {
        draft(condition(regex));
        assertThat(problems.kept()).extracting(Problem::field).containsExactly("graph.nodes[a].data.value");
    }

    @Test
    void shouldBoundAllExpressionsOfAGraphTogether() {
        assertThat(expressions(5).problems()).isEmpty();
        assertThat(expressions(30).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("graph.nodes");
            assertThat(problem.rule()).contains("2000 instructions");
        });
    }

    @Test
    void shouldBoundNodesEdgesAndBytes() {
        draft("{'nodes':[" + nodes(FlowGraph.NODES_MAX) + "],'edges':[" + edges(FlowGraph.EDGES_MAX) + "]}");
        assertThat(problems.kept()).isEmpty();
        draft("{'nodes':[" + nodes(FlowGraph.NODES_MAX + 1) + "],'edges':[" + edges(FlowGraph.EDGES_MAX + 1) + "]}");
        assertThat(problems.kept())
                .extracting(Problem::field, Problem::rule)
                .containsExactly(
                        tuple("graph.nodes", "must have at most 500 entries: entries=501"),
                        tuple("graph.edges", "must have at most 2000 entries: entries=2001"));
    }

    @Test
    void shouldBoundBytesOfAGraph() {
        draft("{'nodes':[" + longTexts(110) + "]}");
        assertThat(problems.kept()).isEmpty();
        draft("{'nodes':[" + longTexts(118) + "]}");
        assertThat(problems.kept()).singleElement().satisfies(problem -> assertThat(problem.rule())
                .startsWith("must make a graph of at most 120000 bytes"));
    }

    @ParameterizedTest
    @EnumSource(FlowNodeKind.class)
    void shouldAskForEverythingNeededWhenPublished(final FlowNodeKind kind) {
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("a", kind.word())
                .edge("in", "a")
                .start("in");
        if (kind.leaving() != FlowNodeKind.Leaving.ENDS) {
            graph.edge("a", "end").node("end", "hangup");
        }
        final List<String> needed = kind.fields().stream()
                .filter(FieldRule::required)
                .map(FieldRule::name)
                .toList();
        assertThat(graph.problems())
                .extracting(Problem::field)
                .containsAll(needed.stream()
                        .map(field -> "graph.nodes[a].data." + field)
                        .toList());
        assertThat(graph.problems())
                .allSatisfy(problem -> assertThat(problem.field()).startsWith("graph.nodes[a].data."));
    }

    @Test
    void shouldNameEveryProblemOfAGraphAtOnce() {
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("menu", "menu", "'promptText':'choose','minDigits':1,'maxDigits':1")
                .node("island", "say", "'text':'nobody hears me'")
                .node("bye", "hangup")
                .node("a", "setVariable", "'variable':'x','value':'1'")
                .node("b", "setVariable", "'variable':'x','value':'2'")
                .edge("in", "menu")
                .edge("menu", "digit:1", "bye")
                .edge("menu", "digit:12", "bye")
                .edge("menu", "digit:2", "a")
                .edge("menu", "digit:2", "bye")
                .edge("menu", "timeout", "nowhere")
                .edge("bye", "menu")
                .edge("a", "b")
                .edge("b", "a");
        assertThat(graph.problems())
                .extracting(problem -> problem.field() + " " + problem.rule())
                .containsExactly(
                        "graph.edges[e2].sourceHandle is no outcome of menu: digit:12",
                        "graph.edges[e4].sourceHandle leaves menu twice by digit:2",
                        "graph.edges[e5].target names no node",
                        "graph.edges[e6].source is of kind hangup, which ends the flow",
                        "graph.nodes[menu].id leads nowhere at invalid",
                        "graph.nodes[island].id leads nowhere at default",
                        "graph.nodes[island].id cannot be reached from in",
                        "graph.nodes[a].id lies on a circle in which nothing waits",
                        "graph.nodes[b].id lies on a circle in which nothing waits");
    }

    @Test
    void shouldLetCirclesPassThroughNodesThatWait() {
        assertThat(new GraphText()
                        .node("in", "entry")
                        .node("ask", "http", "'url':'https://crm.example.com/'")
                        .node("again", "condition", "'operator':'percent','percent':50")
                        .node("bye", "hangup")
                        .edge("in", "ask")
                        .edge("ask", "again")
                        .edge("again", "true", "ask")
                        .edge("again", "false", "bye")
                        .problems())
                .isEmpty();
    }

    @Test
    void shouldBeginAtTheOnlyEntryOrTheOneThatIsNamed() {
        final GraphText two = new GraphText()
                .node("in", "entry")
                .node("api", "entry", "'trigger':'api'")
                .node("bye", "hangup")
                .edge("in", "bye")
                .edge("api", "in");
        assertThat(two.problems()).extracting(Problem::field).containsExactly("graph.start");
        assertThat(two.start("api").problems()).isEmpty();
        assertThat(two.start("bye").problems()).extracting(Problem::field).contains("graph.start");
        assertThat(two.start("moon").problems()).extracting(Problem::field).containsExactly("graph.start");
        assertThat(new GraphText().node("bye", "hangup").problems())
                .extracting(Problem::rule)
                .containsExactly("must have an entry node");
    }

    @Test
    void shouldTakeOutOfHoursForHolidaysAndTheDefaultForAnything() {
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("hours", "timeCondition", "'scheduleId':'sch_" + GraphText.ULID + "'")
                .node("bye", "hangup")
                .edge("in", "hours")
                .edge("hours", "in_hours", "bye");
        assertThat(graph.problems()).extracting(Problem::rule).containsExactly("leads nowhere at out_of_hours");
        assertThat(graph.edge("hours", "out_of_hours", "bye").problems()).isEmpty();
    }

    @Test
    void shouldLetFlowsEndWithPlacesThatHaveWaysOutOfTheirOwn() {
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("q", "enqueue", "'queueId':'q_" + GraphText.ULID + "'")
                .edge("in", "q");
        assertThat(graph.problems()).isEmpty();
        graph.node("bye", "hangup").edge("q", "timeout", "bye");
        assertThat(graph.problems())
                .extracting(Problem::rule)
                .containsExactly("leads nowhere at no_agents, queue_full, ewt, failed");
    }

    private void draft(final String graph) {
        Flow.read(GraphText.fields("{'name':'x','graph':" + graph + "}", problems, warnings));
    }

    private static String condition(final String regex) {
        return "{'nodes':[{'id':'a','data':{'kind':'condition','operator':'regex','variable':'x','value':'" + regex
                + "'}}]}";
    }

    private static GraphText expressions(final int count) {
        final GraphText graph =
                new GraphText().node("in", "entry").node("bye", "hangup").edge("in", "c0");
        for (int i = 0; i < count; i++) {
            graph.node("c" + i, "condition", "'operator':'regex','variable':'did','value':'^[0-9]{90}$'")
                    .edge("c" + i, "true", "bye")
                    .edge("c" + i, "false", i + 1 < count ? "c" + (i + 1) : "bye");
        }
        return graph;
    }

    /** Nodes of about 1040 bytes each. */
    private static String longTexts(final int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        "{'id':'n" + i + "','data':{'kind':'say','text':'" + "x".repeat(FlowStep.SPOKEN_MAX) + "'}}")
                .collect(Collectors.joining(","));
    }

    private static String nodes(final int count) {
        return IntStream.range(0, count).mapToObj(i -> "{'id':'n" + i + "'}").collect(Collectors.joining(","));
    }

    private static String edges(final int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'source':'n" + i % FlowGraph.NODES_MAX + "'}")
                .collect(Collectors.joining(","));
    }
}
