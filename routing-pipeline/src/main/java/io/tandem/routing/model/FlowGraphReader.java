package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a graph and reports what is wrong with it, each problem with the node or edge that it is about:
 * {@code graph.nodes[menu].data.maxDigits}. A draft may be unfinished, not malformed: its sizes, fields and values are
 * checked. A graph to be published must run: {@link FlowGraphChecks}.
 */
final class FlowGraphReader {
    private static final int NODE_ID_MAX = 64;
    private static final int EDGE_ID_MAX = 255;
    private static final int TYPE_MAX = 64;
    private static final int HANDLE_MAX = 80;

    private final FlowFields fields;
    private final ObjectNode graph;
    private final boolean complete;
    private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
    private final Map<String, FlowFields> nodeFields = new LinkedHashMap<>();
    private final List<FlowEdge> edges = new ArrayList<>();
    private final List<FlowFields> edgeFields = new ArrayList<>();

    private FlowGraphReader(
            final Fields fields, final ObjectNode graph, final ResourceId account, final boolean complete) {
        this.fields = new FlowFields(fields, graph, account, complete);
        this.graph = graph;
        this.complete = complete;
    }

    /**
     * Reads a draft.
     *
     * @param fields fields of {@code graph}.
     * @param graph changed: references by name become identifiers.
     */
    static void draft(final Fields fields, final ObjectNode graph, final ResourceId account) {
        new FlowGraphReader(fields, graph, account, false).read();
    }

    /** Reads a graph that must run. What it answers is of use only if there was no problem. */
    static FlowGraph published(final Fields fields, final ObjectNode graph, final ResourceId account) {
        return new FlowGraphReader(fields, graph, account, true).read();
    }

    private FlowGraph read() {
        if (tooLarge()) {
            return new FlowGraph("", List.of(), List.of());
        }
        final String start = fields.text("start", "", NODE_ID_MAX);
        readNodes();
        readEdges();
        fields.finish();
        if (!complete) {
            return new FlowGraph(start, List.of(), List.of());
        }
        return new FlowGraphChecks(fields, start, nodes, nodeFields, edges, edgeFields).run();
    }

    private boolean tooLarge() {
        final int bytes = graph.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > FlowGraph.BYTES_MAX) {
            fields.refuse(
                    "nodes",
                    "must make a graph of at most " + FlowGraph.BYTES_MAX + " bytes: bytes=" + bytes,
                    "split the flow; a route node leads from one to another");
            return true;
        }
        return false;
    }

    private void readNodes() {
        for (final ObjectNode element : objects("nodes", FlowGraph.NODES_MAX)) {
            final JsonNode id = element.get("id");
            final String shown = id != null && id.isString() && isNodeId(id.stringValue())
                    ? id.stringValue()
                    : Integer.toString(nodeFields.size());
            readNode(fields.inside("nodes[" + shown + "].", element), element);
        }
    }

    private void readNode(final FlowFields node, final ObjectNode element) {
        final String id = node.text("id", "", NODE_ID_MAX);
        if (!isNodeId(id)) {
            node.refuse("id", "must have 1 to " + NODE_ID_MAX + " visible characters of ASCII", "give it such a name");
        } else if (nodes.containsKey(id)) {
            node.refuse("id", "is given to two nodes", "make it unique");
        }
        node.text("type", "", TYPE_MAX);
        if (node.given("position") && !(element.get("position") instanceof ObjectNode)) {
            node.refuse("position", "must be an object", "write it in braces");
        }
        FlowNode read = new FlowNode(id, null, null);
        if (element.get("data") instanceof ObjectNode data) {
            read = readData(id, node.inside("data.", data));
            node.given("data");
        } else if (node.given("data")) {
            node.refuse("data", "must be an object", "write it in braces");
        } else {
            node.need("data", "say at least what kind of node it is");
        }
        node.finish();
        nodes.putIfAbsent(id, read);
        nodeFields.putIfAbsent(id, node);
    }

    private FlowNode readData(final String id, final FlowFields data) {
        final String word = data.neededText("kind", TYPE_MAX);
        final FlowNodeKind kind = FlowNodeKind.ofWord(word);
        if (kind != null) {
            final FlowStep step = kind.read(data);
            data.finish();
            return new FlowNode(id, kind, step);
        }
        if (!word.isEmpty()) {
            final String known = "one of " + String.join(", ", FlowNodeKind.words());
            if (complete) {
                data.refuse("kind", "must be " + known, "choose one of them");
            } else {
                data.warn("kind", "is stored, but keeps the flow from being published: it is not " + known);
            }
        }
        return new FlowNode(id, null, null);
    }

    private void readEdges() {
        int index = 0;
        for (final ObjectNode element : objects("edges", FlowGraph.EDGES_MAX)) {
            final JsonNode id = element.get("id");
            final String shown = id != null && id.isString() && id.stringValue().length() <= NODE_ID_MAX
                    ? id.stringValue()
                    : Integer.toString(index);
            readEdge(fields.inside("edges[" + shown + "].", element));
            index++;
        }
    }

    private void readEdge(final FlowFields edge) {
        final String id = edge.text("id", "", EDGE_ID_MAX);
        edge.text("type", "", TYPE_MAX);
        final String source = edge.neededText("source", NODE_ID_MAX);
        final String target = edge.neededText("target", NODE_ID_MAX);
        final String handle = edge.text("sourceHandle", "", HANDLE_MAX);
        edge.finish();
        edges.add(new FlowEdge(id, source, target, handle.isEmpty() ? FlowOutcomes.DEFAULT : handle));
        edgeFields.add(edge);
    }

    private List<ObjectNode> objects(final String field, final int most) {
        final List<ObjectNode> objects = new ArrayList<>();
        if (!fields.given(field)) {
            return objects;
        }
        final JsonNode list = graph.get(field);
        if (!list.isArray()) {
            fields.refuse(field, "must be a list", "write it in square brackets");
            return objects;
        }
        if (list.size() > most) {
            fields.refuse(
                    field,
                    "must have at most " + most + " entries: entries=" + list.size(),
                    "split the flow; a route node leads from one to another");
            return objects;
        }
        for (final JsonNode element : list) {
            if (element instanceof ObjectNode object) {
                objects.add(object);
            } else {
                fields.refuse(field, "must be a list of objects", "write each element in braces");
            }
        }
        return objects;
    }

    private static boolean isNodeId(final String id) {
        return !id.isEmpty() && id.length() <= NODE_ID_MAX && id.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
