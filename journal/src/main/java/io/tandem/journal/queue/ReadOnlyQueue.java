package io.tandem.journal.queue;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** A queue opened beside its writer, which may be another process: changes nothing on disk. */
final class ReadOnlyQueue implements AutoCloseable {
    private final SingleChronicleQueue queue;

    private ReadOnlyQueue(final SingleChronicleQueue queue) {
        this.queue = queue;
    }

    static ReadOnlyQueue open(final Path directory, final JournalSettings settings) {
        if (!Files.isDirectory(directory)) {
            throw new JournalException("queue does not exist: path=" + directory);
        }
        return new ReadOnlyQueue(SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(QueueFiles.rollCycle(settings.roll()))
                .blockSize(settings.blockBytes())
                .syncMode(SyncMode.NONE)
                .readOnly(true)
                .build());
    }

    ExcerptTailer tailer() {
        final ExcerptTailer tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        return tailer;
    }

    @Override
    public void close() {
        queue.close();
    }
}
