package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Connection;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Network;
import io.tandem.perf.simulation.network.Node;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine with one address where peers live: matches messages to transactions and transactions to parties. */
final class UserAgent implements Node {
    private final Endpoint address;
    private final VirtualTime time;
    private final Network network;
    private final Watch watch;
    private final Answerer answerer;
    private final Map<String, ClientTransaction> clients = new LinkedHashMap<>();
    private final Map<String, ServerTransaction> servers = new LinkedHashMap<>();
    private final Map<String, Party> parties = new LinkedHashMap<>();
    private final Map<Endpoint, Connection> connections = new LinkedHashMap<>();
    private final Set<CallTrace> streamCalls = new LinkedHashSet<>();

    /** Makes the party that takes a new call, or null where nobody takes any. */
    interface Answerer {
        Party answer(UserAgent agent, SipText invite, boolean stream);
    }

    UserAgent(
            final Endpoint address,
            final VirtualTime time,
            final Network network,
            final Watch watch,
            final Answerer answerer) {
        this.address = address;
        this.time = time;
        this.network = network;
        this.watch = watch;
        this.answerer = answerer;
        network.attach(address, this);
    }

    Endpoint address() {
        return address;
    }

    VirtualTime time() {
        return time;
    }

    Watch watch() {
        return watch;
    }

    void join(final Party party) {
        parties.put(party.callId(), party);
    }

    void leave(final Party party) {
        parties.remove(party.callId());
        streamCalls.remove(party.call());
    }

    void remember(final ClientTransaction transaction) {
        clients.put(transaction.request().transactionKey(), transaction);
    }

    void forget(final ClientTransaction transaction) {
        clients.remove(transaction.request().transactionKey(), transaction);
    }

    void forget(final ServerTransaction transaction) {
        servers.remove(keyOf(transaction.request()), transaction);
    }

    private static String keyOf(final SipText request) {
        return request.transactionKey() + '|' + request.sentBy();
    }

    /** Sends a request of a party. Nothing tells the sender when it cannot be sent; its timers will. */
    void transmit(final Packet packet, final Endpoint to, final boolean stream, final CallTrace call) {
        if (!stream) {
            network.datagram(this, address, to, packet);
            return;
        }
        streamCalls.add(call);
        Connection connection = connections.get(to);
        if (connection == null || !connection.isOpen()) {
            connection = network.connect(this, address, to);
            if (connection == null) {
                call.excuse(time.nowNs(), "no connection");
                return;
            }
            connections.put(to, connection);
        }
        network.stream(connection, this, packet);
    }

    /** Sends a response the way its request came (RFC 3261 18.2.2, RFC 3581 4). */
    void transmitResponse(
            final Packet packet, final SipText request, final Endpoint from, final Connection connection) {
        if (connection == null) {
            final boolean asked = SipText.parameter(request.via(), "rport") != null;
            final Endpoint to =
                    asked ? from : Endpoint.of(from.host(), request.sentBy().port());
            network.datagram(this, address, to, packet);
        } else if (!network.stream(connection, this, packet)) {
            final Connection another = network.connect(this, address, request.sentBy());
            if (another != null) {
                network.stream(another, this, packet);
            }
        }
    }

    @Override
    public void onDatagram(final Endpoint local, final Endpoint from, final Packet packet) {
        onMessage(packet, from, null);
    }

    @Override
    public void onStream(final Connection connection, final Packet packet) {
        onMessage(packet, connection.remote(this), connection);
    }

    @Override
    public void onClosed(final Connection connection) {
        connections.values().remove(connection);
        watch.connectionLost(new ArrayList<>(streamCalls));
    }

    @Override
    public void onUnreachable(final Endpoint to, final Packet packet) {
        throw watch.broken(Invariant.KNOWN_ADDRESS, "a peer was led to " + to + "\n" + packet.text(), null);
    }

    private void onMessage(final Packet packet, final Endpoint from, final Connection connection) {
        final SipText message = packet.text();
        if (!message.isRequest()) {
            onResponse(message);
        } else if (message.is("ACK")) {
            onAck(message);
        } else {
            final ServerTransaction known = servers.get(keyOf(message));
            if (known != null) {
                known.onRequestAgain();
                return;
            }
            onRequest(message, from, connection);
        }
    }

    private void onResponse(final SipText response) {
        final ClientTransaction transaction = clients.get(response.transactionKey());
        final Party party = parties.get(response.callId());
        if (transaction != null && (party == null || !party.isDead())) {
            transaction.onResponse(response);
        }
    }

    private void onAck(final SipText ack) {
        final ServerTransaction transaction = servers.get(ack.branch() + "|INVITE|" + ack.sentBy());
        if (transaction != null) {
            transaction.onAck();
            return;
        }
        final Party party = parties.get(ack.callId());
        if (party != null && !party.isDead()) {
            party.onAck(ack);
        }
    }

    private void onRequest(final SipText request, final Endpoint from, final Connection connection) {
        Party party = parties.get(request.callId());
        final ServerTransaction transaction = new ServerTransaction(this, request, from, connection);
        if (party != null && party.isDead()) {
            return;
        }
        servers.put(keyOf(request), transaction);
        if (party == null && request.is("INVITE") && request.toTag() == null) {
            party = answerer.answer(this, request, connection != null);
            if (party != null) {
                join(party);
            }
        }
        if (party != null) {
            if (connection != null) {
                streamCalls.add(party.call());
            }
            transaction.belongsTo(party);
            party.onRequest(transaction);
        } else if (request.is("OPTIONS")) {
            transaction.respond(SipText.responseTo(request, 200, "options"));
        } else {
            transaction.respond(SipText.responseTo(request, 481, "nobody"));
        }
    }

    /** The INVITE that a CANCEL means, or null. */
    ServerTransaction cancelled(final SipText cancel) {
        return servers.get(cancel.branch() + "|INVITE|" + cancel.sentBy());
    }

    List<Party> parties() {
        return List.copyOf(parties.values());
    }
}
