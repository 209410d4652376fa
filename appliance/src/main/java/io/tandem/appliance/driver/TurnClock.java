package io.tandem.appliance.driver;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The only clock that decides anything: the sequencer stamps turns with it. Its monotonic time continues from the last
 * turn of the journal and never goes back. What passed since that turn, the process being down or idle, is told by the
 * wall clock, since nothing else runs on meanwhile; where that was set back, none passed. Otherwise a step of the wall
 * clock changes nothing (D19).
 */
public final class TurnClock {
    private final LongSupplier monotonicNs;
    private final LongSupplier wallMs;
    private final long offsetNs;

    /**
     * Starts the clock.
     *
     * @param lastNowNs   monotonic time of the last turn of the journal, 0 for none
     * @param lastWallMs  wall clock of that turn, 0 for none
     * @param monotonicNs a monotonic source with any zero point
     * @param wallMs      milliseconds since 1970 UTC
     */
    public TurnClock(
            final long lastNowNs, final long lastWallMs, final LongSupplier monotonicNs, final LongSupplier wallMs) {
        this.monotonicNs = monotonicNs;
        this.wallMs = wallMs;
        final long passedMs = lastWallMs == 0 ? 0 : Math.max(0, wallMs.getAsLong() - lastWallMs);
        offsetNs = lastNowNs + TimeUnit.MILLISECONDS.toNanos(passedMs) + 1 - monotonicNs.getAsLong();
    }

    /** The system's clocks, continuing from a turn. */
    public static TurnClock system(final long lastNowNs, final long lastWallMs) {
        return new TurnClock(lastNowNs, lastWallMs, System::nanoTime, System::currentTimeMillis);
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
