package io.tandem.journal.queue;

import io.tandem.journal.JournalCorruptException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the documents of a queue in order, checking each; belongs to one thread. */
final class DocumentReader implements AutoCloseable {
    private final Path directory;
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final int prefixLength;
    private final boolean ownsQueue;
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private DocumentContext held;
    private long index = DocumentQueue.NONE;

    DocumentReader(
            final Path directory, final SingleChronicleQueue queue, final int prefixLength, final boolean ownsQueue) {
        this.directory = directory;
        this.queue = queue;
        this.prefixLength = prefixLength;
        this.ownsQueue = ownsQueue;
        tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
    }

    boolean moveTo(final long wanted) {
        release();
        return tailer.moveToIndex(wanted);
    }

    void toStart() {
        release();
        tailer.toStart();
    }

    /**
     * Makes the first document of which {@code reached} holds the next, given that it holds of all later ones too. Asks
     * of a number of documents that grows with the logarithm of the file's length.
     *
     * @param reached asked with a document as the current one
     * @return false when it holds of none; then the queue has to be read on from its end
     */
    boolean moveToFirst(final BooleanSupplier reached) {
        final RollCycle roll = queue.rollCycle();
        if (queue.firstCycle() == Integer.MAX_VALUE) {
            return false;
        }
        long notReached = DocumentQueue.NONE;
        long candidate = DocumentQueue.NONE;
        for (final long cycle :
                queue.listCyclesBetween(queue.firstCycle(), queue.lastCycle()).descendingSet()) {
            final long first = roll.toIndex((int) cycle, 0);
            if (moveTo(first) && next()) {
                if (!reached.getAsBoolean()) {
                    notReached = first;
                    break;
                }
                candidate = index;
            }
        }
        if (notReached != DocumentQueue.NONE) {
            candidate = firstAfter(notReached, candidate, reached);
        }
        release();
        return candidate != DocumentQueue.NONE && moveTo(candidate);
    }

    /** Searches behind {@code notReached} in its file; what lies in the next file is {@code otherwise}. */
    private long firstAfter(final long notReached, final long otherwise, final BooleanSupplier reached) {
        long low = notReached;
        long step = 1;
        while (isBefore(low + step, reached)) {
            low += step;
            step *= 2;
        }
        long high = low + step;
        while (high - low > 1) {
            final long middle = (low + high) >>> 1;
            if (isBefore(middle, reached)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return moveTo(high) && next() ? index : otherwise;
    }

    private boolean isBefore(final long index, final BooleanSupplier reached) {
        return moveTo(index) && next() && !reached.getAsBoolean();
    }

    boolean next() {
        do {
            release();
            if (!read()) {
                return false;
            }
        } while (Checksum.isVoid(document));
        if (!Checksum.isRight(document)) {
            throw new JournalCorruptException("document does not match its checksum: path=" + directory + " index=0x"
                    + Long.toHexString(index) + " stored=0x" + Integer.toHexString(Checksum.stored(document))
                    + " computed=0x" + Integer.toHexString(Checksum.compute(document)));
        }
        return true;
    }

    private boolean read() {
        final DocumentContext context = tailer.readingDocument();
        if (!context.isPresent()) {
            context.close();
            return false;
        }
        held = context;
        index = context.index();
        final Bytes<?> bytes = context.wire().bytes();
        final int length = (int) bytes.readRemaining();
        if (length < DocumentQueue.CRC_LENGTH + prefixLength) {
            throw new JournalCorruptException("document too short: path=" + directory + " index=0x"
                    + Long.toHexString(index) + " bytes=" + length);
        }
        document.wrap(bytes.addressForRead(bytes.readPosition()), length);
        return true;
    }

    long index() {
        return index;
    }

    DirectBuffer buffer() {
        return document;
    }

    int prefixOffset() {
        return DocumentQueue.CRC_LENGTH;
    }

    int bodyOffset() {
        return DocumentQueue.CRC_LENGTH + prefixLength;
    }

    int bodyLength() {
        return document.capacity() - bodyOffset();
    }

    private void release() {
        if (held != null) {
            document.wrap(0, 0);
            held.close();
            held = null;
        }
    }

    @Override
    public void close() {
        release();
        tailer.close();
        if (ownsQueue) {
            queue.close();
        }
    }
}
