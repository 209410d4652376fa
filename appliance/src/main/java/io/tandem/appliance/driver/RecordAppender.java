package io.tandem.appliance.driver;

import io.tandem.journal.JournalException;
import io.tandem.journal.queue.RecordsQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the core's records, each once: what recovery recomputes and the queue already holds is passed over by its key.
 * A full disk makes records wait in memory, and loses them, counted, when they are too many; it stops no call. Owned by the
 * core's thread.
 */
final class RecordAppender {
    /** Ordinal of digests: after all records of a turn. */
    static final int DIGEST_ORDINAL = 1 << 20;

    /** Ordinal of gap records. */
    static final int GAP_ORDINAL = DIGEST_ORDINAL + 1;

    /** Records that wait in memory while the disk is full, about half a KiB each. */
    private static final int HELD_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordAppender.class);

    private final RecordsQueue records;
    private final Deque<Held> held = new ArrayDeque<>();
    private long inputIndex = RecordsQueue.NONE;
    private int ordinal;
    private boolean failing;
    private final AtomicLong lostCount = new AtomicLong();
    private final AtomicLong appendedCount = new AtomicLong();

    @SuppressWarnings("ArrayRecordComponent") // the bytes are written once and never compared
    private record Held(long inputIndex, int ordinal, byte[] bytes) {}

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
        if (!flush() || !write(buffer, offset, length, inputIndex, at)) {
            hold(buffer, offset, length, at);
        }
    }

    /** Writes what the disk refused before; false when it still does. */
    boolean flush() {
        while (!held.isEmpty()) {
            final Held first = held.getFirst();
            if (!write(new UnsafeBuffer(first.bytes), 0, first.bytes.length, first.inputIndex, first.ordinal)) {
                return false;
            }
            held.removeFirst();
        }
        return true;
    }

    private boolean write(
            final DirectBuffer buffer, final int offset, final int length, final long index, final int at) {
        if (failing && !records.writable()) {
            return false;
        }
        try {
            records.append(buffer, offset, length, index, at);
            appendedCount.getAndIncrement();
            failing = false;
            return true;
        } catch (final JournalException e) {
            if (!failing) {
                failing = true;
                LOG.error("journal refuses records, they are held in memory: reason={}", e.getMessage());
            }
            return false;
        }
    }

    private void hold(final DirectBuffer buffer, final int offset, final int length, final int at) {
        if (held.size() == HELD_MAX) {
            if (lostCount.getAndIncrement() == 0) {
                LOG.error("records are lost: heldRecords={}", HELD_MAX);
            }
            return;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        held.addLast(new Held(inputIndex, at, bytes));
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
