package io.tandem.appliance.driver;

import java.util.function.LongSupplier;

/**
 * The only clock that decides anything: the sequencer stamps turns with it. Its monotonic time continues from the last
 * turn of the journal, so that it never goes back across restarts.
 */
public final class TurnClock {
    private final LongSupplier monotonicNs;
    private final LongSupplier wallMs;
    private final long offsetNs;

    /**
     * Starts the clock.
     *
     * @param lastNowNs   monotonic time of the last turn of the journal, 0 for none
     * @param monotonicNs a monotonic source with any zero point
     * @param wallMs      milliseconds since 1970 UTC
     */
    public TurnClock(final long lastNowNs, final LongSupplier monotonicNs, final LongSupplier wallMs) {
        this.monotonicNs = monotonicNs;
        this.wallMs = wallMs;
        offsetNs = lastNowNs + 1 - monotonicNs.getAsLong();
    }

    /** The system's clocks, continuing from {@code lastNowNs}. */
    public static TurnClock system(final long lastNowNs) {
        return new TurnClock(lastNowNs, System::nanoTime, System::currentTimeMillis);
    }

    /** Monotonic time of turns. */
    public long nowNs() {
        return monotonicNs.getAsLong() + offsetNs;
    }

    /** Wall clock, ms since 1970 UTC. */
    public long wallMs() {
        return wallMs.getAsLong();
    }
}
