package io.tandem.journal.queue;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The wall clock that decides when a queue rolls. It never goes back, so a wall clock that is set back cannot make a
 * queue append to a file that has ended; it starts no earlier than the newest file on disk.
 */
final class CycleClock implements TimeProvider {
    private final TimeProvider source;
    private long latestMs;

    CycleClock(final TimeProvider source) {
        this.source = source;
    }

    void notBefore(final long wallMs) {
        latestMs = Math.max(latestMs, wallMs);
    }

    @Override
    public long currentTimeMillis() {
        final long nowMs = source.currentTimeMillis();
        if (nowMs > latestMs) {
            latestMs = nowMs;
        }
        return latestMs;
    }
}
