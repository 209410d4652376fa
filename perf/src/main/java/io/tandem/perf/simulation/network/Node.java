package io.tandem.perf.simulation.network;

/** A machine on the network. */
public interface Node {
    void onDatagram(Endpoint local, Endpoint from, Packet packet);

    void onStream(Connection connection, Packet packet);

    /** A connection of this node ended and not by its own doing. */
    void onClosed(Connection connection);

    /** A datagram of this node came to a port where nobody listens. */
    void onUnreachable(Endpoint to, Packet packet);
}
