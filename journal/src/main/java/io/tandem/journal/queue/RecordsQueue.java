package io.tandem.journal.queue;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the core had to say for the record: call records, digests, gaps. Each is keyed by the input that caused it and
 * its position among that input's records. Recovery recomputes records and drops those whose key is not greater than
 * {@link #lastInputIndex()}, {@link #lastOrdinal()}, so nothing is missing and nothing is doubled. One writer thread.
 */
public final class RecordsQueue implements AutoCloseable {
    /** Key of no record. */
    public static final long NONE = DocumentQueue.NONE;

    static final int PREFIX_LENGTH = 12;

    private final DocumentQueue documents;
    private final UnsafeBuffer prefix = new UnsafeBuffer(new byte[PREFIX_LENGTH]);
    private long lastInputIndex = NONE;
    private int lastOrdinal = (int) NONE;

    private RecordsQueue(final DocumentQueue documents) {
        this.documents = documents;
        documents.needFrom(Long.MAX_VALUE);
        if (documents.lastIndex() != DocumentQueue.NONE) {
            try (RecordsReader reader = reader()) {
                if (reader.moveTo(documents.lastIndex()) && reader.next()) {
                    lastInputIndex = reader.inputIndex();
                    lastOrdinal = reader.ordinal();
                }
            }
        }
    }

    /** Opens or creates the queue in {@code directory}, which no other process may have open. */
    public static RecordsQueue open(final Path directory, final JournalSettings settings) {
        return new RecordsQueue(DocumentQueue.open(directory, settings));
    }

    /**
     * Appends one SBE record with its message header; allocates nothing.
     *
     * @throws JournalFullException when there is no sure space; nothing was written
     * @throws JournalException     when the key is not greater than the last one, the record is too long or the disk
     *                              refuses; nothing was written
     */
    public void append(
            final DirectBuffer record, final int offset, final int length, final long inputIndex, final int ordinal) {
        if (inputIndex < lastInputIndex || (inputIndex == lastInputIndex && ordinal <= lastOrdinal)) {
            throw new JournalException("record out of order: inputIndex=0x" + Long.toHexString(inputIndex)
                    + " ordinal=" + ordinal + " lastInputIndex=0x" + Long.toHexString(lastInputIndex)
                    + " lastOrdinal=" + lastOrdinal);
        }
        prefix.putLong(0, inputIndex, ByteOrder.LITTLE_ENDIAN);
        prefix.putInt(8, ordinal, ByteOrder.LITTLE_ENDIAN);
        documents.append(prefix, PREFIX_LENGTH, record, offset, length);
        lastInputIndex = inputIndex;
        lastOrdinal = ordinal;
    }

    /** Input index of the newest record, or {@link #NONE}. */
    public long lastInputIndex() {
        return lastInputIndex;
    }

    /** Ordinal of the newest record, or -1. */
    public int lastOrdinal() {
        return lastOrdinal;
    }

    /** Documents that a power failure had torn, found and voided when the queue was opened. */
    public int tornDocuments() {
        return documents.tornCount();
    }

    /** Whether the next append finds space; any thread may ask. */
    public boolean writable() {
        return documents.writable();
    }

    /** Returns when everything appended is on the medium. */
    public void sync() {
        documents.sync();
    }

    /** A reader of its own, at the start of the queue. */
    public RecordsReader reader() {
        return new RecordsReader(documents.reader(PREFIX_LENGTH));
    }

    @Override
    public void close() {
        documents.close();
    }
}
