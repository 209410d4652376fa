package io.tandem.journal.queue;

import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.BusyTimedPauser;

/**
 * A writer that was killed in the middle of an append leaves the queue's write lock in its metadata file. The data
 * directory's lock says that no such writer lives, so the lock is released at once, without a time-out.
 */
final class StaleLocks {
    private StaleLocks() {}

    static void release(final Path queueDirectory) {
        final Path metadata = queueDirectory.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
        if (Files.notExists(metadata)) {
            return;
        }
        SingleChronicleQueueBuilder.addAliases();
        try (TableStore<?> store = SingleTableBuilder.binary(metadata.toFile(), Metadata.NoMeta.INSTANCE)
                .build()) {
            release(store, TableStoreWriteLock.APPEND_LOCK_KEY);
            release(store, "chronicle.write.lock");
        }
    }

    private static void release(final TableStore<?> store, final String key) {
        try (TableStoreWriteLock lock = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L, key)) {
            lock.forceUnlock();
        }
    }
}
