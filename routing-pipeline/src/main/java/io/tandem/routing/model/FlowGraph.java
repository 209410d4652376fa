package io.tandem.routing.model;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The nodes of a flow and the ways between them, as they are published. Immutable.
 *
 * @param start the node that a call begins at.
 */
public record FlowGraph(String start, List<FlowNode> nodes, List<FlowEdge> edges) {
    /** Most nodes. */
    public static final int NODES_MAX = 500;

    /** Most edges. */
    public static final int EDGES_MAX = 2000;

    /**
     * Most bytes of its JSON: two of them, draft and published, and the rest of a flow fit the line of an import file.
     */
    public static final int BYTES_MAX = 120_000;

    /** Most instructions of one regular expression. */
    public static final int EXPRESSION_INSTRUCTIONS_MAX = 500;

    /** Most instructions of all of them: they bound the time that a call can take between two commands. */
    public static final int INSTRUCTIONS_MAX = 2000;

    /** Copies the lists. */
    public FlowGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * The graph that was published, as it is stored.
     *
     * @return null if it cannot run, which a graph that was published can.
     */
    public static FlowGraph ofPublished(final ObjectNode graph) {
        final Problems problems = new Problems(1);
        final ObjectNode copy = graph.deepCopy();
        final Fields fields = new Fields(copy, "flows", 0, References.TRUSTING, problems, new Problems(0));
        final FlowGraph read = FlowGraphReader.published(fields, copy, ResourceId.NIL);
        return problems.isEmpty() ? read : null;
    }
}
