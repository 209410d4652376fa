package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;

/** A 2xx to an INVITE, repeated until its ACK comes (RFC 3261 13.3.1.4). */
final class Answer {
    private final Party party;
    private final Dialog dialog;
    private final ServerTransaction transaction;
    private final Packet packet;
    private final boolean offers;
    private VirtualTime.Event retransmission;
    private VirtualTime.Event timeout;
    private boolean acked;

    /** @param offers whether the 2xx carries an offer, so that the ACK must carry the answer. */
    Answer(
            final Party party,
            final Dialog dialog,
            final ServerTransaction transaction,
            final SipText response,
            final boolean offers) {
        this.party = party;
        this.dialog = dialog;
        this.transaction = transaction;
        this.packet = new Packet(response.toBytes());
        this.offers = offers;
        transaction.respond(response);
        retransmission = party.time().after(Timers.T1_NS, () -> retransmit(Timers.T1_NS));
        timeout = party.time().after(Timers.TIMEOUT_NS, this::giveUp);
    }

    Dialog dialog() {
        return dialog;
    }

    boolean isAcked() {
        return acked;
    }

    boolean offers() {
        return offers;
    }

    long cSeq() {
        return transaction.request().cSeq();
    }

    private void retransmit(final long intervalNs) {
        transaction.transmit(packet);
        final long next = Math.min(2 * intervalNs, Timers.T2_NS);
        retransmission = party.time().after(next, () -> retransmit(next));
    }

    private void giveUp() {
        retransmission.cancel();
        dialog.inviteIn = false;
        party.onNoAck(this);
    }

    void onAck() {
        acked = true;
        stop();
    }

    void stop() {
        dialog.inviteIn = false;
        retransmission.cancel();
        timeout.cancel();
    }
}
