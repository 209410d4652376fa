package io.tandem.journal.queue;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.SystemCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background thread of a queue. It keeps the file that is written ahead of its writer, creates the next file before
 * the clock reaches it, watches the disk's reserve and removes old files. It outlives whatever goes wrong in one of its
 * turns: without it the journal would never be writable again. The writer normally only reads two volatile fields of it.
 */
final class Preallocator implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(Preallocator.class);

    private static final long PERIOD_NS = 10_000_000L;

    /** Periods between two looks after a slow writer, and below how many bytes per period it is slow. */
    private static final int SLOW_PERIODS = 10;

    private static final long SLOW_BYTES = 64 << 10;

    /** Periods between two looks at the disk's room and at files that may go. */
    private static final int HOUSEKEEPING_PERIODS = 100;

    /** Above ordinary threads when the process may: the writer depends on it, and its work is short. */
    private static final int NICE = -10;

    private static final int NEXT_FILE_STEPS = 16;

    /** Disk blocks are cheap to allocate; the writer must never have to. */
    private static final long ALLOCATED_PER_POPULATED = 2;

    /** Made ready before the queue is open. */
    private static final long FIRST_BYTES = 8L << 20;

    private static final long NEXT_FILE_LEAD_MS = 60_000L;

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final QueueFiles files;
    private final CycleClock clock;
    private final JournalSettings settings;
    private final SpaceProbe space;
    private final Retention retention;
    private final LongSupplier lastIndex;
    private final Thread thread;

    private volatile FileAhead active;
    private volatile FileAhead next;
    private volatile boolean reserveReached;
    private volatile long freeBytes;
    private volatile boolean exhausted;
    private volatile boolean closed;
    private volatile Throwable failure;
    private FileAhead retiring;
    private int sinceHousekeeping = HOUSEKEEPING_PERIODS;

    Preallocator(
            final Path directory,
            final SingleChronicleQueue queue,
            final CycleClock clock,
            final JournalSettings settings,
            final SpaceProbe space,
            final Retention retention,
            final LongSupplier lastIndex) {
        this.directory = directory;
        this.queue = queue;
        files = new QueueFiles(directory, settings.roll());
        this.clock = clock;
        this.settings = settings;
        this.space = space;
        this.retention = retention;
        this.lastIndex = lastIndex;
        thread = new Thread(this::run, "journal-ahead-" + directory.getFileName());
        thread.setDaemon(true);
        lookAtSpace();
    }

    /** Bytes that the first file of a life takes before the queue is open. */
    static long firstBytes(final JournalSettings settings) {
        return Math.max(FileAhead.stepBytes(settings.blockBytes()), Math.min(FIRST_BYTES, settings.aheadBytes()));
    }

    /** Makes the file of a cycle ready and starts the thread. */
    FileAhead start(final int cycle) {
        final FileAhead file = FileAhead.open(queue, files, cycle, !reserveReached);
        if (file == null) {
            throw new JournalFullException(
                    reserveReached
                            ? "disk has less free space than the journal leaves to others: path=" + directory
                                    + " freeBytes=" + freeBytes + " journal.reserve=" + settings.reserveBytes()
                                    + " (free some space, or set journal.reserve lower)"
                            : "disk is full: path=" + directory + " freeBytes=" + freeBytes + " (free some space)");
        }
        active = file;
        final long firstBytes = Math.min(FIRST_BYTES, settings.aheadBytes());
        allocate(file, file.written() + firstBytes);
        boolean busy = true;
        while (busy) {
            busy = file.populate(firstBytes);
        }
        thread.start();
        return file;
    }

    /**
     * The file of a cycle, on the writer's thread, at the first append of the cycle. Normally it is ready; otherwise it
     * is made now.
     *
     * @return null when the disk has no more
     */
    FileAhead roll(final int cycle) {
        final FileAhead ready = next;
        final FileAhead file = ready != null && ready.cycle() == cycle
                ? ready
                : FileAhead.open(queue, new QueueFiles(directory, settings.roll()), cycle, !reserveReached);
        if (file != null) {
            active = file;
        }
        return file;
    }

    /**
     * Makes sure that a file's space reaches {@code end}, on the writer's thread, when it found that it does not.
     *
     * @return false when the disk has no more
     */
    boolean ensure(final FileAhead file, final long end) {
        while (file.allocatedEnd() < end) {
            if (reserveReached || !allocateStep(file)) {
                return false;
            }
        }
        file.awaitZeros(end);
        return true;
    }

    /** Whether appends of up to {@code length} bytes find space; any thread. */
    boolean writable(final long length) {
        final FileAhead file = active;
        return !(reserveReached || exhausted) || file.written() + length <= file.allocatedEnd();
    }

    private void run() {
        if (SystemCalls.nice(NICE) != 0) {
            LOG.info("thread keeps its priority: thread={}", thread.getName());
        }
        retiring = active;
        final RollRehearsal rehearsal = RollRehearsal.ofProcess(directory, space, settings.reserveBytes());
        int periods = 1;
        while (!closed) {
            // an access of mapped memory that the disk refuses may be told as late as in the pause
            try {
                LockSupport.parkNanos(this, periods * PERIOD_NS);
                periods = turn(rehearsal, periods);
                failure = null;
            } catch (final RuntimeException | Error e) {
                report(e);
            }
        }
        rehearsal.close();
        retiring.retire();
        final FileAhead unused = next;
        if (active != retiring) {
            active.retire();
        }
        if (unused != null && unused != active) {
            unused.retire();
        }
    }

    /**
     * What is due now.
     *
     * @param periods periods since the last turn
     * @return periods until the next one
     */
    private int turn(final RollRehearsal rehearsal, final int periods) {
        sinceHousekeeping += periods;
        final boolean housekeeping = sinceHousekeeping > HOUSEKEEPING_PERIODS;
        if (housekeeping) {
            sinceHousekeeping = 0;
            lookAtSpace();
        }
        final FileAhead file = active;
        if (file != retiring) {
            final FileAhead before = retiring;
            retiring = file;
            dropStaleNext(file);
            before.retire();
        }
        advance(file);
        final boolean slow = file.keepWarm(periods) < SLOW_BYTES;
        prepareNext(file, periods);
        if (housekeeping) {
            retention.apply(lastIndex.getAsLong());
        }
        rehearsal.doWork(periods);
        return slow && !rehearsal.isUnderWay() ? SLOW_PERIODS : 1;
    }

    /** After a roll, the file that was next is in use or was passed over. */
    private void dropStaleNext(final FileAhead file) {
        final FileAhead following = next;
        if (following != null && following.cycle() <= file.cycle()) {
            next = null;
            if (following != file) {
                following.retire();
            }
        }
    }

    private void advance(final FileAhead file) {
        final long aheadBytes = settings.aheadBytes();
        boolean busy = true;
        while (busy && !closed && active == file) {
            allocate(file, file.written() + ALLOCATED_PER_POPULATED * aheadBytes);
            busy = file.populate(aheadBytes);
        }
    }

    /** Allocates up to {@code end} while the disk has more than its reserve. */
    private void allocate(final FileAhead file, final long end) {
        while (!reserveReached && file.allocatedEnd() < end && allocateStep(file)) {
            lookAtSpace();
        }
    }

    private boolean allocateStep(final FileAhead file) {
        final int error = file.allocate();
        exhausted = error != 0;
        if (error != 0 && error != SystemCalls.ENOSPC) {
            throw new JournalException("queue file cannot grow: path=" + file.path() + " errno=" + error);
        }
        return error == 0;
    }

    /** Creates the next file when its time comes near and the present one is in use. */
    private void prepareNext(final FileAhead file, final int periods) {
        final long lengthMs = settings.roll().lengthMs();
        final long nowMs = clock.nowMs();
        final long endMs = (file.cycle() + 1L) * lengthMs;
        final long leadMs = Math.min(NEXT_FILE_LEAD_MS, lengthMs / 4);
        FileAhead following = next;
        if (following == null && !reserveReached && nowMs >= endMs - leadMs && nowMs < endMs) {
            following = FileAhead.open(queue, files, file.cycle() + 1, true);
            next = following;
        }
        if (following != null && following != file) {
            advanceNext(following, periods);
        }
    }

    /** A few steps for the next file in each turn, so that the present one never waits for it. */
    private void advanceNext(final FileAhead following, final int periods) {
        allocate(following, following.written() + ALLOCATED_PER_POPULATED * settings.aheadBytes());
        for (int i = 0; i < NEXT_FILE_STEPS * periods && following.populate(settings.aheadBytes()); i++) {
            if (closed) {
                return;
            }
        }
        following.keepWarm(periods);
    }

    private void lookAtSpace() {
        try {
            freeBytes = space.usableBytes();
            final boolean reached = freeBytes < settings.reserveBytes();
            if (reached != reserveReached) {
                LOG.warn(
                        "disk reserve {}: path={} reserveBytes={}",
                        reached ? "reached, appends will end" : "free again",
                        directory,
                        settings.reserveBytes());
            }
            reserveReached = reached;
        } catch (final IOException e) {
            reserveReached = true;
            throw new JournalException("free space cannot be told: path=" + directory + " reason=" + IoReason.of(e), e);
        }
    }

    private void report(final Throwable e) {
        final Throwable known = failure;
        if (known == null || !Objects.equals(known.getMessage(), e.getMessage())) {
            LOG.error("space ahead cannot be kept, tried again: path={} reason={}", directory, IoReason.of(e), e);
        }
        failure = e;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
