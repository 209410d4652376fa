package io.tandem.journal.queue;

import io.tandem.journal.JournalException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest documents when a queue is opened. After a power failure the medium may hold some pages of a document and
 * not others. Such documents were never answered for, so they are voided: their checksum is replaced by a mark that
 * readers skip. A killed process alone leaves none.
 */
final class TornTail {
    private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);

    /** More torn documents than a batch of lost pages can explain: the file is damaged, not torn. */
    private static final int TORN_MAX = 1024;

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private int tornCount;

    TornTail(final Path directory, final SingleChronicleQueue queue) {
        this.directory = directory;
        this.queue = queue;
    }

    /** Voids torn documents; returns the index of the newest whole one, or {@link DocumentQueue#NONE}. */
    long repair() {
        try (ExcerptTailer tailer =
                queue.createTailer().direction(TailerDirection.BACKWARD).toEnd()) {
            while (true) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        return DocumentQueue.NONE;
                    }
                    if (isWhole(context)) {
                        return context.index();
                    }
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

    /** Documents that {@link #repair} voided. */
    int tornCount() {
        return tornCount;
    }
}
