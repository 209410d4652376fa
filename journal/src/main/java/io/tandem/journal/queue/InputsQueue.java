package io.tandem.journal.queue;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * The write-ahead queue: one document per turn of the core, an SBE InputBatch with its message header, appended before
 * the core sees it. Written by the sequencer's thread alone; readers are independent and may live on any thread.
 */
public final class InputsQueue implements AutoCloseable {
    /** Index of no document. */
    public static final long NONE = DocumentQueue.NONE;

    private final DocumentQueue documents;

    private InputsQueue(final DocumentQueue documents) {
        this.documents = documents;
    }

    /** Opens or creates the queue in {@code directory}, which no other process may have open. */
    public static InputsQueue open(final Path directory, final JournalSettings settings) {
        return new InputsQueue(DocumentQueue.open(directory, settings));
    }

    /**
     * Appends one batch; allocates nothing.
     *
     * @return the document's index; later documents have greater indexes, not always by one
     * @throws JournalFullException when there is no sure space; nothing was written
     * @throws JournalException     when the batch is too long or the disk refuses; nothing was written
     */
    public long append(final DirectBuffer batch, final int offset, final int length) {
        return documents.append(null, 0, batch, offset, length);
    }

    /** Index of the newest whole document, or {@link #NONE}. */
    public long lastIndex() {
        return documents.lastIndex();
    }

    /** Documents that a power failure had torn, found and voided when the queue was opened. */
    public int tornDocuments() {
        return documents.tornCount();
    }

    /** Whether the next append finds space; any thread may ask. */
    public boolean writable() {
        return documents.writable();
    }

    /** Batches from this index on must be kept: the oldest snapshot kept needs them; any thread. Until told, all are. */
    public void needFrom(final long index) {
        documents.needFrom(index);
    }

    /** Returns when everything appended is on the medium; power-loss mode calls it after each batch. */
    public void sync() {
        documents.sync();
    }

    /** A reader of its own, at the start of the queue. */
    public InputsReader reader() {
        return new InputsReader(documents.reader(0));
    }

    @Override
    public void close() {
        documents.close();
    }
}
