package io.tandem.appliance.transport;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counts of one sip-io thread: that thread alone writes, any thread reads. */
@SuppressWarnings("EnumOrdinal") // The ordinals live as long as the process, never longer.
public final class TransportCounters {
    private static final int PADDING = 8;

    private final AtomicLongArray received = new AtomicLongArray(Listener.NUMBER_MAX + 1);
    private final AtomicLongArray sent = new AtomicLongArray(Listener.NUMBER_MAX + 1);
    private final AtomicLongArray refused = new AtomicLongArray(Listener.NUMBER_MAX + 1);
    private volatile int connectionCount;
    private volatile int connectionPeak;
    private final AtomicLongArray counts = new AtomicLongArray(2 * PADDING + TransportCounter.values().length);

    /** A datagram or message of one listener came in. */
    void received(final int listener) {
        addTo(received, listener);
    }

    /** A datagram or message of one listener went out. */
    void sent(final int listener, final int count) {
        sent.lazySet(listener, sent.getPlain(listener) + count);
    }

    /** A datagram or message of one listener was refused at the door. */
    void refused(final int listener) {
        increment(TransportCounter.REFUSED_FULL);
        addTo(refused, listener);
    }

    private static void addTo(final AtomicLongArray array, final int listener) {
        array.lazySet(listener, array.getPlain(listener) + 1);
    }

    /** Messages that came in through a listener. */
    public long receivedBy(final int listener) {
        return received.get(listener);
    }

    /** Messages that went out through a listener. */
    public long sentBy(final int listener) {
        return sent.get(listener);
    }

    /** Messages of a listener that were refused at the door. */
    public long refusedBy(final int listener) {
        return refused.get(listener);
    }

    /** So many stream connections are open now. */
    void connections(final int open) {
        connectionCount = open;
        if (open > connectionPeak) {
            connectionPeak = open;
        }
    }

    /** Stream connections open now. */
    public int connectionCount() {
        return connectionCount;
    }

    /** Most stream connections that were open. */
    public int connectionPeak() {
        return connectionPeak;
    }

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
