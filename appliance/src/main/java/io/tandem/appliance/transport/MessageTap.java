package io.tandem.appliance.transport;

import org.agrona.DirectBuffer;

/** Sees every message on the wire, on the sip-io thread that moved it; copies what it keeps and never blocks. */
@FunctionalInterface
public interface MessageTap {
    /** Sees nothing. */
    MessageTap NONE = (inbound, listener, transport, high, low, port, timeNs, buffer, offset, length) -> {};

    /**
     * One message passed.
     *
     * @param inbound true when a peer sent it, false when Tandem did
     * @param timeNs  monotonic time
     */
    void onMessage(
            boolean inbound,
            int listener,
            byte transport,
            long addressHigh,
            long addressLow,
            int port,
            long timeNs,
            DirectBuffer buffer,
            int offset,
            int length);
}
