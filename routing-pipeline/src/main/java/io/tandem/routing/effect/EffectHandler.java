package io.tandem.routing.effect;

import org.agrona.DirectBuffer;

/** What a driver does with effects; called on the core's thread while it drains {@link Effects}. */
public interface EffectHandler {
    /**
     * Sends bytes to a peer.
     *
     * @param transport a {@link io.tandem.journal.record.TransportKind} value.
     * @param listener  listener whose socket sends.
     * @param flow      stream connection to use if it is still open, 0 for datagrams or to let the transport find or
     *                  open a connection to the address.
     */
    void onSend(
            byte transport,
            int listener,
            long flow,
            long addressHigh,
            long addressLow,
            int port,
            DirectBuffer buffer,
            int offset,
            int length);

    /** Writes one SBE record (message header included) to the records queue. */
    void onRecord(DirectBuffer buffer, int offset, int length);

    /** Asks a server something for a flow; whatever comes of it comes back as an input. */
    void onAsk(ServerQuestion question);

    /** Closes a stream connection after what was sent before. */
    void onCloseFlow(byte transport, int listener, long flow);
}
