package io.tandem.admin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that a test moves. */
final class HandClock implements LongSupplier {

    private final AtomicLong nowNs = new AtomicLong(1_000);

    @Override
    public long getAsLong() {
        return nowNs.get();
    }

    void advance(Duration by) {
        nowNs.addAndGet(by.toNanos());
    }
}
