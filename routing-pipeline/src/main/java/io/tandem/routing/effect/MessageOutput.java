package io.tandem.routing.effect;

import org.agrona.DirectBuffer;

/** Where messages leave. Nothing is answered: what fails comes back as an input. */
@FunctionalInterface
public interface MessageOutput {
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
}
