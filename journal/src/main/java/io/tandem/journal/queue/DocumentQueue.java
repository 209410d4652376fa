package io.tandem.journal.queue;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.RollEvery;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One queue of checksummed documents, with one writer.
 *
 * <pre>
 *   0         4                 4 + prefixLength
 *   +---------+-----------------+----------------------+
 *   | CRC-32C | prefix          | body                 |
 *   +---------+-----------------+----------------------+
 *             |&lt;------------ covered by the CRC ------&gt;|
 * </pre>
 *
 * All fields little endian. The methods that write belong to one thread.
 */
final class DocumentQueue implements AutoCloseable {
    /** No document. */
    static final long NONE = -1L;

    static final int CRC_LENGTH = 4;

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final int documentBytesMax;
    private final Preallocator preallocator;
    private long lastIndex;

    private DocumentQueue(final Path directory, final JournalSettings settings, final TimeProvider wallClock) {
        this.directory = directory;
        final CycleClock clock = new CycleClock(wallClock);
        final RollCycle rollCycle = rollCycle(settings.roll());
        StaleLocks.release(directory);
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(rollCycle)
                .blockSize(settings.blockBytes())
                .timeProvider(clock)
                .checkInterrupts(false)
                .build();
        documentBytesMax = (int) queue.overlapSize() - 64;
        lastIndex = queue.lastIndex();
        if (lastIndex != NONE) {
            clock.notBefore(rollCycle.toCycle(lastIndex) * settings.roll().lengthMs());
        }
        appender = queue.createAppender();
        preallocator = new Preallocator(directory, settings);
        preallocator.start();
    }

    static DocumentQueue open(final Path directory, final JournalSettings settings) {
        return open(directory, settings, SystemTimeProvider.INSTANCE);
    }

    static DocumentQueue open(final Path directory, final JournalSettings settings, final TimeProvider wallClock) {
        try {
            return new DocumentQueue(directory, settings, wallClock);
        } catch (final JournalException e) {
            throw e;
        } catch (final RuntimeException e) {
            throw new JournalException("queue cannot be opened: path=" + directory + " reason=" + e, e);
        }
    }

    private static RollCycle rollCycle(final RollEvery roll) {
        return switch (roll) {
            case MINUTE -> LegacyRollCycles.MINUTELY;
            case TEN_MINUTES -> RollCycles.TEN_MINUTELY;
            case HOUR -> RollCycles.FAST_HOURLY;
        };
    }

    /**
     * Appends prefix and body as one document.
     *
     * @return the document's index
     * @throws JournalFullException when no disk space is sure
     * @throws JournalException     when the document is too long or the queue refuses
     */
    long append(
            final DirectBuffer prefix,
            final int prefixLength,
            final DirectBuffer body,
            final int offset,
            final int length) {
        final int documentLength = CRC_LENGTH + prefixLength + length;
        if (documentLength > documentBytesMax) {
            throw new JournalException("document too long: bytes=" + documentLength + " max=" + documentBytesMax);
        }
        if (!preallocator.writable()) {
            throw new JournalFullException("disk is full: path=" + directory);
        }
        try (DocumentContext document = appender.writingDocument()) {
            boolean complete = false;
            try {
                final Bytes<?> bytes = document.wire().bytes();
                final long address = bytes.addressForWrite(bytes.writePosition());
                target.wrap(address, documentLength);
                if (prefixLength > 0) {
                    target.putBytes(CRC_LENGTH, prefix, 0, prefixLength);
                }
                target.putBytes(CRC_LENGTH + prefixLength, body, offset, length);
                target.putInt(0, Crc32c.INSTANCE.compute(address, CRC_LENGTH, documentLength - CRC_LENGTH));
                bytes.writeSkip(documentLength);
                complete = true;
            } finally {
                if (!complete) {
                    document.rollbackOnClose();
                }
            }
        } catch (final IllegalStateException e) {
            throw new JournalException("queue refuses: path=" + directory + " reason=" + e, e);
        }
        lastIndex = appender.lastIndexAppended();
        return lastIndex;
    }

    /** Index of the newest document, or {@link #NONE}. */
    long lastIndex() {
        return lastIndex;
    }

    boolean writable() {
        return preallocator.writable();
    }

    /** Returns when everything appended is on the medium. */
    void sync() {
        appender.sync();
    }

    DocumentReader reader(final int prefixLength) {
        return new DocumentReader(directory, queue.createTailer(), prefixLength);
    }

    @Override
    public void close() {
        preallocator.close();
        appender.close();
        queue.close();
    }
}
