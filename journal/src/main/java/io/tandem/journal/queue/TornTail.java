package io.tandem.journal.queue;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.RollEvery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.io.ReferenceOwner;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wires;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest documents when a queue is opened. After a power failure the medium may hold some pages and not others: of a
 * document, or the file's note of where the newest document is without that document. What is torn was never answered
 * for, so it is voided: its checksum is replaced by a mark that readers skip; and a note that leads nowhere is set back.
 * A killed process alone leaves neither.
 */
final class TornTail {
    private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);

    /** More torn documents than a batch of lost pages can explain: the file is damaged, not torn. */
    private static final int TORN_MAX = 1024;

    private static final String LOST_SUFFIX = ".lost";

    private final Path directory;
    private final RollEvery roll;
    private final SingleChronicleQueue queue;
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private int tornCount;
    private long newestIndex = DocumentQueue.NONE;
    private long newestPosition;

    TornTail(final Path directory, final RollEvery roll, final SingleChronicleQueue queue) {
        this.directory = directory;
        this.roll = roll;
        this.queue = queue;
    }

    /**
     * Repairs the end of the queue, which nobody else has open.
     *
     * @return number of documents voided
     */
    int repair() {
        voidTorn();
        final QueueFiles files = new QueueFiles(directory, roll);
        for (final Path file : QueueFiles.list(directory)) {
            final int cycle = files.cycle(file);
            if (newestIndex == DocumentQueue.NONE || cycle >= queue.rollCycle().toCycle(newestIndex)) {
                repairPosition(cycle);
            }
        }
        return tornCount;
    }

    private void voidTorn() {
        try (ExcerptTailer tailer =
                queue.createTailer().direction(TailerDirection.BACKWARD).toEnd()) {
            boolean whole = false;
            while (!whole) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        return;
                    }
                    if (newestIndex == DocumentQueue.NONE) {
                        newestIndex = context.index();
                        newestPosition = context.wire().bytes().readPosition() - Wires.SPB_HEADER_SIZE;
                    }
                    whole = isWhole(context);
                }
            }
        }
    }

    private boolean isWhole(final DocumentContext context) {
        final Bytes<?> bytes = context.wire().bytes();
        final int length = (int) bytes.readRemaining();
        document.wrap(bytes.addressForRead(bytes.readPosition()), length);
        if (length >= DocumentQueue.CRC_LENGTH && Checksum.isVoid(document)) {
            return false;
        }
        if (length >= DocumentQueue.CRC_LENGTH && Checksum.isRight(document)) {
            return true;
        }
        if (length < DocumentQueue.CRC_LENGTH || ++tornCount > TORN_MAX) {
            throw new JournalException("queue is damaged at its end: path=" + directory + " index=0x"
                    + Long.toHexString(context.index()) + " bytes=" + length + " torn=" + tornCount);
        }
        LOG.warn("torn document voided: path={} index=0x{}", directory, Long.toHexString(context.index()));
        Checksum.makeVoid(document);
        return false;
    }

    /**
     * Sets a file's note of its newest document back to what is there; a file with nothing is put aside. The queue's own
     * setter moves forward only, hence the way round it.
     */
    private void repairPosition(final int cycle) {
        final Path lost;
        final SingleChronicleQueueStore store = queue.storeForCycle(cycle, 0, false, null);
        if (store == null) {
            return;
        }
        final MappedBytes bytes = store.bytes();
        try {
            final long noted = store.writePosition();
            if (Wires.isReady(bytes.readVolatileInt(noted))) {
                return;
            }
            LOG.warn("queue file notes a document that is not there: path={} position={}", store.file(), noted);
            if (newestIndex != DocumentQueue.NONE && cycle == queue.rollCycle().toCycle(newestIndex)) {
                final LongValue note = Jvm.getValue(store, "writePosition");
                note.setVolatileValue(newestPosition);
                return;
            }
            lost = store.file().toPath();
        } finally {
            bytes.release(ReferenceOwner.INIT);
            store.close();
        }
        putAside(lost);
    }

    private void putAside(final Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + LOST_SUFFIX));
        } catch (final IOException e) {
            throw new JournalException("queue file cannot be put aside: path=" + file + " reason=" + IoReason.of(e), e);
        }
        queue.refreshDirectoryListing();
    }
}
