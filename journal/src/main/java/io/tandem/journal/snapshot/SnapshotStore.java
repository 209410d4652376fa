package io.tandem.journal.snapshot;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.SystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of snapshots and the thread that writes them, one at a time. */
public final class SnapshotStore implements AutoCloseable {
    /** Index when there is no snapshot. */
    public static final long NONE = -1L;

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final int RING_BYTES = 8 << 20;

    /** What a snapshot that failed left in the ring; its thread no longer reads. */
    private static final MessageHandler DISCARD = (type, buffer, index, length) -> {};

    /** Between two looks into the ring, which holds several times what comes meanwhile. */
    private static final long IDLE_NS = 10_000_000L;

    /** Below ordinary threads: calls come first. */
    private static final int NICE = 5;

    private final Path directory;
    private final int kept;
    private final Thread thread = new Thread(this::run, "journal-snapshot");
    private final ByteBuffer output = SnapshotWriter.allocateOutput();
    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    private final List<String> damaged = new ArrayList<>();
    private volatile SnapshotWriter current;
    private volatile boolean closed;
    private volatile Runnable afterwards = () -> {};

    private SnapshotStore(final Path directory, final JournalSettings settings) {
        this.directory = directory;
        kept = settings.snapshotsKept();
        deleteUnfinished();
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens the directory, which no other process may have open for writing. */
    public static SnapshotStore open(final Path directory, final JournalSettings settings) {
        return new SnapshotStore(directory, settings);
    }

    private void deleteUnfinished() {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, "*" + SnapshotFormat.UNFINISHED_SUFFIX)) {
            for (final Path file : files) {
                DurableFiles.delete(file);
            }
        } catch (final IOException e) {
            throw new JournalException(
                    "snapshots cannot be listed: path=" + directory + " reason=" + IoReason.of(e), e);
        }
    }

    /**
     * Begins a snapshot, on the core's thread; touches no disk.
     *
     * @throws JournalException when the last one is still being written
     */
    public SnapshotWriter begin(final SnapshotHeader header) {
        final SnapshotWriter last = current;
        if (closed || (last != null && last.state() == SnapshotWriter.State.WRITING)) {
            throw new JournalException("snapshot cannot begin: inputIndex=0x" + Long.toHexString(header.inputIndex())
                    + " reason=" + (closed ? "store is closed" : "another is being written"));
        }
        while (ring.size() > 0) {
            ring.read(DISCARD);
        }
        final SnapshotWriter writer = new SnapshotWriter(directory, header, ring, output, thread);
        current = writer;
        LockSupport.unpark(thread);
        return writer;
    }

    /** The newest whole snapshot; damaged ones are passed over, logged and told by {@link #damaged()}. */
    public Optional<SnapshotReader> latest() {
        return latestBefore(Long.MAX_VALUE);
    }

    /** The newest whole snapshot of an input not after {@code inputIndex}, from where replay may begin. */
    public Optional<SnapshotReader> latestBefore(final long inputIndex) {
        damaged.clear();
        for (final Path file : files()) {
            if (SnapshotFormat.inputIndex(file.getFileName().toString()) <= inputIndex) {
                try {
                    return Optional.of(SnapshotReader.open(file));
                } catch (final JournalException e) {
                    damaged.add(e.getMessage());
                    LOG.warn("snapshot passed over: {}", e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** Why the last {@link #latest()} passed snapshots over, newest first. */
    public List<String> damaged() {
        return List.copyOf(damaged);
    }

    /** Input index of the oldest snapshot kept, or {@link #NONE}: inputs after it are needed. Any thread. */
    public long oldestInputIndex() {
        final List<Path> files = files();
        return files.isEmpty()
                ? NONE
                : SnapshotFormat.inputIndex(files.getLast().getFileName().toString());
    }

    /** When the newest snapshot was finished, wall clock in ms since 1970 UTC; empty when there is none. Any thread. */
    public OptionalLong newestMs() {
        final List<Path> files = files();
        try {
            return files.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(
                            Files.getLastModifiedTime(files.getFirst()).toMillis());
        } catch (final IOException e) {
            LOG.warn("snapshot has gone: path={} reason={}", files.getFirst(), e.toString());
            return OptionalLong.empty();
        }
    }

    /** Input index of the newest snapshot, or {@link #NONE}. Any thread. */
    public long newestInputIndex() {
        final List<Path> files = files();
        return files.isEmpty()
                ? NONE
                : SnapshotFormat.inputIndex(files.getFirst().getFileName().toString());
    }

    /** Names of the generations that snapshots refer to, by their headers: no content is read. Any thread. */
    public List<String> generationsNeeded() {
        final List<String> names = new ArrayList<>();
        for (final Path file : files()) {
            try {
                final String name = SnapshotReader.header(file).generation();
                if (!name.isEmpty() && !names.contains(name)) {
                    names.add(name);
                }
            } catch (final JournalException e) {
                LOG.warn("snapshot names no generation: {}", e.getMessage());
            }
        }
        return names;
    }

    /** Called on this store's thread whenever a snapshot was finished and the ones beyond the number kept were removed. */
    public void whenFinished(final Runnable action) {
        afterwards = action;
    }

    private List<Path> files() {
        return files(directory);
    }

    /** The snapshots of a directory, newest first; it may be another process's. */
    public static List<Path> files(final Path directory) {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, "*" + SnapshotFormat.SUFFIX)) {
            for (final Path child : children) {
                if (SnapshotFormat.inputIndex(child.getFileName().toString()) >= 0) {
                    files.add(child);
                }
            }
        } catch (final IOException e) {
            throw new JournalException(
                    "snapshots cannot be listed: path=" + directory + " reason=" + IoReason.of(e), e);
        }
        files.sort(Comparator.comparing(Path::getFileName).reversed());
        return files;
    }

    private void run() {
        SystemCalls.nice(NICE);
        while (!closed) {
            final SnapshotWriter writer = current;
            if (writer == null || writer.state() != SnapshotWriter.State.WRITING) {
                LockSupport.park(this);
            } else if (writer.doWork() == 0 && writer.state() == SnapshotWriter.State.WRITING) {
                LockSupport.parkNanos(this, IDLE_NS);
            } else if (writer.state() == SnapshotWriter.State.FINISHED) {
                prune();
                afterwards.run();
            } else if (writer.state() == SnapshotWriter.State.FAILED) {
                LOG.warn("snapshot not written: {}", writer.failure());
            }
        }
    }

    private void prune() {
        final List<Path> files = files();
        for (int i = kept; i < files.size(); i++) {
            try {
                Files.deleteIfExists(files.get(i));
            } catch (final IOException e) {
                LOG.warn("snapshot cannot be removed: path={} reason={}", files.get(i), e.toString());
            }
        }
    }

    /** Ends the writing thread; a snapshot that is not finished is given up. */
    @Override
    public void close() {
        final SnapshotWriter writer = current;
        if (writer != null && writer.state() == SnapshotWriter.State.WRITING) {
            writer.abandon();
        }
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer != null && writer.state() == SnapshotWriter.State.WRITING) {
            writer.doWork();
        }
    }
}
