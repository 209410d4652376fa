package io.tandem.journal.queue;

import io.tandem.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the oldest files of a queue beyond its budget of bytes or hours, never the one of the newest document or a
 * newer one, and never one that holds documents from {@link #needFrom} on. Runs on the background thread.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final QueueFiles files;
    private final JournalSettings settings;
    private final LongSupplier wallMs;
    private volatile int neededCycle;

    Retention(
            final Path directory,
            final SingleChronicleQueue queue,
            final JournalSettings settings,
            final LongSupplier wallMs) {
        this.directory = directory;
        this.queue = queue;
        files = new QueueFiles(directory, settings.roll());
        this.settings = settings;
        this.wallMs = wallMs;
    }

    /** Documents from this index on are needed, {@link Long#MAX_VALUE} for none; any thread. Until told, all are. */
    void needFrom(final long index) {
        neededCycle =
                index == Long.MAX_VALUE ? Integer.MAX_VALUE : queue.rollCycle().toCycle(index);
    }

    /**
     * Removes what may go.
     *
     * @param lastIndex index of the newest document
     * @return number of files removed
     */
    synchronized int apply(final long lastIndex) {
        if (lastIndex == DocumentQueue.NONE) {
            return 0;
        }
        final int lastCycle = queue.rollCycle().toCycle(lastIndex);
        final List<Path> present = QueueFiles.list(directory);
        long total = 0;
        for (final Path file : present) {
            total += length(file);
        }
        final long oldestMs = wallMs.getAsLong() - settings.retentionHours() * 3_600_000L;
        int removed = 0;
        for (final Path file : present) {
            final int cycle = files.cycle(file);
            final boolean old = (cycle + 1L) * settings.roll().lengthMs() < oldestMs;
            if (cycle >= neededCycle || cycle >= lastCycle || !(old || total > settings.retentionBytes())) {
                break;
            }
            total -= length(file);
            try {
                Files.deleteIfExists(file);
                removed++;
                LOG.info("queue file removed: path={}", file);
            } catch (final IOException e) {
                LOG.warn("queue file cannot be removed: path={} reason={}", file, e.toString());
                break;
            }
        }
        if (removed > 0) {
            queue.refreshDirectoryListing();
        }
        return removed;
    }

    private static long length(final Path file) {
        try {
            return Files.size(file);
        } catch (final IOException e) {
            return 0;
        }
    }
}
