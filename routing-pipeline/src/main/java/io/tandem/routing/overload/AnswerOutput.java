package io.tandem.routing.overload;

import org.agrona.DirectBuffer;

/** Sends what the door answers; called on the I/O thread that offered the request. */
@FunctionalInterface
public interface AnswerOutput {
    /** Takes a copy of one message before it returns. */
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
