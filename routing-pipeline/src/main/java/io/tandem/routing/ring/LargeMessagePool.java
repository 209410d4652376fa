package io.tandem.routing.ring;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A fixed number of buffers for messages that do not fit in a slot. Borrowed by the thread that offers an input, given
 * back by the last stage; both may be any thread.
 */
public final class LargeMessagePool {
    /** Bytes of one buffer: the longest UDP datagram and the longest message of {@code SipLimits.DEFAULT}. */
    public static final int BUFFER_BYTES = 65_536;

    private final ManyToManyConcurrentArrayQueue<UnsafeBuffer> free;
    private final int bufferCount;
    private final AtomicInteger peak = new AtomicInteger();

    /** Allocates {@code bufferCount} buffers, at least 2. */
    public LargeMessagePool(final int bufferCount) {
        if (bufferCount < 2) {
            throw new IllegalArgumentException("large message pool too small: bufferCount=" + bufferCount + " min=2");
        }
        this.bufferCount = bufferCount;
        free = new ManyToManyConcurrentArrayQueue<>(bufferCount);
        for (int i = 0; i < bufferCount; i++) {
            free.offer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(BUFFER_BYTES, 64)));
        }
    }

    /** A buffer, or null when all are in use. */
    UnsafeBuffer borrow() {
        final UnsafeBuffer buffer = free.poll();
        final int used = bufferCount - free.size();
        if (used > peak.getPlain()) {
            peak.lazySet(used);
        }
        return buffer;
    }

    void giveBack(final UnsafeBuffer buffer) {
        free.offer(buffer);
    }

    /** Buffers that are not in use now. */
    public int available() {
        return free.size();
    }

    /** Most buffers that were in use. */
    public int peak() {
        return peak.get();
    }

    /** Buffers in all. */
    public int bufferCount() {
        return bufferCount;
    }
}
