package io.tandem.routing.model;

import io.tandem.routing.expression.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What has to hold between the nodes of a graph that is published: it begins at an entry, every node can be reached,
 * every outcome leads somewhere, edges bear outcomes that their source has, and no circle consists of nodes that do not
 * wait.
 */
final class FlowGraphChecks {
    private final FlowFields graphFields;
    private final String start;
    private final Map<String, FlowNode> nodes;
    private final Map<String, FlowFields> nodeFields;
    private final List<FlowEdge> edges;
    private final List<FlowFields> edgeFields;
    private final Map<String, List<String>> targets = new LinkedHashMap<>();
    private final Map<String, Set<String>> handles = new LinkedHashMap<>();

    FlowGraphChecks(
            final FlowFields graphFields,
            final String start,
            final Map<String, FlowNode> nodes,
            final Map<String, FlowFields> nodeFields,
            final List<FlowEdge> edges,
            final List<FlowFields> edgeFields) {
        this.graphFields = graphFields;
        this.start = start;
        this.nodes = nodes;
        this.nodeFields = nodeFields;
        this.edges = edges;
        this.edgeFields = edgeFields;
    }

    FlowGraph run() {
        for (int i = 0; i < edges.size(); i++) {
            checkEdge(edges.get(i), edgeFields.get(i));
        }
        nodes.values().forEach(this::checkOutcomes);
        final String first = first();
        if (!first.isEmpty()) {
            checkReached(first);
        }
        if (hasCircle()) {
            nodes.values().forEach(this::checkCircle);
        }
        checkExpressions();
        return new FlowGraph(
                first,
                nodes.values().stream().filter(node -> node.kind() != null).toList(),
                edges);
    }

    /** The node that is named as start, else the only entry; empty, with a problem, if there is none. */
    private String first() {
        if (!start.isEmpty()) {
            final FlowNode node = nodes.get(start);
            if (node == null) {
                graphFields.refuse("start", "names no node", "name the entry node");
                return "";
            }
            if (node.kind() != null && node.kind() != FlowNodeKind.ENTRY) {
                graphFields.refuse("start", "names a node that is no entry", "name the entry node");
            }
            return start;
        }
        final List<String> entries = nodes.values().stream()
                .filter(node -> node.kind() == FlowNodeKind.ENTRY)
                .map(FlowNode::id)
                .toList();
        if (entries.size() == 1) {
            return entries.getFirst();
        }
        if (entries.isEmpty()) {
            graphFields.refuse("nodes", "must have an entry node", "add a node of kind entry");
        } else {
            graphFields.refuse(
                    "start",
                    "is required, since there are " + entries.size() + " entry nodes",
                    "name one of " + String.join(", ", entries.subList(0, Math.min(5, entries.size()))));
        }
        return "";
    }

    private void checkEdge(final FlowEdge edge, final FlowFields fields) {
        final FlowNode source = nodes.get(edge.source());
        if (!edge.source().isEmpty() && source == null) {
            fields.refuse("source", "names no node", "name a node or remove the edge");
        }
        if (!edge.target().isEmpty() && !nodes.containsKey(edge.target())) {
            fields.refuse("target", "names no node", "name a node or remove the edge");
        }
        if (source == null) {
            return;
        }
        targets.computeIfAbsent(edge.source(), id -> new ArrayList<>()).add(edge.target());
        final boolean first = handles.computeIfAbsent(edge.source(), id -> new LinkedHashSet<>())
                .add(edge.handle());
        if (!first) {
            fields.refuse(
                    "sourceHandle",
                    "leaves " + edge.source() + " twice by " + edge.handle(),
                    "remove one of the edges");
        }
        if (source.kind() == null) {
            return;
        }
        if (source.kind().leaving() == FlowNodeKind.Leaving.ENDS) {
            fields.refuse("source", "is of kind " + source.kind().word() + ", which ends the flow", "remove the edge");
        } else if (!FlowOutcomes.isOutcome(source, edge.handle())) {
            fields.refuse(
                    "sourceHandle",
                    "is no outcome of " + edge.source() + ": " + edge.handle(),
                    "take one of " + outcomes(source));
        }
    }

