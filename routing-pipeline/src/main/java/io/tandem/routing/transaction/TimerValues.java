package io.tandem.routing.transaction;

import java.util.concurrent.TimeUnit;

/**
 * Timer values of RFC 3261 table 4 and RFC 6026, ns.
 *
 * @param t1Ns     round-trip estimate.
 * @param t2Ns     longest retransmit interval of non-INVITE requests and of responses to INVITE.
 * @param t4Ns     longest time a message stays in the network.
 * @param timerCNs how long a callee may ring before the call is cancelled (RFC 3261 section 16.6 step 11, > 3 minutes).
 */
public record TimerValues(long t1Ns, long t2Ns, long t4Ns, long timerCNs) {
    /** The values of the RFC. */
    public static final TimerValues DEFAULT = new TimerValues(
            TimeUnit.MILLISECONDS.toNanos(500),
            TimeUnit.SECONDS.toNanos(4),
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(185));

    /**
     * How long a client keeps sending a request other than INVITE before its timer E has reached T2: not before that may a 100
     * go out over a datagram transport, and then it must (RFC 4320 section 4.1).
     */
    public long lateNs() {
        long lateNs = t1Ns;
        for (long intervalNs = 2 * t1Ns; intervalNs < t2Ns; intervalNs *= 2) {
            lateNs += intervalNs;
        }
        return lateNs;
    }

    /** Timers B, F, H, J, L and M: 64 times T1. */
    public long transactionTimeoutNs() {
        return 64 * t1Ns;
    }
}
