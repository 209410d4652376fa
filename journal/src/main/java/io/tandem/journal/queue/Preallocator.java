package io.tandem.journal.queue;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** The background thread of a queue: watches the disk ahead of the writer. */
final class Preallocator implements AutoCloseable {
    private static final long PERIOD_NS = 50_000_000L;

    private final FileStore fileStore;
    private final long reserveBytes;
    private final Thread thread;
    private volatile boolean writable;
    private volatile boolean closed;

    Preallocator(final Path directory, final JournalSettings settings) {
        try {
            fileStore = Files.getFileStore(directory);
        } catch (final IOException e) {
            throw new JournalException("file system cannot be asked: path=" + directory + " reason=" + e, e);
        }
        reserveBytes = settings.reserveBytes();
        thread = new Thread(this::run, "journal-ahead-" + directory.getFileName());
        thread.setDaemon(true);
        look();
    }

    void start() {
        thread.start();
    }

    boolean writable() {
        return writable;
    }

    private void run() {
        while (!closed) {
            look();
            LockSupport.parkNanos(this, PERIOD_NS);
        }
    }

    private void look() {
        try {
            writable = fileStore.getUsableSpace() >= reserveBytes;
        } catch (final IOException e) {
            writable = false;
        }
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
