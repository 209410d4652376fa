package io.tandem.routing.configuration;

import io.tandem.routing.model.PublishedFlow;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link PublishedFlow#superseded} says of flows from one configuration to another: of some it was asked beforehand, so
 * that the core need not read and compare them itself. Once made, used by one thread.
 */
final class FlowComparison {
    private final Configuration before;
    private final Configuration after;
    private final Map<ResourceId, byte[]> known = new TreeMap<>();

    /** Compares some flows at once, the others when they are asked for. */
    FlowComparison(final Configuration before, final Configuration after, final Collection<ResourceId> flows) {
        this.before = before;
        this.after = after;
        flows.forEach(flow -> known.put(flow, compare(flow)));
    }

    /** Compares the flows that edits touch. */
    static FlowComparison ofEdits(
            final Configuration before, final Configuration after, final List<ResourceEdit> edits) {
        return new FlowComparison(
                before,
                after,
                edits.stream()
                        .filter(edit -> edit.kind() == ResourceKind.FLOWS)
                        .map(ResourceEdit::id)
                        .toList());
    }

    byte[] superseded(final ResourceId flow) {
        return known.containsKey(flow) ? known.get(flow) : compare(flow);
    }

    private byte[] compare(final ResourceId flow) {
        return PublishedFlow.superseded(
                before.resource(ResourceKind.FLOWS, flow.high(), flow.low()),
                after.resource(ResourceKind.FLOWS, flow.high(), flow.low()));
    }
}
