package io.tandem.appliance.driver;

import io.tandem.journal.JournalException;
import io.tandem.journal.queue.RecordsQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the core's records, each once: what recovery recomputes and the queue already holds is passed over by its key.
 * A full disk loses records, counted, but stops no call. Owned by the core's thread.
 */
final class RecordAppender {
    /** Ordinal of digests: after all records of a turn. */
    static final int DIGEST_ORDINAL = 1 << 20;

    /** Ordinal of gap records. */
    static final int GAP_ORDINAL = DIGEST_ORDINAL + 1;

    private static final Logger LOG = LoggerFactory.getLogger(RecordAppender.class);

    private final RecordsQueue records;
    private long inputIndex = RecordsQueue.NONE;
    private int ordinal;
    private boolean failing;
    private final AtomicLong lostCount = new AtomicLong();
    private final AtomicLong appendedCount = new AtomicLong();

    RecordAppender(final RecordsQueue records) {
        this.records = records;
    }

    /** Begins the records of a turn. A turn that the journal does not hold continues the last one's. */
    void beginTurn(final long index) {
        if (index != inputIndex) {
            inputIndex = index;
            ordinal = 0;
        }
    }

    /** Appends the next record of the turn. */
    void append(final DirectBuffer buffer, final int offset, final int length) {
        append(buffer, offset, length, ordinal++);
    }

    /** Appends a record with an ordinal of its own. */
    void append(final DirectBuffer buffer, final int offset, final int length, final int at) {
        final long last = records.lastInputIndex();
        if (inputIndex < last || (inputIndex == last && at <= records.lastOrdinal())) {
            return;
        }
        if (failing && !records.writable()) {
            lostCount.getAndIncrement();
            return;
        }
        try {
            records.append(buffer, offset, length, inputIndex, at);
            appendedCount.getAndIncrement();
            failing = false;
        } catch (final JournalException e) {
            lostCount.getAndIncrement();
            if (!failing) {
                failing = true;
                LOG.error("journal refuses records: reason={}", e.getMessage());
            }
        }
    }

    /** Records that could not be written; any thread may ask. */
    long lostCount() {
        return lostCount.get();
    }

    /** Records written in this life; any thread may ask. */
    long appendedCount() {
        return appendedCount.get();
    }
}
