package io.tandem.routing.transaction;

import io.tandem.journal.record.TransportKind;

/** Where a message came from or goes to: our listener, the transport, and the far address. Mutable and reused. */
public final class Peer {
    private static final byte UDP = (byte) TransportKind.UDP.value();

    /** A {@link TransportKind} value. */
    public byte transport;

    /** Listener that received or sends. */
    public int listener;

    /** Stream connection, 0 for datagrams. */
    public long flow;

    /** Upper half of the IPv6 address. */
    public long addressHigh;

    /** Lower half of the IPv6 address; IPv4 is mapped. */
    public long addressLow;

    /** Port. */
    public int port;

    /** Copies another peer. */
    public void set(final Peer other) {
        set(other.transport, other.listener, other.flow, other.addressHigh, other.addressLow, other.port);
    }

    /** Sets every field. */
    public void set(
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port) {
        this.transport = transport;
        this.listener = listener;
        this.flow = flow;
        this.addressHigh = addressHigh;
        this.addressLow = addressLow;
        this.port = port;
    }

    /** Whether the transport delivers in order or tells that it failed (RFC 3261 section 17: no retransmission). */
    public boolean isReliable() {
        return transport != UDP;
    }
}
