package io.tandem.perf.rig;

/**
 * When each call of a phase is due. Fixed before the first one is sent, whatever becomes of the others: a server that
 * stalls does not slow its caller down, it collects latency.
 *
 * @param startNs        monotonic time of call 0.
 * @param callsPerSecond rate, 1 to 1,000,000.
 * @param callCount      calls of the phase.
 */
record Schedule(long startNs, int callsPerSecond, long callCount) {
    private static final long SECOND_NS = 1_000_000_000L;

    Schedule {
        if (callsPerSecond < 1 || callsPerSecond > 1_000_000 || callCount < 0 || callCount > 1L << 32) {
            throw new IllegalArgumentException(
                    "schedule out of range: callsPerSecond=" + callsPerSecond + " callCount=" + callCount);
        }
    }

    /** Monotonic time at which a call is due. */
    long dueNs(final long call) {
        return startNs + call * SECOND_NS / callsPerSecond;
    }

    /** How many calls are due at {@code nowNs} or were before. */
    long dueCount(final long nowNs) {
        final long elapsedNs = nowNs - startNs;
        if (elapsedNs < 0) {
            return 0;
        }
        if (elapsedNs >= callCount * SECOND_NS / callsPerSecond) {
            return callCount;
        }
        return Math.min(callCount, ((elapsedNs + 1) * callsPerSecond - 1) / SECOND_NS + 1);
    }

    /** Time at which the phase is over: one interval after its last call. */
    long endNs() {
        return dueNs(callCount);
    }
}
