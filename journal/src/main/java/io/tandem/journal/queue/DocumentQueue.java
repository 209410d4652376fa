package io.tandem.journal.queue;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
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

    /** Space that the queue itself may need beside a document: its word of length, padding, two new index pages. */
    static final int MARGIN_BYTES = 256 << 10;

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final CycleClock clock;
    private final long cycleMs;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final int documentBytesMax;
    private final Retention retention;
    private final Preallocator preallocator;
    private final int tornCount;
    private FileAhead file;
    private volatile long lastIndex;

    private DocumentQueue(
            final Path directory, final JournalSettings settings, final TimeProvider wallClock, final SpaceProbe space)
            throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        StaleLocks.release(directory);
        QueueFiles.deleteUnborn(directory);
        final RollCycle rollCycle = QueueFiles.rollCycle(settings.roll());
        cycleMs = settings.roll().lengthMs();
        clock = new CycleClock(wallClock);
        try (SingleChronicleQueue unrepaired = build(directory, settings, clock)) {
            tornCount = new TornTail(directory, settings.roll(), unrepaired).repair();
        }
        queue = build(directory, settings, clock);
        documentBytesMax = (int) queue.overlapSize() - 64;
        final long newest = queue.lastIndex();
        if (newest != NONE) {
            clock.notBefore(rollCycle.toCycle(newest) * cycleMs);
        }
        lastIndex = newestWhole();
        appender = queue.createAppender();
        retention = new Retention(directory, queue, settings, clock::nowMs);
        preallocator = new Preallocator(directory, queue, clock, settings, space, retention, this::lastIndex);
        boolean started = false;
        try {
            file = preallocator.start(cycle(clock.advance()));
            started = true;
        } finally {
            if (!started) {
                appender.close();
                queue.close();
            }
        }
    }

    private static SingleChronicleQueue build(
            final Path directory, final JournalSettings settings, final TimeProvider clock) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(QueueFiles.rollCycle(settings.roll()))
                .blockSize(settings.blockBytes())
                .timeProvider(clock)
                .syncMode(SyncMode.NONE)
                .forceDirectoryListingRefreshIntervalMs(Long.MAX_VALUE)
                .checkInterrupts(false)
                .build();
    }

    /** Index of the newest document that was not voided. */
    private long newestWhole() {
        try (ExcerptTailer tailer =
                queue.createTailer().direction(TailerDirection.BACKWARD).toEnd()) {
            while (true) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        return NONE;
                    }
                    final Bytes<?> bytes = context.wire().bytes();
                    target.wrap(bytes.addressForRead(bytes.readPosition()), (int) bytes.readRemaining());
                    if (!Checksum.isVoid(target)) {
                        return context.index();
                    }
                }
            }
        }
    }

    /** Opens or creates a queue. */
    static DocumentQueue open(final Path directory, final JournalSettings settings) {
        try {
            Files.createDirectories(directory);
            final FileStore store = Files.getFileStore(directory);
            return open(directory, settings, SystemTimeProvider.INSTANCE, store::getUsableSpace);
        } catch (final IOException e) {
            throw new JournalException("queue cannot be opened: path=" + directory + " reason=" + IoReason.of(e), e);
        }
    }

    /** As above, with a clock and a disk of the caller's. */
    static DocumentQueue open(
            final Path directory,
            final JournalSettings settings,
            final TimeProvider wallClock,
            final SpaceProbe space) {
        try {
            return new DocumentQueue(directory, settings, wallClock, space);
        } catch (final JournalException e) {
            throw e;
        } catch (final IOException | RuntimeException | InternalError e) {
            throw new JournalException("queue cannot be opened: path=" + directory + " reason=" + IoReason.of(e), e);
        }
    }

    private int cycle(final long wallMs) {
        return (int) (wallMs / cycleMs);
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
        final FileAhead current = fileFor(clock.advance(), documentLength);
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
                Checksum.store(target, Checksum.compute(target));
                bytes.writeSkip(documentLength);
                current.written(bytes.writePosition());
                complete = true;
            } finally {
                if (!complete) {
                    document.rollbackOnClose();
                }
            }
        } catch (final IllegalStateException e) {
            throw new JournalException("queue refuses: path=" + directory + " reason=" + IoReason.of(e), e);
        }
        final long index = appender.lastIndexAppended();
        lastIndex = index;
        return index;
    }

    /** The file that an append now belongs to, with space for it. */
    private FileAhead fileFor(final long wallMs, final int length) {
        FileAhead current = file;
        final int cycle = cycle(wallMs);
        if (current.cycle() != cycle) {
            current = preallocator.roll(cycle);
            if (current == null) {
                throw full();
            }
            file = current;
        }
        final long end = current.written() + length + MARGIN_BYTES;
        if (end > current.writableEnd() && !preallocator.ensure(current, end)) {
            throw full();
        }
        return current;
    }

    private JournalFullException full() {
        return new JournalFullException("disk is full: path=" + directory);
    }

    /** Index of the newest document, or {@link #NONE}; any thread. */
    long lastIndex() {
        return lastIndex;
    }

    /** Torn documents found when the queue was opened. */
    int tornCount() {
        return tornCount;
    }

    /** Removes files that may go, which the background thread does every second. */
    int applyRetention() {
        return retention.apply(lastIndex);
    }

    /** Whether an append of the greatest length finds space; any thread. */
    boolean writable() {
        return preallocator.writable(documentBytesMax + MARGIN_BYTES);
    }

    /** Documents from this index on must not be removed; any thread. */
    void needFrom(final long index) {
        retention.needFrom(index);
    }

    /** Returns when everything appended is on the medium. */
    void sync() {
        try {
            file.sync();
        } catch (final IOException e) {
            throw new JournalException("queue cannot be synced: path=" + directory + " reason=" + IoReason.of(e), e);
        }
    }

    DocumentReader reader(final int prefixLength) {
        return new DocumentReader(directory, queue, prefixLength, false);
    }

    @Override
    public void close() {
        preallocator.close();
        appender.close();
        queue.close();
    }
}
