package io.tandem.perf.simulation.network;

/**
 * How unkind the world is. Probabilities are per datagram and direction unless they say otherwise.
 */
public enum Profile {
    /** Every message takes the same time and none gets lost, so that nothing is ever out of order. */
    IDEAL(0, 0, 0, 5, 5, 0.15, 0, 0, 0),
    /** A good LAN and polite peers; every expectation about outcomes is exact. */
    CLEAN(0, 0, 0, 1, 8, 0.15, 0, 0, 0),
    /** A bad WAN. */
    LOSSY(0.05, 0.02, 0.05, 2, 60, 0.2, 0.0005, 2, 0.1),
    /** Nothing works well, peers break rules, the process is killed now and then. */
    HOSTILE(0.20, 0.15, 0.20, 1, 150, 0.2, 0.003, 5, 0.25);

    private final double loss;
    private final double duplicate;
    private final double reorder;
    private final long delayMinNs;
    private final long delayMaxNs;
    private final double streamShare;
    private final double streamClose;
    private final int crashesPerThousandCalls;
    private final double misbehaviour;

    Profile(
            final double loss,
            final double duplicate,
            final double reorder,
            final int delayMinMs,
            final int delayMaxMs,
            final double streamShare,
            final double streamClose,
            final int crashesPerThousandCalls,
            final double misbehaviour) {
        this.loss = loss;
        this.duplicate = duplicate;
        this.reorder = reorder;
        this.delayMinNs = delayMinMs * VirtualTime.MILLISECOND;
        this.delayMaxNs = delayMaxMs * VirtualTime.MILLISECOND;
        this.streamShare = streamShare;
        this.streamClose = streamClose;
        this.crashesPerThousandCalls = crashesPerThousandCalls;
        this.misbehaviour = misbehaviour;
    }

    public double loss() {
        return loss;
    }

    public double duplicate() {
        return duplicate;
    }

    /** Share of datagrams that take a detour of up to four times the longest delay. */
    public double reorder() {
        return reorder;
    }

    public long delayMinNs() {
        return delayMinNs;
    }

    public long delayMaxNs() {
        return delayMaxNs;
    }

    /** Share of calls that come over a stream connection. */
    public double streamShare() {
        return streamShare;
    }

    /** Probability per message that its connection breaks, with all that is under way on it. */
    public double streamClose() {
        return streamClose;
    }

    public int crashesPerThousandCalls() {
        return crashesPerThousandCalls;
    }

    /** Share of calls with a peer that breaks the rules or dies. */
    public double misbehaviour() {
        return misbehaviour;
    }

    /** Whether nothing ever gets lost, so that what must happen must happen exactly. */
    public boolean exact() {
        return this == IDEAL || this == CLEAN;
    }
}
