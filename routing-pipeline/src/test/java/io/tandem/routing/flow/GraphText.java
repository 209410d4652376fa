package io.tandem.routing.flow;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Flow;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Spells graphs for tests, with single quotes for double ones. */
public final class GraphText {
    /** A ULID for whatever a test refers to. */
    public static final String ULID = "00000000000000000000000001";

    private final List<String> nodes = new ArrayList<>();
    private final List<String> edges = new ArrayList<>();
    private String start = "";

    /** Adds a node whose data are {@code kind} and {@code fields}. */
    public GraphText node(final String id, final String kind, final String fields) {
        nodes.add("{'id':'" + id + "','type':'step','data':{'kind':'" + kind + "'" + (fields.isEmpty() ? "" : ",")
                + fields + "}}");
        return this;
    }

    /** Adds a node without fields. */
    public GraphText node(final String id, final String kind) {
        return node(id, kind, "");
    }

    /** Adds an edge without handle. */
    public GraphText edge(final String source, final String target) {
        edges.add("{'id':'e" + edges.size() + "','source':'" + source + "','target':'" + target + "'}");
        return this;
    }

    /** Adds an edge of an outcome. */
    public GraphText edge(final String source, final String outcome, final String target) {
        edges.add("{'id':'e" + edges.size() + "','source':'" + source + "','target':'" + target + "','sourceHandle':'"
                + outcome + "'}");
        return this;
    }

    /** Names the node that calls begin at. */
    public GraphText start(final String id) {
        start = ",'start':'" + id + "'";
        return this;
    }

    /** The graph's JSON. */
    public String json() {
        return ("{'nodes':[" + String.join(",", nodes) + "],'edges':[" + String.join(",", edges) + "]" + start + "}")
                .replace('\'', '"');
    }

    /** A flow with this draft, never published. */
    public Flow draft() {
        final Problems problems = new Problems(10);
        final Flow flow = read("{'name':'main','graph':" + json() + "}", problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.toString());
        }
        return flow;
    }

    /** What keeps it from being published, drafts' problems included. */
    public List<Problem> problems() {
        final Problems problems = new Problems(10_000);
        read("{'name':'main','is_published':1,'graph':" + json() + "}", problems);
        return problems.kept();
    }

    /** The flow published, and compiled. */
    public FlowPlan plan() {
        final Problems problems = new Problems(10);
        final Flow published = draft().publish(problems);
        if (published == null) {
            throw new IllegalStateException(problems.toString());
        }
        return FlowPlan.compile(published);
    }

    /** Reads a flow of some account; identifiers are taken on trust. */
    public static Flow read(final String fields, final Problems problems) {
        return Flow.read(fields(fields, problems, new Problems(100)));
    }

    /** Fields of a flow of some account. */
    public static Fields fields(final String fields, final Problems problems, final Problems warnings) {
        final byte[] json = ("{'account_id':'acc_" + ULID + "'," + fields.substring(1))
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        final ObjectNode object = ResourceReader.object(json, 0, json.length);
        return new Fields(object, ResourceKind.FLOWS.collection(), 0, References.TRUSTING, problems, warnings);
    }
}
