package io.tandem.journal.queue;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The wall clock that decides when a queue rolls. It never goes back, so a wall clock that is set back cannot make a
 * queue append to a file that has ended; it starts no earlier than the newest document. The queue sees the time of the
 * append that is going on, not the time of its own asking, so that one append belongs to one file.
 */
final class CycleClock implements TimeProvider {
    private final TimeProvider source;
    private volatile long latchedMs;

    CycleClock(final TimeProvider source) {
        this.source = source;
        latchedMs = source.currentTimeMillis();
    }

    /** Tells the time of the newest document, before the first append. */
    void notBefore(final long wallMs) {
        latchedMs = Math.max(latchedMs, wallMs);
    }

    /** Time of the append that begins, on the writer's thread. */
    long advance() {
        final long nowMs = source.currentTimeMillis();
        final long lastMs = latchedMs;
        if (nowMs > lastMs) {
            latchedMs = nowMs;
            return nowMs;
        }
        return lastMs;
    }

    /** Time that an append would have now; any thread. */
    long nowMs() {
        return Math.max(source.currentTimeMillis(), latchedMs);
    }

    @Override
    public long currentTimeMillis() {
        return latchedMs;
    }
}
