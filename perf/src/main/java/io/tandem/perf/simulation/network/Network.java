package io.tandem.perf.simulation.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Carries messages between nodes in virtual time and does to them what its profile says, from one seed. */
public final class Network {
    private static final int DETOUR_FACTOR = 4;

    private final VirtualTime time;
    private final Profile profile;
    private final SplittableRandom random;
    private final Map<Endpoint, Node> nodes = new LinkedHashMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Set<Endpoint> closedPorts = new LinkedHashSet<>();
    private Node down;
    private long flows;
    private int ephemeralPort = 40_000;
    private boolean kind;
    private long lost;
    private long duplicated;
    private long detoured;
    private long cut;

    public Network(final VirtualTime time, final Profile profile, final SplittableRandom random) {
        this.time = time;
        this.profile = profile;
        this.random = random;
    }

    public void attach(final Endpoint address, final Node node) {
        nodes.put(address, node);
    }

    /** A machine that is up but where nobody listens: datagrams bounce, connections are refused. */
    public void attachClosedPort(final Endpoint address) {
        closedPorts.add(address);
    }

    /** Whether somebody is meant to be at this address, up or not. */
    public boolean isSomebody(final Endpoint address) {
        return nodes.containsKey(address) || closedPorts.contains(address);
    }

    /** From now on the network neither loses nor doubles nor cuts; used when a run winds down. */
    public void beKind() {
        kind = true;
    }

    /** Takes a node off the network (its connections end at once) or, with null, brings it back. */
    public void down(final Node node) {
        down = node;
        if (node != null) {
            for (final Connection connection : List.copyOf(connections)) {
                if (connection.joins(node)) {
                    end(connection);
                    final Node far = connection.other(node);
                    time.after(delay(), () -> far.onClosed(connection));
                }
            }
        }
    }

    public void datagram(final Node sender, final Endpoint from, final Endpoint to, final Packet packet) {
        final Node receiver = nodes.get(to);
        if (receiver == null) {
            time.after(delay(), () -> {
                if (!sender.equals(down)) {
                    sender.onUnreachable(to, packet);
                }
            });
            return;
        }
        if (!kind && random.nextDouble() < profile.loss()) {
            lost++;
            return;
        }
        deliver(receiver, from, to, packet);
        if (!kind && random.nextDouble() < profile.duplicate()) {
            duplicated++;
            deliver(receiver, from, to, packet);
        }
    }

    private void deliver(final Node receiver, final Endpoint from, final Endpoint to, final Packet packet) {
        long delay = delay();
        if (!kind && random.nextDouble() < profile.reorder()) {
            detoured++;
            delay += random.nextLong(DETOUR_FACTOR * profile.delayMaxNs() + 1);
        }
        time.after(delay, () -> {
            if (!receiver.equals(down)) {
                receiver.onDatagram(to, from, packet);
            }
        });
    }

    /** Opens a connection from a port of its own; null when nobody answers there. */
    public Connection connect(final Node opener, final Endpoint from, final Endpoint to) {
        final Node acceptor = nodes.get(to);
        if (acceptor == null || acceptor.equals(down) || opener.equals(down)) {
            return null;
        }
        ephemeralPort = ephemeralPort == 65_000 ? 40_000 : ephemeralPort + 1;
        final Connection connection =
                new Connection(++flows, opener, Endpoint.of(from.host(), ephemeralPort), acceptor, to);
        connections.add(connection);
        return connection;
    }

    /** Sends over a connection; false when it is not open any more. */
    public boolean stream(final Connection connection, final Node sender, final Packet packet) {
        if (!connection.isOpen()) {
            return false;
        }
        if (!kind && random.nextDouble() < profile.streamClose()) {
            cut++;
            close(connection);
            return true;
        }
        final Node receiver = connection.other(sender);
        final long arrival = Math.max(time.nowNs() + delay(), connection.lastArrivalNs);
        connection.lastArrivalNs = arrival;
        time.at(arrival, () -> {
            if (connection.isOpen() && !receiver.equals(down)) {
                receiver.onStream(connection, packet);
            }
        });
        return true;
    }

    /** Breaks a connection; what is under way is lost, both ends are told. */
    public void close(final Connection connection) {
        if (connection.isOpen()) {
            end(connection);
            final Node one = connection.other(null);
            final Node two = connection.other(one);
            time.after(delay(), () -> one.onClosed(connection));
            time.after(delay(), () -> two.onClosed(connection));
        }
    }

    /** Closes a connection behind what was sent on it. */
    public void closeAfterSending(final Connection connection, final Node closer) {
        if (connection.isOpen()) {
            time.at(Math.max(connection.lastArrivalNs, time.nowNs()), () -> {
                if (connection.isOpen()) {
                    end(connection);
                    connection.other(closer).onClosed(connection);
                }
            });
        }
    }

    /** An open connection of this node to an address, or null. */
    public Connection connectionTo(final Node node, final Endpoint to) {
        for (final Connection connection : connections) {
            if (connection.joins(node) && connection.remote(node).equals(to)) {
                return connection;
            }
        }
        return null;
    }

    /** The open connection with this number, or null. */
    public Connection connection(final long flow) {
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (connections.get(i).flow() == flow) {
                return connections.get(i);
            }
        }
        return null;
    }

    /** What has been done to messages so far. */
    public Unkindness unkindness() {
        return new Unkindness(lost, duplicated, detoured, cut);
    }

    private void end(final Connection connection) {
        connection.ended();
        connections.remove(connection);
    }

    private long delay() {
        return profile.delayMinNs() + random.nextLong(profile.delayMaxNs() - profile.delayMinNs() + 1);
    }
}
