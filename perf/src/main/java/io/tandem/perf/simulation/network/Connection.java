package io.tandem.perf.simulation.network;

/** A stream connection: reliable and in order while it lasts. */
public final class Connection {
    private final long flow;
    private final Node opener;
    private final Node acceptor;
    private final Endpoint openerAddress;
    private final Endpoint acceptorAddress;
    private boolean open = true;
    long lastArrivalNs;

    Connection(
            final long flow,
            final Node opener,
            final Endpoint openerAddress,
            final Node acceptor,
            final Endpoint acceptorAddress) {
        this.flow = flow;
        this.opener = opener;
        this.acceptor = acceptor;
        this.openerAddress = openerAddress;
        this.acceptorAddress = acceptorAddress;
    }

    /** Its number, never 0 and never used again. */
    public long flow() {
        return flow;
    }

    public boolean isOpen() {
        return open;
    }

    void ended() {
        open = false;
    }

    /** Whether this node is at one of its ends. */
    boolean joins(final Node node) {
        return opener.equals(node) || acceptor.equals(node);
    }

    public Node other(final Node one) {
        return opener.equals(one) ? acceptor : opener;
    }

    /** The far address as this node sees it. */
    public Endpoint remote(final Node one) {
        return opener.equals(one) ? acceptorAddress : openerAddress;
    }
}
