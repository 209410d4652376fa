package io.tandem.routing.flow;

import io.tandem.routing.model.Flow;
import io.tandem.routing.model.FlowEdge;
import io.tandem.routing.model.FlowGraph;
import io.tandem.routing.model.FlowNode;
import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.model.PublishedFlow;
import io.tandem.routing.model.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is published of a flow, compiled: a table of nodes. Immutable; any thread. */
public final class FlowPlan {
    private final long idHigh;
    private final long idLow;
    private final int version;
    private final PlanNode[] nodes;
    private final Map<String, Integer> indexes;
    private final int start;

    private FlowPlan(final ResourceId id, final int version, final FlowGraph graph) {
        idHigh = id.high();
        idLow = id.low();
        this.version = version;
        indexes = new LinkedHashMap<>();
        final Map<String, List<FlowEdge>> leaving = new LinkedHashMap<>();
        for (final FlowNode node : graph.nodes()) {
            indexes.put(node.id(), indexes.size());
            leaving.put(node.id(), new ArrayList<>());
        }
        for (final FlowEdge edge : graph.edges()) {
            leaving.get(edge.source()).add(edge);
        }
        nodes = graph.nodes().stream()
                .map(node -> compile(node, leaving.get(node.id())))
                .toArray(PlanNode[]::new);
        start = indexes.get(graph.start());
    }

    /**
     * Compiles a flow.
     *
     * @return null if it is not published, or cannot run any more; whoever leads here goes on as if it were not there.
     */
    public static FlowPlan compile(final Flow flow) {
        return flow.published() ? of(flow.id(), flow.version(), FlowGraph.ofPublished(flow.publishedGraph())) : null;
    }

    /**
     * The same from a flow as it is stored, without looking at the draft. The largest graph takes some ten milliseconds,
     * so this is best done before the core asks.
     *
     * @param json null if there is no such flow.
     * @return null also if there is no such flow.
     */
    public static FlowPlan of(final byte[] json) {
        final PublishedFlow flow = json == null ? null : PublishedFlow.of(json);
        return flow == null ? null : of(flow.id(), flow.version(), flow.graph());
    }

    private static FlowPlan of(final ResourceId id, final int version, final FlowGraph graph) {
        return graph == null ? null : new FlowPlan(id, version, graph);
    }

    /** Upper half of the flow's identifier. */
    public long idHigh() {
        return idHigh;
    }

    /** Lower half of the flow's identifier. */
    public long idLow() {
        return idLow;
    }

    /** Which publication it is. */
    public int version() {
        return version;
    }

    /** How many nodes it has. */
    public int nodeCount() {
        return nodes.length;
    }

    int start() {
        return start;
    }

    PlanNode node(final int index) {
        return nodes[index];
    }

    /** The node of an identifier, or null. */
    PlanNode find(final String nodeId) {
        final Integer index = indexes.get(nodeId);
        return index == null ? null : nodes[index];
    }

    private PlanNode compile(final FlowNode node, final List<FlowEdge> leaving) {
        final List<String> handles = new ArrayList<>();
        final List<Integer> targets = new ArrayList<>();
        final List<String> choices = new ArrayList<>();
        for (final FlowEdge edge : leaving) {
            handles.add(edge.handle());
            targets.add(indexes.get(edge.target()));
            if (edge.handle().startsWith(FlowOutcomes.DIGIT)) {
                choices.add(edge.handle().substring(FlowOutcomes.DIGIT.length()));
            }
        }
        return new PlanNode(
                node.id(),
                node.kind(),
                PlanCompiler.compile(node, List.copyOf(choices)),
                List.copyOf(handles),
                targets.stream().mapToInt(Integer::intValue).toArray());
    }
}
