package io.tandem.journal.queue;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
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
 * time, on the background thread, some seconds after it started: an appliance that starts needs the processor itself.
 */
final class RollRehearsal implements AutoCloseable {
    private static final AtomicBoolean TAKEN = new AtomicBoolean();
    private static final int ROLLS = 300;

    /** Periods before the first roll. */
    private static final int REST_PERIODS = 500;

    private static final int BLOCK_BYTES = 1 << 16;

    /** Small, so that a few documents fill an index page and need the next. */
    private static final int INDEX_COUNT = 8;

    private static final int DOCUMENTS = 20;

    private final Path scratch;
    private final SetTimeProvider clock = new SetTimeProvider(0L);
    private final QueueFiles files;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private int rest = REST_PERIODS;
    private int rolls;

    RollRehearsal(final Path queueDirectory) {
        scratch = queueDirectory.resolve("rehearsal");
        files = new QueueFiles(scratch, RollEvery.MINUTE);
        rolls = TAKEN.compareAndSet(false, true) ? 0 : ROLLS;
    }

    /** Whether each call of {@link #doWork} is another roll, so that they should follow each other soon. */
    boolean isUnderWay() {
        return rest <= 0 && rolls < ROLLS;
    }

    /**
     * One roll, unless it is too early or the process has rehearsed enough.
     *
     * @param periods periods since the last call
     */
    void doWork(final int periods) {
        if (rest > 0) {
            rest -= periods;
        }
        if (isUnderWay()) {
            try {
                if (queue == null) {
                    open();
                }
                roll(++rolls);
                if (rolls == ROLLS) {
                    close();
                }
            } catch (final IOException e) {
                rolls = ROLLS;
                throw new JournalException(
                        "scratch queue cannot be used: path=" + scratch + " reason=" + IoReason.of(e), e);
            }
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

    @Override
    public void close() {
        if (queue != null) {
            appender.close();
            queue.close();
            queue = null;
            try {
                DurableFiles.delete(scratch);
            } catch (final IOException e) {
                throw new JournalException(
                        "scratch queue cannot be removed: path=" + scratch + " reason=" + IoReason.of(e), e);
            }
        }
    }
}
