package io.tandem.appliance.driver;

import io.tandem.journal.record.InputBatchDecoder;
import io.tandem.journal.snapshot.SnapshotHeader;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.journal.snapshot.SnapshotWriter;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.core.Core;
import io.tandem.routing.snapshot.StateSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Takes snapshots without keeping the core waiting for the disk: between two turns the core's records are copied to
 * memory at once, so that they are of one moment, and then handed to the store's thread a slice per turn. Owned by the
 * core's thread.
 */
final class Snapshots {
    private static final int SLICE_RECORDS = 256;

    private final SnapshotStore store;
    private final String build;
    private final StateSink copy = this::copy;
    private final ExpandableDirectByteBuffer staged = new ExpandableDirectByteBuffer(1 << 20);
    private final LongArrayList ends = new LongArrayList();
    private SnapshotWriter writer;
    private int stagedEnd;
    private int handedOver;
    private boolean finishing;
    private long inputsAtLast;
    private volatile long lastWallMs;
    private final AtomicLong count = new AtomicLong();
    private final List<String> failures = new ArrayList<>();

    Snapshots(final SnapshotStore store, final String build) {
        this.store = store;
        this.build = build;
    }

    /** Whether one is on its way. */
    boolean isBusy() {
        return writer != null;
    }

    /** Begins a snapshot of this moment; the caller asks {@link #isBusy()} before. */
    void begin(final Core core, final long inputIndex, final long nowNs, final long wallMs, final long inputCount) {
        stagedEnd = 0;
        handedOver = 0;
        finishing = false;
        ends.clear();
        core.writeSnapshot(copy);
        writer = store.begin(new SnapshotHeader(
                InputBatchDecoder.SCHEMA_VERSION, inputIndex, core.epoch(), nowNs, wallMs, build, generationOf(core)));
        inputsAtLast = inputCount;
        lastWallMs = wallMs;
    }

    private static String generationOf(final Core core) {
        final Configuration configuration = core.stages().configuration();
        return configuration.revision() == 0 ? "" : configuration.name();
    }

    private void copy(final DirectBuffer buffer, final int offset, final int length) {
        staged.putBytes(stagedEnd, buffer, offset, length);
        stagedEnd += length;
        ends.addLong(stagedEnd);
    }

    /** Hands over a slice; called once per turn while busy. */
    void doWork() {
        if (writer == null) {
            return;
        }
        for (int i = 0; i < SLICE_RECORDS && handedOver < ends.size(); i++) {
            final int from = handedOver == 0 ? 0 : (int) ends.getLong(handedOver - 1);
            if (!writer.append(staged, from, (int) ends.getLong(handedOver) - from)) {
                return;
            }
            handedOver++;
        }
        if (handedOver == ends.size() && !finishing) {
            finishing = writer.finish();
        }
        switch (writer.state()) {
            case WRITING -> {}
            case FINISHED -> {
                count.getAndIncrement();
                writer = null;
            }
            case FAILED -> {
                failures.add(writer.failure());
                writer = null;
            }
        }
    }

    /** Inputs sequenced when the last one began. */
    long inputsAtLast() {
        return inputsAtLast;
    }

    /** Wall clock of the last one begun, 0 for none; any thread may ask. */
    long lastWallMs() {
        return lastWallMs;
    }

    /** Snapshots finished in this life; any thread may ask. */
    long count() {
        return count.get();
    }

    /** Why the last one failed, or empty. */
    String lastFailure() {
        return failures.isEmpty() ? "" : failures.getLast();
    }
}
