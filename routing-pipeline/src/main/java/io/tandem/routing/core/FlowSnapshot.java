package io.tandem.routing.core;

import io.tandem.routing.flow.FlowsWaitedIn;
import io.tandem.routing.flow.KeptFlow;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import java.util.List;

/**
 * The versions of flows that are published no more and in which calls wait, as records of a snapshot and back. They do not change
 * while they are kept, so that what there was when the snapshot began can be written later. Core's thread.
 */
final class FlowSnapshot {
    /** Bytes that cost about as much as looking at a place of a table. */
    private static final int BYTES_PER_PLACE = 1024;

    private final FlowsWaitedIn flows;
    private final StateWriter writer;
    private List<KeptFlow> pending = List.of();
    private int next;

    FlowSnapshot(final FlowsWaitedIn flows, final StateWriter writer) {
        this.flows = flows;
        this.writer = writer;
    }

    /** Begins a snapshot of now. */
    void begin() {
        pending = flows.kept();
        next = 0;
    }

    /**
     * Writes some; a long one counts as many places.
     *
     * @return how many places are left; -1 when there are none, but more to write.
     */
    int writeSlice(final int places) {
        int left = places;
        while (next < pending.size()) {
            if (left <= 0) {
                return -1;
            }
            final KeptFlow kept = pending.get(next++);
            writer.begin(StateKind.FLOW_VERSION)
                    .number(kept.flow().high())
                    .number(kept.flow().low())
                    .number(kept.until())
                    .bytes(kept.json())
                    .end();
            left -= 1 + kept.json().length / BYTES_PER_PLACE;
        }
        pending = List.of();
        next = 0;
        return Math.max(0, left);
    }

    void read(final StateReader reader) {
        final long high = reader.number();
        final ResourceId flow = new ResourceId(high, reader.number());
        final long until = reader.number();
        flows.restore(flow, until, reader.bytes());
    }
}
