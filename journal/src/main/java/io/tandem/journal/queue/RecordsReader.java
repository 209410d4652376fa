package io.tandem.journal.queue;

import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Reads records in order; belongs to one thread. What it shows is valid until it moves or closes. */
public final class RecordsReader implements AutoCloseable {
    private final DocumentReader documents;

    RecordsReader(final DocumentReader documents) {
        this.documents = documents;
    }

    /**
     * Opens a queue beside its writer, which may be another process; changes nothing on disk.
     *
     * @throws JournalException when there is no queue
     */
    public static RecordsReader open(final Path directory, final JournalSettings settings) {
        return new RecordsReader(ReadOnlyQueue.reader(directory, settings, RecordsQueue.PREFIX_LENGTH));
    }

    /** Makes the record at {@code index}, an index of this queue, the next; false when there is none. */
    public boolean moveTo(final long index) {
        return documents.moveTo(index);
    }

    /** Makes the oldest record of an input not before {@code inputIndex} the next; false when there is none. */
    public boolean moveToInput(final long inputIndex) {
        return documents.moveToFirst(() -> inputIndex() >= inputIndex);
    }

    /** Makes the oldest record the next. */
    public void toStart() {
        documents.toStart();
    }

    /**
     * Moves to the next record; false at the end, where later calls find what was appended meanwhile.
     *
     * @throws JournalCorruptException naming the index, when a record does not match its checksum
     */
    public boolean next() {
        return documents.next();
    }

    /** Index of the current record in this queue. */
    public long index() {
        return documents.index();
    }

    /** Index, in the inputs queue, of the input that caused the record. */
    public long inputIndex() {
        return documents.buffer().getLong(documents.prefixOffset(), ByteOrder.LITTLE_ENDIAN);
    }

    /** Position among the records of that input. */
    public int ordinal() {
        return documents.buffer().getInt(documents.prefixOffset() + 8, ByteOrder.LITTLE_ENDIAN);
    }

    /** Holds the current record at {@link #offset()}, {@link #length()} bytes, starting with its message header. */
    public DirectBuffer buffer() {
        return documents.buffer();
    }

    public int offset() {
        return documents.bodyOffset();
    }

    public int length() {
        return documents.bodyLength();
    }

    @Override
    public void close() {
        documents.close();
    }
}
