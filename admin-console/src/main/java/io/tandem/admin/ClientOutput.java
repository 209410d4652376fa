package io.tandem.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Buffered bytes to one client. Any thread of the client may write; a write blocks that thread while the client does not
 * read, until the server closes the stalled client. Never throws: what is written after a failure is dropped.
 */
final class ClientOutput {

    /** No write is under way. */
    static final long NOT_WRITING = Long.MIN_VALUE;

    private static final int CAPACITY = 8192;

    private final SocketChannel channel;
    private final LongSupplier nanoTime;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long writingSinceNs = NOT_WRITING;
    private boolean broken;

    ClientOutput(SocketChannel channel, LongSupplier nanoTime) {
        this.channel = channel;
        this.nanoTime = nanoTime;
    }

    void write(byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            int from = offset;
            int end = offset + length;
            while (from < end) {
                if (!buffer.hasRemaining()) {
                    drain();
                }
                int count = Math.min(buffer.remaining(), end - from);
                buffer.put(bytes, from, count);
                from += count;
            }
        } finally {
            lock.unlock();
        }
    }

    void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    void flush() {
        lock.lock();
        try {
            drain();
        } finally {
            lock.unlock();
        }
    }

    /** When the write that is under way began; {@link #NOT_WRITING} when there is none. Takes no lock. */
    long writingSinceNs() {
        return writingSinceNs;
    }

    private void drain() {
        buffer.flip();
        try {
            while (!broken && buffer.hasRemaining()) {
                writingSinceNs = nanoTime.getAsLong();
                channel.write(buffer);
            }
        } catch (IOException gone) {
            broken = true;
        } finally {
            writingSinceNs = NOT_WRITING;
            buffer.clear();
        }
    }
}
