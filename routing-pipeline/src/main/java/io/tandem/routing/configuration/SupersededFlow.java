package io.tandem.routing.configuration;

import io.tandem.routing.model.PublishedFlow;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A flow of which a revision publishes something else than the one before, or nothing any more.
 *
 * @param json what {@link PublishedFlow#superseded} says of it; not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SupersededFlow(ResourceId id, byte[] json) {
    /** Those among some edits. */
    static List<SupersededFlow> among(final List<ResourceEdit> edits, final Configuration before) {
        final List<SupersededFlow> superseded = new ArrayList<>();
        for (final ResourceEdit edit : edits) {
            final byte[] json = edit.kind() == ResourceKind.FLOWS
                    ? PublishedFlow.superseded(
                            before.resource(ResourceKind.FLOWS, edit.id().high(), edit.id().low()), edit.json())
                    : null;
            if (json != null) {
                superseded.add(new SupersededFlow(edit.id(), json));
            }
        }
        return superseded;
    }
}
