package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.network.VirtualTime;

/** Timer values of RFC 3261, table 4. */
final class Timers {
    static final long T1_NS = 500 * VirtualTime.MILLISECOND;
    static final long T2_NS = 4 * VirtualTime.SECOND;
    static final long T4_NS = 5 * VirtualTime.SECOND;
    static final long TIMEOUT_NS = 64 * T1_NS;

    private Timers() {}
}
