package io.tandem.routing.ring;

import org.agrona.DirectBuffer;

/** Where whatever comes from outside enters; called by I/O threads and by operators' threads. Never blocks. */
@FunctionalInterface
public interface InputSink {
    /**
     * Offers one input; its bytes are copied before the call returns.
     *
     * @param kind      an {@link io.tandem.journal.record.InputKind} value
     * @param transport an {@link io.tandem.journal.record.TransportKind} value
     * @param listener  number of the listener that received it
     * @param flow      stream connection, 0 for datagrams
     * @param arrivedNs monotonic time at which it was read, a measurement only
     * @return false when there is no room: the input is refused and counted
     */
    boolean offer(
            byte kind,
            byte transport,
            int listener,
            long flow,
            long addressHigh,
            long addressLow,
            int port,
            DirectBuffer buffer,
            int offset,
            int length,
            long arrivedNs);
}
