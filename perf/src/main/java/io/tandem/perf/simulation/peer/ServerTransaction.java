package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.network.Connection;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;

/** A request that came to a peer, with what was answered (RFC 3261 17.2). */
final class ServerTransaction {
    private final UserAgent agent;
    private final SipText request;
    private final Endpoint from;
    private final Connection connection;
    private Party party;
    private Packet last;
    private boolean finished;
    private VirtualTime.Event retransmission;
    private VirtualTime.Event timeout;

    ServerTransaction(final UserAgent agent, final SipText request, final Endpoint from, final Connection connection) {
        this.agent = agent;
        this.request = request;
        this.from = from;
        this.connection = connection;
    }

    SipText request() {
        return request;
    }

    boolean isFinished() {
        return finished;
    }

    /** Whether anything was answered yet. */
    boolean isAnswered() {
        return last != null;
    }

    /** The party whose death silences this transaction. */
    void belongsTo(final Party owner) {
        party = owner;
    }

    /** Sends a response. A refusal of an INVITE is repeated until its ACK comes; a 2xx is its sender's to repeat. */
    void respond(final SipText response) {
        if (finished && !response.isSuccess()) {
            return;
        }
        last = new Packet(response.toBytes());
        finished |= !response.isProvisional();
        transmit(last);
        if (finished) {
            agent.time().after(Timers.TIMEOUT_NS + Timers.T4_NS, () -> agent.forget(this));
            if (request.is("INVITE") && !response.isSuccess()) {
                timeout = agent.time().after(Timers.TIMEOUT_NS, this::stop);
                if (connection == null) {
                    retransmission = agent.time().after(Timers.T1_NS, () -> retransmit(Timers.T1_NS));
                }
            }
        }
    }

    /** Sends something again that {@link #respond} sent before, or a further 2xx. */
    void transmit(final Packet packet) {
        if (party == null || !party.isDead()) {
            agent.transmitResponse(packet, request, from, connection);
        }
    }

    private void retransmit(final long intervalNs) {
        transmit(last);
        final long next = Math.min(2 * intervalNs, Timers.T2_NS);
        retransmission = agent.time().after(next, () -> retransmit(next));
    }

    void onRequestAgain() {
        if (last != null) {
            transmit(last);
        }
    }

    void onAck() {
        stop();
    }

    private void stop() {
        if (retransmission != null) {
            retransmission.cancel();
        }
        if (timeout != null) {
            timeout.cancel();
        }
    }
}
