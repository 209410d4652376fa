package io.tandem.journal.queue;

import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Reads batches in order; belongs to one thread. What it shows is valid until it moves or closes. */
public final class InputsReader implements AutoCloseable {
    private final DocumentReader documents;

    InputsReader(final DocumentReader documents) {
        this.documents = documents;
    }

    /**
     * Opens a queue beside its writer, which may be another process; changes nothing on disk.
     *
     * @throws JournalException when there is no queue
     */
    public static InputsReader open(final Path directory, final JournalSettings settings) {
        return new InputsReader(ReadOnlyQueue.reader(directory, settings, 0));
    }

    /** Makes {@code index} the next document; false when there is none of that index. */
    public boolean moveTo(final long index) {
        return documents.moveTo(index);
    }

    /** Makes the oldest document the next. */
    public void toStart() {
        documents.toStart();
    }

    /**
     * Moves to the next document; false at the end, where later calls find what was appended meanwhile.
     *
     * @throws JournalCorruptException naming the index, when a document does not match its checksum
     */
    public boolean next() {
        return documents.next();
    }

    /** Index of the current document. */
    public long index() {
        return documents.index();
    }

    /** Holds the current batch at {@link #offset()}, {@link #length()} bytes. */
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
