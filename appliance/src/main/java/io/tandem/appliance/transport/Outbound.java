package io.tandem.appliance.transport;

import org.agrona.DirectBuffer;

/** Where messages leave; called by the core's driver. Nothing is answered: what fails comes back as an input. */
public interface Outbound {
    /**
     * Sends one message; its bytes are copied before the call returns.
     *
     * @param transport a {@link io.tandem.journal.record.TransportKind} value
     * @param listener  number of the listener that sends
     * @param flow      connection to use if it is still open, 0 for none
     */
    void send(
            byte transport,
            int listener,
            long flow,
            long addressHigh,
            long addressLow,
            int port,
            DirectBuffer buffer,
            int offset,
            int length);

    /** Closes a connection after what was sent before. */
    void closeFlow(byte transport, int listener, long flow);

    /** Hands over what was collected; once per turn. */
    void flush();
}