    private void checkOutcomes(final FlowNode node) {
        final FlowNodeKind kind = node.kind();
        final Set<String> drawn = handles.getOrDefault(node.id(), Set.of());
        if (kind == null
                || kind.leaving() == FlowNodeKind.Leaving.ENDS
                || drawn.contains(FlowOutcomes.DEFAULT)
                || (drawn.isEmpty() && kind.leaving() == FlowNodeKind.Leaving.MAY_END)) {
            return;
        }
        final List<String> missing = FlowOutcomes.required(node).stream()
                .filter(outcome -> !drawn.contains(outcome))
                .toList();
        if (!missing.isEmpty()) {
            nodeFields
                    .get(node.id())
                    .refuse(
                            "id",
                            "leads nowhere at " + String.join(", ", missing),
                            "draw an edge for each, or one for default");
        }
    }

    private void checkReached(final String first) {
        final Set<String> reached = new LinkedHashSet<>();
        final Deque<String> ahead = new ArrayDeque<>();
        ahead.add(first);
        while (!ahead.isEmpty()) {
            final String id = ahead.remove();
            if (reached.add(id)) {
                ahead.addAll(targets.getOrDefault(id, List.of()));
            }
        }
        for (final String id : nodes.keySet()) {
            if (!reached.contains(id)) {
                nodeFields
                        .get(id)
                        .refuse("id", "cannot be reached from " + first, "draw an edge that leads to it, or remove it");
            }
        }
    }

    /** Whether nodes that decide at once are left when those that nothing leads to are taken away, again and again. */
    private boolean hasCircle() {
        final Map<String, Integer> incoming = new LinkedHashMap<>();
        for (final FlowEdge edge : edges) {
            if (thinks(edge.source()) && thinks(edge.target())) {
                incoming.merge(edge.target(), 1, Integer::sum);
            }
        }
        final Deque<String> free = new ArrayDeque<>();
        for (final String id : nodes.keySet()) {
            if (thinks(id) && !incoming.containsKey(id)) {
                free.add(id);
            }
        }
        while (!free.isEmpty()) {
            for (final String target : targets.getOrDefault(free.remove(), List.of())) {
                if (thinks(target) && incoming.merge(target, -1, Integer::sum) == 0) {
                    incoming.remove(target);
                    free.add(target);
                }
            }
        }
        return !incoming.isEmpty();
    }

    /** Whether a node comes back to itself by nodes that decide at once. */
    private void checkCircle(final FlowNode node) {
        if (!thinks(node.id())) {
            return;
        }
        final Set<String> seen = new LinkedHashSet<>();
        final Deque<String> ahead = new ArrayDeque<>(targets.getOrDefault(node.id(), List.of()));
        while (!ahead.isEmpty()) {
            final String id = ahead.remove();
            if (id.equals(node.id())) {
                nodeFields
                        .get(id)
                        .refuse(
                                "id",
                                "lies on a circle in which nothing waits",
                                "put a node that speaks, rings or asks a server into the circle");
                return;
            }
            if (thinks(id) && seen.add(id)) {
                ahead.addAll(targets.getOrDefault(id, List.of()));
            }
        }
    }

    private void checkExpressions() {
        final int instructions = nodes.values().stream()
                .flatMap(node -> expressions(node.step()))
                .filter(regex -> !regex.isEmpty())
                .mapToInt(regex -> Expression.compile(regex, FlowGraph.EXPRESSION_INSTRUCTIONS_MAX)
                        .programSize())
                .sum();
        if (instructions > FlowGraph.INSTRUCTIONS_MAX) {
            graphFields.refuse(
                    "nodes",
                    "must have regular expressions of at most " + FlowGraph.INSTRUCTIONS_MAX
                            + " instructions in all: instructions=" + instructions,
                    "use prefix or in where they do");
        }
    }

    private static Stream<String> expressions(final FlowStep step) {
        return switch (step) {
            case FlowStep.Collect collect -> Stream.of(collect.regex());
            case FlowStep.Condition condition ->
                Stream.concat(
                                Stream.of(condition.test()),
                                condition.branches().stream().map(FlowBranch::test))
                        .filter(test -> test.operator() == FlowOperator.REGEX)
                        .map(FlowTest::value);
            case null, default -> Stream.empty();
        };
    }

    private boolean thinks(final String id) {
        final FlowNode node = nodes.get(id);
        return node != null && node.kind() != null && node.kind().pace() == FlowNodeKind.Pace.THINKS;
    }

    private static String outcomes(final FlowNode node) {
        final Set<String> all = new LinkedHashSet<>(FlowOutcomes.required(node));
        all.addAll(node.kind().optional());
        if (node.kind() == FlowNodeKind.MENU) {
            all.add(FlowOutcomes.DIGIT + "1");
        }
        all.add(FlowOutcomes.DEFAULT);
        return String.join(", ", all);
    }
}
