package io.tandem.routing.overload;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the doors of all I/O threads have refused; any thread may read. */
@SuppressWarnings("EnumOrdinal") // The ordinals live as long as the process, never longer.
public final class DoorCounts {
    private static final int ANSWERED = Worth.values().length;

    private final AtomicInteger peakSlots = new AtomicInteger();
    private final AtomicLongArray counts = new AtomicLongArray(ANSWERED + 1);

    /** A message met so many slots in use. */
    void met(final int slots) {
        if (slots > peakSlots.getPlain()) {
            peakSlots.lazySet(slots);
        }
    }

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

    /** Messages that did not enter, whatever their worth. */
    public long refusedCount() {
        long sum = 0;
        for (int i = 0; i < ANSWERED; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** Most slots in use that a message met, itself included. */
    public int peakSlots() {
        return peakSlots.get();
    }

    /** Those of them that were answered 503; the others were dropped. */
    public long answeredCount() {
        return counts.get(ANSWERED);
    }
}
