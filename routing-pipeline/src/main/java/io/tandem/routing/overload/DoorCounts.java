package io.tandem.routing.overload;

import java.util.concurrent.atomic.AtomicLongArray;

/** What the doors of all I/O threads have refused; any thread may read. */
@SuppressWarnings("EnumOrdinal") // The ordinals live as long as the process, never longer.
public final class DoorCounts {
    private static final int ANSWERED = Worth.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(ANSWERED + 1);

    void refused(final Worth worth) {
        counts.getAndIncrement(worth.ordinal());
    }

    void answered() {
        counts.getAndIncrement(ANSWERED);
    }

    /** Messages of that worth that did not enter. */
    public long of(final Worth worth) {
        return counts.get(worth.ordinal());
    }

    /** Those of them that were answered 503; the others were dropped. */
    public long answeredCount() {
        return counts.get(ANSWERED);
    }
}
