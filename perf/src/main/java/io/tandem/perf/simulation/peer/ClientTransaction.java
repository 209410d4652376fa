package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;

/** A request of a peer until it is answered for good (RFC 3261 17.1, RFC 6026 7.2). */
final class ClientTransaction {
    private final Party party;
    private final SipText request;
    private final Packet packet;
    private final Endpoint to;
    private final boolean stream;
    private final User user;
    private final boolean invite;
    private VirtualTime.Event retransmission;
    private VirtualTime.Event timeout;
    private boolean provisional;
    private SipText finalResponse;
    private Packet ack;

    /** Who sent the request. */
    interface User {
        /** Every provisional response, the final one, and for INVITE every 2xx that comes. */
        void onResponse(SipText response);

        void onTimeout();
    }

    ClientTransaction(
            final Party party, final SipText request, final Endpoint to, final boolean stream, final User user) {
        this.party = party;
        this.request = request;
        this.packet = new Packet(request.toBytes());
        this.to = to;
        this.stream = stream;
        this.user = user;
        this.invite = request.is("INVITE");
    }

    SipText request() {
        return request;
    }

    boolean isProvisionalSeen() {
        return provisional;
    }

    boolean isFinished() {
        return finalResponse != null;
    }

    void start() {
        party.agent().remember(this);
        party.send(packet, to, stream);
        if (!stream) {
            retransmission = party.time().after(Timers.T1_NS, () -> retransmit(Timers.T1_NS));
        }
        timeout = party.time().after(Timers.TIMEOUT_NS, this::giveUp);
    }

    private void retransmit(final long intervalNs) {
        party.send(packet, to, false);
        final long doubled = 2 * intervalNs;
        final long next = invite ? doubled : provisional ? Timers.T2_NS : Math.min(doubled, Timers.T2_NS);
        retransmission = party.time().after(next, () -> retransmit(next));
    }

    private void giveUp() {
        stop();
        if (finalResponse == null) {
            party.agent().forget(this);
            user.onTimeout();
        }
    }

    /** Forgets a request that nobody waits for any more. */
    void abandon() {
        stop();
        party.agent().forget(this);
    }

    void onResponse(final SipText response) {
        if (response.isProvisional()) {
            if (finalResponse == null) {
                provisional = true;
                if (invite) {
                    stop();
                }
                user.onResponse(response);
            }
            return;
        }
        stop();
        final boolean first = finalResponse == null;
        if (first) {
            finalResponse = response;
            party.time().after(Timers.TIMEOUT_NS, () -> party.agent().forget(this));
        }
        if (invite && !response.isSuccess()) {
            if (first || !finalResponse.isSuccess()) {
                acknowledge(response);
            }
        }
        if (first || (invite && response.isSuccess())) {
            user.onResponse(response);
        }
    }

    private void acknowledge(final SipText response) {
        if (!party.acknowledgesRefusals()) {
            return;
        }
        if (ack == null) {
            final SipText text = SipText.request("ACK", request.requestUri());
            text.add("Via", request.via()).add("Max-Forwards", "70");
            text.add("From", request.first("from")).add("To", response.first("to"));
            text.add("Call-ID", request.callId()).add("CSeq", request.cSeq() + " ACK");
            ack = new Packet(text.toBytes());
        }
        party.send(ack, to, stream);
    }

    private void stop() {
        if (retransmission != null) {
            retransmission.cancel();
        }
        timeout.cancel();
    }
}
