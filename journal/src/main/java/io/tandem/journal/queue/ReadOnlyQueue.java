package io.tandem.journal.queue;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** A queue opened beside its writer, which may be another process: changes nothing on disk. */
final class ReadOnlyQueue {
    private ReadOnlyQueue() {}

    /** A reader that holds the queue open until it is closed; it may be handed from one thread to another. */
    static DocumentReader reader(final Path directory, final JournalSettings settings, final int prefixLength) {
        final Path metadata = directory.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
        if (Files.notExists(metadata)) {
            throw new JournalException("queue does not exist: path=" + directory);
        }
        if (!Files.isReadable(metadata)) {
            throw new JournalException("queue cannot be read: path=" + directory + " reason=permission denied");
        }
        try {
            final SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory)
                    .rollCycle(QueueFiles.rollCycle(settings.roll()))
                    .blockSize(settings.blockBytes())
                    .syncMode(SyncMode.NONE)
                    .readOnly(true)
                    .build();
            return new DocumentReader(directory, queue, prefixLength, true);
        } catch (final RuntimeException e) {
            throw new JournalException("queue cannot be read: path=" + directory + " reason=" + IoReason.of(e), e);
        }
    }
}
