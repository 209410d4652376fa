package io.tandem.routing.overload;

import io.tandem.journal.record.InputKind;
import io.tandem.routing.address.Transports;
import io.tandem.routing.effect.MessageOutput;
import io.tandem.routing.identifier.SipHash;
import io.tandem.routing.ring.InboundRing;
import io.tandem.routing.ring.InputSink;
import io.tandem.routing.transaction.OverloadAnswer;
import io.tandem.routing.transaction.Peer;
import io.tandem.sip.Method;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * The ring's door for one I/O thread. While the ring has room everything enters unread. As it fills up, or as what is in it
 * waits too long, messages are refused in order of {@link Worth}, each refusal counted.
 *
 * <p>A refused request that is not inside a dialog is answered 503 with Retry-After, which ends its retransmissions at once.
 * What belongs to a call is dropped instead, for its sender repeats it and a 503 could end the call; so is a request of
 * which an earlier copy might still wait in the ring, since no request may get two answers.
 */
public final class InboundDoor implements InputSink {
    private static final byte MESSAGE = (byte) InputKind.MESSAGE.value();
    private static final byte[] EMERGENCY_SERVICE = "urn:service:sos".getBytes(StandardCharsets.US_ASCII);

    /** T1 of RFC 3261 less a margin: within it a peer has not repeated a request yet. */
    private static final long REPEATED_NS = 400_000_000L;

    private static final int ROOMY = 4;

    private final InboundRing ring;
    private final DoorCounts counts;
    private final SipMessage message;
    private final OverloadAnswer answer;
    private final Peer source = new Peer();
    private final int roomySlots;
    private MessageOutput output;

    /**
     * Creates a door that answers nobody before {@link #answerBy}.
     *
     * @param counts shared by all doors of the ring
     * @param tags   makes To tags; this thread's own
     */
    public InboundDoor(final InboundRing ring, final DoorCounts counts, final SipLimits limits, final SipHash tags) {
        this.ring = ring;
        this.counts = counts;
        message = new SipMessage(limits);
        answer = new OverloadAnswer(tags);
        roomySlots = ring.slotCount() / ROOMY;
    }

    /** Says how answers leave. */
    public void answerBy(final MessageOutput way) {
        output = way;
    }

    @Override
    public boolean offer(
            final byte kind,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long arrivedNs) {
        if (kind != MESSAGE) {
            return ring.offer(
                    kind, transport, listener, flow, addressHigh, addressLow, port, buffer, offset, length, arrivedNs);
        }
        final int used = ring.slotsUsed();
        counts.met(Math.min(used + 1, ring.slotCount()));
        final boolean roomy = used < roomySlots;
        final long waitedNs = roomy ? 0 : ring.waitedNs(arrivedNs);
        Worth worth = null;
        if (!roomy) {
            worth = worth(transport, buffer, offset, length);
            if (used < worth.slotsMax(ring.slotCount()) && waitedNs < worth.waitMaxNs()) {
                worth = null;
            }
        }
        if (worth == null
                && ring.offer(
                        kind,
                        transport,
                        listener,
                        flow,
                        addressHigh,
                        addressLow,
                        port,
                        buffer,
                        offset,
                        length,
                        arrivedNs)) {
            return true;
        }
        source.set(transport, listener, flow, addressHigh, addressLow, port);
        refuse(worth == null ? worth(transport, buffer, offset, length) : worth, waitedNs);
        return false;
    }

    private Worth worth(final byte transport, final DirectBuffer buffer, final int offset, final int length) {
        if (message.wrap(buffer, offset, length, Transports.isStream(transport)) != Problem.NONE) {
            return Worth.REST;
        }
        if (!message.isRequest() || message.method() == Method.ACK || message.method() == Method.CANCEL) {
            return Worth.IN_DIALOG;
        }
        if (answer.isInDialog(message)) {
            return Worth.IN_DIALOG;
        }
        if (message.method() != Method.INVITE) {
            return Worth.REST;
        }
        return isEmergency() ? Worth.EMERGENCY : Worth.NEW_CALL;
    }

    private boolean isEmergency() {
        if (message.uriLength() < EMERGENCY_SERVICE.length) {
            return false;
        }
        for (int i = 0; i < EMERGENCY_SERVICE.length; i++) {
            final byte octet = message.buffer().getByte(message.uriOffset() + i);
            if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != EMERGENCY_SERVICE[i]) {
                return false;
            }
        }
        return true;
    }

    private void refuse(final Worth worth, final long waitedNs) {
        counts.refused(worth);
        if (worth == Worth.IN_DIALOG || waitedNs >= REPEATED_NS || output == null) {
            return;
        }
        final int length = answer.write(message, source);
        if (length > 0) {
            counts.answered();
            final Peer to = answer.destination();
            output.send(
                    to.transport,
                    to.listener,
                    to.flow,
                    to.addressHigh,
                    to.addressLow,
                    to.port,
                    answer.buffer(),
                    0,
                    length);
        }
    }
}
