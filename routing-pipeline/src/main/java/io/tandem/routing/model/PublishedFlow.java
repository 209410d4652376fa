package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What calls follow of a flow: its published graph, with nothing of the draft. */
public record PublishedFlow(ResourceId id, int version, FlowGraph graph) {
    private static final String ID = "id";
    private static final String VERSION = "version";
    private static final String GRAPH = "published_graph";

    /**
     * Takes it out of a flow as it is stored.
     *
     * @return null if the flow is not published, or cannot be read.
     */
    public static PublishedFlow of(final byte[] json) {
        try {
            final ObjectNode flow = ResourceReader.object(json, 0, json.length);
            if (flow == null || !(flow.get(GRAPH) instanceof ObjectNode published)) {
                return null;
            }
            final ResourceId id = ResourceId.parse(flow.path(ID).asString(""), ResourceKind.FLOWS.prefix());
            final FlowGraph graph = FlowGraph.ofPublished(published);
            return id == null || graph == null
                    ? null
                    : new PublishedFlow(id, flow.path(VERSION).asInt(0), graph);
        } catch (final JacksonException e) {
            return null;
        }
    }

    /**
     * What was published of a flow, when something else is published after, or nothing.
     *
     * @param before the flow as it was stored; null if there was none.
     * @param after the same as it is stored from now on.
     * @return JSON that {@link #of} reads; null when the same is published after, or nothing was before.
     */
    public static byte[] superseded(final byte[] before, final byte[] after) {
        if (before == null || Arrays.equals(before, after)) {
            return null;
        }
        final ObjectNode was = published(before);
        return was.isEmpty() || was.equals(published(after)) ? null : was.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What {@link #of} looks at; empty if nothing is published. */
    private static ObjectNode published(final byte[] json) {
        try {
            final ObjectNode flow = json == null ? null : ResourceReader.object(json, 0, json.length);
            return flow != null && flow.get(GRAPH) instanceof ObjectNode
                    ? flow.retain(ID, VERSION, GRAPH)
                    : JsonNodeFactory.instance.objectNode();
        } catch (final JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
