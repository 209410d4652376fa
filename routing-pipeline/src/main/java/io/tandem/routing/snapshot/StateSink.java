package io.tandem.routing.snapshot;

import org.agrona.DirectBuffer;

/** Takes snapshot records; called on the core's thread, the buffer is valid during the call only. */
@FunctionalInterface
public interface StateSink {
    /** One SBE {@code CoreState}, message header included. */
    void onRecord(DirectBuffer buffer, int offset, int length);
}
