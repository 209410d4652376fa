package io.tandem.journal.queue;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.SystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.bytes.MappedFile;
import net.openhft.chronicle.core.io.ReferenceOwner;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * One queue file and the space ahead of its writer. Blocks of disk are allocated, blocks of the file are mapped by the
 * same mapping that the writer will use, and their page tables are filled, so that the writer finds memory where
 * otherwise it would wait for the file system. The writer publishes how far it is with {@link #written}; the monitor
 * guards allocation, which the writer does itself when it finds too little, and is held for short steps only.
 *
 * <pre>
 *   0            written            populatedEnd          allocatedEnd
 *   |  documents    |  memory, mapped    |  disk blocks        |  nothing yet
 * </pre>
 *
 * <p>Memory far ahead is made by writing zeros, which must not meet a document. They go only where no earlier life can
 * have been and at least the longest append away from the writer; while they are on their way the space that the writer
 * may use ends before them ({@link #writableEnd}). The background thread lowers that end first and looks where the
 * writer is then; the writer says where it is first and looks at the end then; so one of the two sees the other.
 */
final class FileAhead {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Pages in front of the writer that are kept writable: what it writes in so many periods, within these bounds. */
    private static final long WARM_PERIODS = 32;

    private static final long WARM_BYTES_MIN = 64 << 10;
    private static final long WARM_BYTES_MAX = 2 << 20;
    private static final int WARM_RENEWALS = 4;

    /** Periods after which pages are made writable again although nothing was written. */
    private static final int IDLE_PERIODS_MAX = 500;

    /** Pages behind the end that a queue may still touch when it ends a file. */
    private static final long END_BYTES = 256 << 10;

    private static final long POPULATE_STEP_BYTES = 64 << 10;
    private static final long ALLOCATE_STEP_BYTES = 16 << 20;
    private static final long ZEROS_WAIT_NS = 20_000L;
    private static final long PAGE_BYTES = 4096;

    private final int cycle;
    private final SingleChronicleQueueStore store;
    private final MappedBytes bytes;
    private final MappedFile mappedFile;
    private final Path path;
    private final long blockBytes;
    private final ReferenceOwner owner;
    private final Long2ObjectHashMap<MappedBytesStore> blocks = new Long2ObjectHashMap<>();
    private final ByteBuffer zeros = ByteBuffer.allocateDirect((int) POPULATE_STEP_BYTES);
    private final long virginFrom;
    private final long appendBytesMax;
    private long populatedEnd;
    private long seenAt;
    private long warmedAt;
    private long warmBytes;
    private int idlePeriods;
    private boolean populates = true;
    private volatile long allocatedEnd;
    private volatile long zeroingFrom = Long.MAX_VALUE;
    private volatile long written;
    private final FileChannel channel;
    private boolean nameSynced;

    private FileAhead(final SingleChronicleQueue queue, final int cycle, final Path path, final long allocatedEnd) {
        this.cycle = cycle;
        this.path = path;
        channel = openChannel(path);
        virginFrom = length();
        store = queue.storeForCycle(cycle, 0, true, null);
        bytes = store.bytes();
        mappedFile = bytes.mappedFile();
        blockBytes = mappedFile.chunkSize();
        appendBytesMax = mappedFile.overlapSize() + DocumentQueue.MARGIN_BYTES;
        owner = ReferenceOwner.temporary("ahead");
        written = store.writePosition();
        seenAt = written;
        populatedEnd = written & -PAGE_BYTES;
        this.allocatedEnd = Math.max(allocatedEnd, populatedEnd);
    }

    /**
     * Takes hold of the file of a cycle, creating it when it does not exist.
     *
     * @param mayAllocate whether the disk has more than its reserve
     * @return null when the file does not exist and the disk has no more
     */
    static FileAhead open(
            final SingleChronicleQueue queue, final QueueFiles files, final int cycle, final boolean mayAllocate) {
        final Path path = files.path(cycle);
        long allocatedEnd = 0;
        if (Files.notExists(path)) {
            allocatedEnd = stepBytes(queue.blockSize());
            if (!mayAllocate || !create(path, allocatedEnd)) {
                return null;
            }
        }
        return new FileAhead(queue, cycle, path, allocatedEnd);
    }

    /** Creates an empty file whose first blocks are sure; a file without header counts as none when it is found. */
    private static boolean create(final Path path, final long length) {
        try {
            Files.createFile(path, OWNER_ONLY);
            final int error = SystemCalls.allocate(path, 0, length);
            if (error == 0) {
                return true;
            }
            Files.delete(path);
            if (error == SystemCalls.ENOSPC) {
                return false;
            }
            throw new JournalException("queue file cannot be allocated: path=" + path + " errno=" + error);
        } catch (final IOException e) {
            throw new JournalException("queue file cannot be created: path=" + path + " reason=" + IoReason.of(e), e);
        }
    }

    /** Bytes that are allocated at once. */
    static long stepBytes(final long blockBytes) {
        return Math.min(ALLOCATE_STEP_BYTES, blockBytes);
    }

    int cycle() {
        return cycle;
    }

    Path path() {
        return path;
    }

    /** End of the space that a write cannot miss; any thread. */
    long allocatedEnd() {
        return allocatedEnd;
    }

    /** End of the space that the writer may use now; any thread. */
    long writableEnd() {
        return Math.min(allocatedEnd, zeroingFrom);
    }

    /** Waits, on the writer's thread, until zeros that are on their way before {@code end} have arrived. */
    void awaitZeros(final long end) {
        while (zeroingFrom < end) {
            LockSupport.parkNanos(this, ZEROS_WAIT_NS);
        }
    }

    /** Position behind the newest document; any thread. */
    long written() {
        return written;
    }

    /** Says how far the writer is; the writer's thread. */
    void written(final long position) {
        written = position;
    }

    /**
     * Allocates one more step of disk blocks, on the background thread or on the writer's when it ran out.
     *
     * @return 0, or an error number, {@link SystemCalls#ENOSPC} when the disk has no more
     */
    synchronized int allocate() {
        final long step = stepBytes(blockBytes);
        final long start = allocatedEnd;
        final long end = (start & -step) + step;
        block(start);
        final int error = SystemCalls.allocate(path, start, end - start);
        if (error == 0) {
            allocatedEnd = end;
        }
        return error;
    }

    /**
     * Populates one more step of what is allocated, up to {@code aheadBytes} ahead of the writer; background thread.
     *
     * @return whether there was a step to populate
     */
    boolean populate(final long aheadBytes) {
        final long position = written;
        final long start = Math.max(populatedEnd, position & -PAGE_BYTES);
        final long end = (start & -POPULATE_STEP_BYTES) + POPULATE_STEP_BYTES;
        if (!populates || start >= position + aheadBytes || end > allocatedEnd) {
            return false;
        }
        // makes the pages without the lock on the process's address space, which filling page tables holds: threads
        // that need it, for whatever reason, would wait meanwhile
        int error = zero(start, end) ? 0 : SystemCalls.readAhead(path, start, end - start);
        final long blockStart = start - start % blockBytes;
        if (error == 0) {
            error = populateIn(block(start), start, end);
        }
        final MappedBytesStore before = blockBefore(blockStart);
        if (error == 0 && before != null && start - blockStart < WARM_BYTES_MAX) {
            error = populateIn(before, start, end);
        }
        if (error != 0) {
            populates = false;
            Preallocator.LOG.warn("memory cannot be populated ahead: path={} errno={}", path, error);
        }
        populatedEnd = end;
        releaseBlocksBefore(position - blockBytes);
        return true;
    }

    /**
     * Writes zeros where nothing can have been written: the cheapest way to pages that are allocated, dirty and bound
     * to their disk blocks.
     *
     * @return false when something may stand there, or soon
     */
    private boolean zero(final long start, final long end) {
        if (start < virginFrom) {
            return false;
        }
        zeroingFrom = start;
        try {
            final boolean clear = start >= written + appendBytesMax;
            if (clear) {
                zeros.clear().limit((int) (end - start));
                for (long at = start; at < end; at = start + zeros.position()) {
                    channel.write(zeros, at);
                }
            }
            return clear;
        } catch (final IOException e) {
            throw new JournalException(
                    "queue file cannot be written ahead: path=" + path + " reason=" + IoReason.of(e), e);
        } finally {
            zeroingFrom = Long.MAX_VALUE;
        }
    }

    private long length() {
        try {
            return channel.size();
        } catch (final IOException e) {
            throw new JournalException(
                    "queue file's length cannot be told: path=" + path + " reason=" + IoReason.of(e), e);
        }
    }

    /** Fills page tables of a block's mapping, overlap included, for a range that begins behind the block's start. */
    private int populateIn(final MappedBytesStore block, final long start, final long end) {
        final long offset = start - block.start();
        final long length = Math.min(end - block.start(), blockBytes + mappedFile.overlapSize()) - offset;
        return length <= 0 ? 0 : SystemCalls.populateForWrite(block.addressForRead(block.start()) + offset, length);
    }

    /**
     * Makes pages in front of the writer that writeback has closed writable again; background thread. Each page costs a look
     * into the page tables, so the window follows the writer's speed and is renewed when a quarter of it is used up.
     *
     * @param periods periods since the last call.
     * @return bytes written per period.
     */
    long keepWarm(final int periods) {
        final long position = written;
        final long speed = (position - seenAt) / periods;
        seenAt = position;
        idlePeriods += periods;
        if (idlePeriods < IDLE_PERIODS_MAX && position - warmedAt < warmBytes / WARM_RENEWALS) {
            return speed;
        }
        idlePeriods = 0;
        warmedAt = position;
        warmBytes = Math.clamp(WARM_PERIODS * speed, WARM_BYTES_MIN, WARM_BYTES_MAX);
        final long start = position & -PAGE_BYTES;
        final long end = Math.min(start + warmBytes, populatedEnd);
        if (populates && start < end) {
            populateIn(block(start), start, end);
        }
        return speed;
    }

    private synchronized MappedBytesStore block(final long position) {
        final long number = position / blockBytes;
        MappedBytesStore block = blocks.get(number);
        if (block == null) {
            try {
                block = mappedFile.acquireByteStore(owner, position);
                SystemCalls.expectNoSequence(block.addressForRead(block.start()), block.realCapacity());
            } catch (final IOException e) {
                throw new JournalException(
                        "queue file cannot be mapped: path=" + path + " reason=" + IoReason.of(e), e);
            }
            blocks.put(number, block);
        }
        return block;
    }

    private synchronized MappedBytesStore blockBefore(final long blockStart) {
        return blocks.get(blockStart / blockBytes - 1);
    }

    private synchronized void releaseBlocksBefore(final long position) {
        final long number = position / blockBytes;
        blocks.entrySet().removeIf(entry -> {
            final boolean done = entry.getKey() < number;
            if (done) {
                entry.getValue().release(owner);
            }
            return done;
        });
    }

    /** Returns when everything written is on the medium; the writer's thread. */
    void sync() throws IOException {
        if (!nameSynced) {
            DurableFiles.sync(path.toAbsolutePath().getParent());
            nameSynced = true;
        }
        channel.force(false);
    }

    /** Lets go of the file after the writer has, and gives the space that it did not need back to the disk. */
    void retire() {
        final long start = (written + END_BYTES) & -PAGE_BYTES;
        if (start < allocatedEnd) {
            SystemCalls.punchHole(path, start, allocatedEnd - start);
        }
        releaseBlocksBefore(Long.MAX_VALUE);
        bytes.release(ReferenceOwner.INIT);
        store.close();
        closeChannel();
    }

    private static FileChannel openChannel(final Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw new JournalException("queue file cannot be opened: path=" + path + " reason=" + IoReason.of(e), e);
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (final IOException e) {
            Preallocator.LOG.warn("queue file cannot be closed: path={} reason={}", path, e.toString());
        }
    }
}
