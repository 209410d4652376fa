package io.tandem.appliance.driver;

import io.tandem.journal.record.InputBatchDecoder;
import io.tandem.journal.snapshot.SnapshotHeader;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.journal.snapshot.SnapshotWriter;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.core.Core;
import io.tandem.routing.snapshot.StateSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Takes snapshots without keeping the core or its calls waiting: a few entries after each turn go to the store's thread,
 * which writes them. What the store cannot take at once waits in memory, and no further slice is written meanwhile. Owned by
 * the core's thread.
 */
final class Snapshots {
    /**
     * Places of the core's tables that are looked at after a turn for each of its inputs, some 200 ns each:
     * a snapshot of full tables spreads over as many inputs as it takes.
     */
    private static final int PLACES_PER_INPUT = 4;

    private static final long REPEAT_AFTER_NS = 1_000_000_000L;

    private final SnapshotStore store;
    private final String build;
    private final StateSink sink = this::onRecord;
    private final ExpandableDirectByteBuffer waiting = new ExpandableDirectByteBuffer(1 << 20);
    private final LongArrayList ends = new LongArrayList();
    private final Consumer<OverlaidConfiguration> overlays;
    private CompletableFuture<?> changes = CompletableFuture.completedFuture(null);
    private SnapshotWriter writer;
    private int waitingEnd;
    private int handedOver;
    private boolean whole;
    private boolean finishing;
    private boolean failed;
    private long lastNowNs;
    private long inputsAtLast;
    private volatile long lastWallMs;
    private final AtomicLong count = new AtomicLong();
    private final List<String> failures = new ArrayList<>();

    /**
     * Creates it for a core that recovery has brought up to date.
     *
     * @param tailInputs inputs that recovery found behind the last snapshot: many short lives must not make a long tail
     * @param overlays writes a revision's changes, on another thread; throws when it cannot
     */
    Snapshots(
            final SnapshotStore store,
            final String build,
            final long tailInputs,
            final Consumer<OverlaidConfiguration> overlays) {
        this.store = store;
        this.overlays = overlays;
        this.build = build;
        inputsAtLast = -tailInputs;
    }

    /** Whether one is on its way. */
    boolean isBusy() {
        return writer != null;
    }

    /**
     * Whether another one is worth its price: after so many inputs, and not before there were as many inputs as there are
     * entries to write, so that snapshots never cost more than a small part of the work itself.
     *
     * @param tailInputs inputs that a restart may have to execute again
     */
    boolean isDue(final Core core, final long inputCount, final long tailInputs) {
        final long tail = inputCount - inputsAtLast;
        return writer == null && tail >= tailInputs && tail >= core.snapshotEntries();
    }

    /** Whether the last one failed, for want of disk space most likely, some time ago, so that another may be tried. */
    boolean mayBeRepeated(final long nowNs) {
        return failed && writer == null && nowNs - lastNowNs >= REPEAT_AFTER_NS;
    }

    /** Begins a snapshot of this moment; the caller asks {@link #isBusy()} before. */
    void begin(final Core core, final long inputIndex, final long nowNs, final long wallMs, final long inputCount) {
        whole = false;
        finishing = false;
        failed = false;
        lastNowNs = nowNs;
        changes = changesOf(core);
        writer = store.begin(new SnapshotHeader(
                InputBatchDecoder.SCHEMA_VERSION, inputIndex, core.epoch(), nowNs, wallMs, build, generationOf(core)));
        core.beginSnapshot(sink);
        inputsAtLast = inputCount;
        lastWallMs = wallMs;
    }

    /** Changes over a generation are written before the snapshot that names them is whole. */
    private CompletableFuture<?> changesOf(final Core core) {
        return core.stages().configuration() instanceof OverlaidConfiguration overlaid
                        && !overlaid.name().equals(overlaid.base().name())
                ? CompletableFuture.runAsync(() -> overlays.accept(overlaid))
                : CompletableFuture.completedFuture(null);
    }

    private static String generationOf(final Core core) {
        final Configuration configuration = core.stages().configuration();
        return configuration.revision() == 0 ? "" : configuration.name();
    }

    private void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        if (!ends.isEmpty() || !writer.append(buffer, offset, length)) {
            waiting.putBytes(waitingEnd, buffer, offset, length);
            waitingEnd += length;
            ends.addLong(waitingEnd);
        }
    }

    /**
     * Writes a slice; called once per turn while busy.
     *
     * @param turnInputs inputs of the turn, which bound the slice
     */
    void doWork(final Core core, final int turnInputs) {
        write(core, PLACES_PER_INPUT * Math.max(1, turnInputs));
    }

    /** Writes a slice when there is nothing else to do. */
    void doIdleWork(final Core core, final int places) {
        write(core, places);
    }

    private void write(final Core core, final int places) {
        if (writer == null || !handOver()) {
            return;
        }
        if (!whole) {
            whole = core.writeSnapshot(places);
        } else if (!finishing && changes.isDone()) {
            finishing = changes.isCompletedExceptionally() ? abandon() : writer.finish();
        }
        switch (writer.state()) {
            case WRITING -> {}
            case FINISHED -> {
                count.getAndIncrement();
                writer = null;
            }
            case FAILED -> {
                // what is left of it goes nowhere; the core is done with it when its last slice is
                if (whole) {
                    failed = true;
                    failures.add(writer.failure());
                    writer = null;
                }
            }
        }
    }

    private boolean abandon() {
        writer.abandon();
        return true;
    }

    /** Gives the store what has been waiting; true when nothing is left. */
    private boolean handOver() {
        while (handedOver < ends.size()) {
            final int from = handedOver == 0 ? 0 : (int) ends.getLong(handedOver - 1);
            if (!writer.append(waiting, from, (int) ends.getLong(handedOver) - from)) {
                return false;
            }
            handedOver++;
        }
        handedOver = 0;
        waitingEnd = 0;
        ends.clear();
        return true;
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
