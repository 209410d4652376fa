package io.tandem.journal.queue;

import io.tandem.journal.JournalCorruptException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the documents of a queue in order, checking each; belongs to one thread. */
final class DocumentReader implements AutoCloseable {
    private final Path directory;
    private final ExcerptTailer tailer;
    private final int prefixLength;
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private DocumentContext held;
    private long index = DocumentQueue.NONE;

    DocumentReader(final Path directory, final ExcerptTailer tailer, final int prefixLength) {
        this.directory = directory;
        this.tailer = tailer;
        this.prefixLength = prefixLength;
    }

    boolean moveTo(final long wanted) {
        release();
        return tailer.moveToIndex(wanted);
    }

    void toStart() {
        release();
        tailer.toStart();
    }

    boolean next() {
        release();
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
        final long address = bytes.addressForRead(bytes.readPosition());
        document.wrap(address, length);
        final int computed =
                Crc32c.INSTANCE.compute(address, DocumentQueue.CRC_LENGTH, length - DocumentQueue.CRC_LENGTH);
        final int stored = document.getInt(0, ByteOrder.LITTLE_ENDIAN);
        if (computed != stored) {
            throw new JournalCorruptException("document does not match its checksum: path=" + directory + " index=0x"
                    + Long.toHexString(index) + " stored=0x" + Integer.toHexString(stored) + " computed=0x"
                    + Integer.toHexString(computed));
        }
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
    }
}
