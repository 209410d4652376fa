package io.tandem.perf.rig;

import java.net.InetSocketAddress;

/**
 * One run of the rig.
 *
 * @param callsPerSecond offered rate.
 * @param warmupSeconds  calls at the same rate before anything counts; 0 for none.
 * @param seconds        measured time.
 * @param holdMs         from a call's answer to its BYE.
 * @param graceMs        how long after the last BYE was due calls may still end.
 * @param target         the server.
 * @param caller         where the caller binds.
 * @param callee         where the callee binds; the server is expected to know it.
 * @param number         called number.
 * @param pid            server's process, or {@link #FIND_PID}, or {@link #NO_PID}.
 */
record RigSettings(
        int callsPerSecond,
        int warmupSeconds,
        int seconds,
        long holdMs,
        long graceMs,
        InetSocketAddress target,
        InetSocketAddress caller,
        InetSocketAddress callee,
        String number,
        long pid) {
    /** The process that listens at the target is looked up. */
    static final long FIND_PID = 0;

    /** The server's process is not measured. */
    static final long NO_PID = -1;

    private static final int SLOTS_MIN = 1_024;
    private static final int SETUP_SECONDS = 4;

    RigSettings {
        if (callsPerSecond < 1 || callsPerSecond > 1_000_000 || warmupSeconds < 0 || seconds < 1 || holdMs < 0) {
            throw new IllegalArgumentException("rig setting out of range: rate=" + callsPerSecond + " warmup="
                    + warmupSeconds + " seconds=" + seconds + " hold=" + holdMs);
        }
    }

    /** Calls that may be up at once: those held, and four seconds' worth that a stalled server keeps waiting. */
    int slotCount() {
        final long wanted = callsPerSecond * (SETUP_SECONDS + holdMs / 1_000 + 1);
        return Math.clamp(wanted, SLOTS_MIN, 1 << CallId.SLOT_BITS);
    }

    RigSettings withTarget(final InetSocketAddress other) {
        return new RigSettings(
                callsPerSecond, warmupSeconds, seconds, holdMs, graceMs, other, caller, callee, number, pid);
    }
}
