package io.tandem.routing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Flow;
import io.tandem.routing.model.FlowGraph;
import io.tandem.routing.model.FlowNodeKind;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.schedule.Opening;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.agrona.concurrent.UnsafeBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Graphs and outcomes at random. */
class FlowProperties {
    private static final List<String> OUTCOMES = List.of(
            "default",
            "timeout",
            "invalid",
            "error",
            "busy",
            "no_answer",
            "answered",
            "failed",
            "digit:1",
            "digit:2",
            "x");

    private static final byte[] DAMAGE = "\"{}[]:,'aZ09 _-.\u00e9\\".getBytes(StandardCharsets.UTF_8);

    /** Each node: its kind, and where its edges lead, counted modulo the nodes. */
    record Shape(List<Integer> kinds, List<Integer> targets) {}

    @Property(tries = 500)
    void shouldEndWithinTheStepLimitWhateverComes(
            @ForAll("shapes") final Shape shape,
            @ForAll("outcomes") final List<Integer> outcomes,
            @ForAll final long seed) {
        final GraphText graph = graph(shape);
        final List<Problem> problems = graph.problems();
        Statistics.label("can run").collect(problems.isEmpty()).coverage(checker -> checker.check(true)
                .percentage(percent -> percent > 30));
        if (!problems.isEmpty()) {
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.rule()).contains("circle"));
            return;
        }
        final FlowPlan plan = graph.plan();
        final FlowInterpreter interpreter =
                new FlowInterpreter((high, low) -> Opening.values()[(int) Long.remainderUnsigned(seed, 4)]);
        final FlowRun run = new FlowRun();
        final FlowRun twin = new FlowRun();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowRun.ENCODED_BYTES_MAX]);
        final FlowFacts facts = new FlowFacts("12025550199", "1", new ResourceId(0, 1), "c", "inbound", Map.of(), seed);
        FlowCommand command = interpreter.start(plan, run, facts);
        assertThat(interpreter.start(plan, twin, facts)).isEqualTo(command);
        int turns = 0;
        while (!command.ends()) {
            assertThat(run.steps()).isLessThanOrEqualTo(FlowInterpreter.STEPS_MAX);
            final String outcome = OUTCOMES.get(outcomes.get(turns % outcomes.size()));
            turns++;
            assertThat(turns).isLessThanOrEqualTo(FlowInterpreter.STEPS_MAX);
            command = interpreter.step(plan, run, outcome, "12");
            twin.decode(buffer, 0, twin.encode(buffer, 0));
            assertThat(interpreter.step(plan, twin, outcome, "12")).isEqualTo(command);
        }
        assertThat(run.isWaiting()).isFalse();
    }

    @Property(tries = 3000)
    void shouldNameProblemsOfMangledGraphsAndNeverThrow(
            @ForAll("shapes") final Shape shape, @ForAll("damage") final List<Integer> damage) {
        final byte[] json = ("{\"account_id\":\"acc_" + GraphText.ULID
                        + "\",\"name\":\"x\",\"is_published\":1,\"graph\":"
                        + graph(shape).json() + "}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i + 1 < damage.size(); i += 2) {
            json[damage.get(i) % json.length] = DAMAGE[damage.get(i + 1) % DAMAGE.length];
        }
        final ObjectNode object;
        try {
            object = ResourceReader.object(json, 0, json.length);
        } catch (final JacksonException e) {
            return;
        }
        if (object == null) {
            return;
        }
        final Problems problems = new Problems(10_000);
        final Flow flow = Flow.read(new Fields(object, "flows", 0, References.TRUSTING, problems, new Problems(10)));
        Statistics.label("is refused").collect(!problems.isEmpty()).coverage(checker -> checker.check(true)
                .percentage(percent -> percent > 30));
        if (problems.isEmpty()) {
            assertThat(flow.published() == (FlowPlan.compile(flow) != null)).isTrue();
            assertThat(ResourceReader.flow(flow.json())).isEqualTo(flow);
        } else {
            assertThat(problems.kept()).allSatisfy(problem -> {
                assertThat(problem.field()).isNotEmpty();
                assertThat(problem.rule()).isNotEmpty();
                assertThat(problem.mend()).isNotEmpty();
            });
        }
    }

    /** A graph in which every node has its fields and a default edge, so that only circles can be wrong with it. */
    private static GraphText graph(final Shape shape) {
        final GraphText graph = new GraphText().node("in", "entry").start("in").edge("in", "n0");
        final List<String> ids = new ArrayList<>();
        for (int i = 0; i < shape.kinds().size(); i++) {
            ids.add("n" + i);
        }
        for (int i = 0; i < ids.size(); i++) {
            final FlowNodeKind kind = kind(shape.kinds().get(i));
            graph.node(ids.get(i), kind.word(), fields(kind));
            if (kind.leaving() == FlowNodeKind.Leaving.ENDS) {
                continue;
            }
            final List<String> handles = new ArrayList<>(kind.outcomes());
            handles.addAll(kind.optional());
            handles.remove("default");
            for (int h = 0; h < handles.size(); h++) {
                graph.edge(ids.get(i), handles.get(h), target(shape, ids, i * 7 + h));
            }
            graph.edge(ids.get(i), i + 1 < ids.size() ? ids.get(i + 1) : target(shape, ids, i));
        }
        return unreachable(graph, shape, ids);
    }

    /**
     * The default edge leads to the next node, except past nodes that end the flow: a switch at the entry reaches
     * those.
     */
    private static GraphText unreachable(final GraphText graph, final Shape shape, final List<String> ids) {
        final StringBuilder branches = new StringBuilder();
        for (int i = 0; i + 1 < ids.size(); i++) {
            if (kind(shape.kinds().get(i)).leaving() == FlowNodeKind.Leaving.ENDS) {
                branches.append(branches.isEmpty() ? "" : ",")
                        .append("{'name':'b" + i + "','operator':'equals','variable':'v" + i + "','value':'1'}");
                graph.edge("switch", "b" + i, ids.get(i + 1));
            }
        }
        return branches.isEmpty()
                ? graph
                : graph.node("switch", "condition", "'branches':[" + branches + "]")
                        .node("first", "entry")
                        .edge("first", "switch")
                        .edge("switch", "in")
                        .start("first");
    }

    private static FlowNodeKind kind(final int index) {
        final FlowNodeKind[] kinds = FlowNodeKind.values();
        return kinds[1 + index % (kinds.length - 1)];
    }

    private static String target(final Shape shape, final List<String> ids, final int index) {
        return ids.get(shape.targets().get(index % shape.targets().size()) % ids.size());
    }

    private static String fields(final FlowNodeKind kind) {
        return switch (kind) {
            case ENTRY, RECORD, HANGUP -> "";
            case SAY -> "'text':'{{caller_cid}} {{digits}}'";
            case MENU -> "'promptText':'choose','minDigits':1,'maxDigits':2";
            case COLLECT -> "'variable':'digits','minDigits':1,'maxDigits':4,'regex':'^[0-9]'";
            case CONDITION -> "'operator':'percent','percent':50";
            case SET_VARIABLE -> "'variable':'digits','value':'{{digits}}1'";
            case HTTP -> "'url':'https://crm.example.com/{{digits}}','variables':{'digits':'/a'}";
            case DIAL -> "'number':'{{digits}}'";
            case ROUTE -> "'dest_kind':'hangup'";
            case PLAY, TIME_CONDITION, RING_GROUP, FORWARD, ENQUEUE, VOICEMAIL, CONFERENCE -> reference(kind);
        };
    }

    private static String reference(final FlowNodeKind kind) {
        final FieldRule needed =
                kind.fields().stream().filter(FieldRule::required).findFirst().orElseThrow();
        return "'" + needed.name() + "':'" + needed.refers().prefix() + GraphText.ULID + "'";
    }

    @Provide
    Arbitrary<Shape> shapes() {
        final Arbitrary<List<Integer>> numbers =
                Arbitraries.integers().between(0, 1000).list().ofMinSize(1).ofMaxSize(24);
        return Combinators.combine(numbers, numbers).as(Shape::new);
    }

    @Provide
    Arbitrary<List<Integer>> outcomes() {
        return Arbitraries.integers()
                .between(0, OUTCOMES.size() - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> damage() {
        return Arbitraries.integers()
                .between(0, FlowGraph.BYTES_MAX)
                .list()
                .ofMinSize(2)
                .ofMaxSize(12);
    }
}
