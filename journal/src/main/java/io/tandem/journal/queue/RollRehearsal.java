package io.tandem.journal.queue;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.RollEvery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Rolls a scratch queue until the code that changes files and index pages is compiled. The writer runs it once an hour, interpreted and
 * with classes yet to be loaded the first time, which would cost it milliseconds. Done once in a process, a roll at a
 * time, on the background thread, some seconds after it started: an appliance that starts needs the processor itself. Where the
 * disk has no room to spare it waits, with nothing on the disk: the scratch queue writes to mapped pages that nobody allocated.
 */
final class RollRehearsal implements AutoCloseable {
    private static final AtomicBoolean TAKEN = new AtomicBoolean();
    private static final int ROLLS = 300;

    /** Periods before the first roll. */
    private static final int REST_PERIODS = 500;

    /** Periods between two looks whether there is room. */
    private static final int ROOM_PERIODS = 100;

    private static final int BLOCK_BYTES = 1 << 16;

    /** Small, so that a few documents fill an index page and need the next. */
    private static final int INDEX_COUNT = 8;

    private static final int DOCUMENTS = 20;

    /** More than the scratch queue ever takes, and than the journal takes of the disk meanwhile. */
    private static final long ROOM_BYTES = 8L << 20;

    private final Path scratch;
    private final SpaceProbe space;
    private final long reserveBytes;
    private final SetTimeProvider clock = new SetTimeProvider(0L);
    private final QueueFiles files;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private int rest = REST_PERIODS;
    private int rolls;
    private boolean underWay;

    private RollRehearsal(
            final Path queueDirectory, final SpaceProbe space, final long reserveBytes, final boolean wanted) {
        scratch = queueDirectory.resolve("rehearsal");
        files = new QueueFiles(scratch, RollEvery.MINUTE);
        this.space = space;
        this.reserveBytes = reserveBytes;
        rolls = wanted ? 0 : ROLLS;
    }

    /**
     * The rehearsal of this process, or none when another queue of it has taken that upon itself.
     *
     * @param reserveBytes free space of the disk that is left to others
     */
    static RollRehearsal ofProcess(final Path queueDirectory, final SpaceProbe space, final long reserveBytes) {
        return new RollRehearsal(queueDirectory, space, reserveBytes, TAKEN.compareAndSet(false, true));
    }

    /** A rehearsal in any case. */
    static RollRehearsal always(final Path queueDirectory, final SpaceProbe space, final long reserveBytes) {
        return new RollRehearsal(queueDirectory, space, reserveBytes, true);
    }

    /** Whether each call of {@link #doWork} is another roll, so that they should follow each other soon. */
    boolean isUnderWay() {
        return underWay;
    }

    /** Whether nothing is left to do. */
    boolean isDone() {
        return rolls >= ROLLS;
    }

    /**
     * One roll, unless it is too early, the disk has no room for it or the process has rehearsed enough.
     * When the disk refuses all the same, that is the end of it.
     *
     * @param periods periods since the last call
     */
    void doWork(final int periods) {
        if (isDone()) {
            return;
        }
        rest -= periods;
        if (rest > 0) {
            return;
        }
        try {
            if (space.usableBytes() < reserveBytes + ROOM_BYTES) {
                close();
                rest = ROOM_PERIODS;
                return;
            }
            rest = 0;
            if (!underWay) {
                underWay = true;
                open();
            }
            roll(++rolls);
            if (isDone()) {
                close();
            }
        } catch (final IOException | RuntimeException | InternalError e) {
            rolls = ROLLS;
            Preallocator.LOG.warn("roll of the journal is not rehearsed: path={} reason={}", scratch, IoReason.of(e));
            close();
        }
    }

    private void open() throws IOException {
        DurableFiles.delete(scratch);
        queue = SingleChronicleQueueBuilder.binary(scratch)
                .rollCycle(QueueFiles.rollCycle(RollEvery.MINUTE))
                .blockSize(BLOCK_BYTES)
                .indexCount(INDEX_COUNT)
                .indexSpacing(1)
                .timeProvider(clock)
                .syncMode(SyncMode.NONE)
                .forceDirectoryListingRefreshIntervalMs(Long.MAX_VALUE)
                .checkInterrupts(false)
                .build();
        appender = queue.createAppender();
    }

    private void roll(final int cycle) throws IOException {
        clock.currentTimeMillis(cycle * RollEvery.MINUTE.lengthMs());
        final FileAhead ahead = FileAhead.open(queue, files, cycle, true);
        if (ahead != null) {
            for (int i = 0; i < DOCUMENTS; i++) {
                try (DocumentContext document = appender.writingDocument()) {
                    document.wire().bytes().writeLong(cycle);
                }
            }
            ahead.retire();
            Files.deleteIfExists(files.path(cycle - 1));
        }
    }

    /** Removes the scratch queue; what a disk refuses to let go stays until the next start. */
    @Override
    public void close() {
        if (underWay) {
            underWay = false;
            try {
                closeQueue();
                DurableFiles.delete(scratch);
            } catch (final IOException | RuntimeException | InternalError e) {
                Preallocator.LOG.warn("scratch queue cannot be removed: path={} reason={}", scratch, IoReason.of(e));
            }
        }
    }

    private void closeQueue() {
        final SingleChronicleQueue closing = queue;
        queue = null;
        if (closing != null) {
            appender.close();
            closing.close();
        }
    }
}
