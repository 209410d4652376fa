package io.tandem.routing.flow;

import io.tandem.routing.model.Flow;
import io.tandem.routing.model.FlowEdge;
import io.tandem.routing.model.FlowGraph;
import io.tandem.routing.model.FlowNode;
import io.tandem.routing.model.FlowOutcomes;
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

    private FlowPlan(final Flow flow, final FlowGraph graph) {
        idHigh = flow.id().high();
        idLow = flow.id().low();
        version = flow.version();
        indexes = new LinkedHashMap<>();
        for (final FlowNode node : graph.nodes()) {
            indexes.put(node.id(), indexes.size());
        }
        nodes = graph.nodes().stream().map(node -> compile(node, graph.edges())).toArray(PlanNode[]::new);
        start = indexes.get(graph.start());
    }

    /**
     * Compiles a flow.
     *
     * @return null if it is not published, or cannot run any more; whoever leads here goes on as if it were not there.
     */
    public static FlowPlan compile(final Flow flow) {
        if (flow == null || !flow.published()) {
            return null;
        }
        final FlowGraph graph = FlowGraph.ofPublished(flow.publishedGraph());
        return graph == null ? null : new FlowPlan(flow, graph);
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

    private PlanNode compile(final FlowNode node, final List<FlowEdge> edges) {
        final List<String> handles = new ArrayList<>();
        final List<Integer> targets = new ArrayList<>();
        final List<String> choices = new ArrayList<>();
        for (final FlowEdge edge : edges) {
            if (edge.source().equals(node.id())) {
                handles.add(edge.handle());
                targets.add(indexes.get(edge.target()));
                if (edge.handle().startsWith(FlowOutcomes.DIGIT)) {
                    choices.add(edge.handle().substring(FlowOutcomes.DIGIT.length()));
                }
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
