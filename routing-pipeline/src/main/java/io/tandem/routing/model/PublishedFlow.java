package io.tandem.routing.model;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What calls follow of a flow: its published graph, with nothing of the draft. */
public record PublishedFlow(ResourceId id, int version, FlowGraph graph) {
    /**
     * Takes it out of a flow as it is stored.
     *
     * @return null if the flow is not published, or cannot be read.
     */
    public static PublishedFlow of(final byte[] json) {
        try {
            final ObjectNode flow = ResourceReader.object(json, 0, json.length);
            if (flow == null || !(flow.get("published_graph") instanceof ObjectNode published)) {
                return null;
            }
            final ResourceId id = ResourceId.parse(flow.path("id").asString(""), ResourceKind.FLOWS.prefix());
            final FlowGraph graph = FlowGraph.ofPublished(published);
            return id == null || graph == null
                    ? null
                    : new PublishedFlow(id, flow.path("version").asInt(0), graph);
        } catch (final JacksonException e) {
            return null;
        }
    }
}
