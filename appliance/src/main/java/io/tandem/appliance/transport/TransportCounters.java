package io.tandem.appliance.transport;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counts of one sip-io thread: that thread alone writes, any thread reads. */
@SuppressWarnings("EnumOrdinal") // The ordinals live as long as the process, never longer.
public final class TransportCounters {
    private static final int PADDING = 8;

    private final AtomicLongArray counts = new AtomicLongArray(2 * PADDING + TransportCounter.values().length);

    void increment(final TransportCounter counter) {
        add(counter, 1);
    }

    void add(final TransportCounter counter, final long amount) {
        final int at = PADDING + counter.ordinal();
        counts.lazySet(at, counts.getPlain(at) + amount);
    }

    /** The count so far. */
    public long get(final TransportCounter counter) {
        return counts.get(PADDING + counter.ordinal());
    }
}
