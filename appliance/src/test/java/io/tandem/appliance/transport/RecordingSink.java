package io.tandem.appliance.transport;

import io.tandem.journal.record.InputKind;
import io.tandem.routing.ring.InputSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Keeps what transports offer; may be told to be full. */
final class RecordingSink implements InputSink {
    record Input(InputKind kind, int transport, int listener, long flow, long high, long low, int port, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    final List<Input> inputs = new ArrayList<>();
    boolean full;
    boolean counting;
    long count;

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
        if (full) {
            return false;
        }
        count++;
        if (!counting) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            final String text = new String(bytes, StandardCharsets.ISO_8859_1);
            inputs.add(new Input(InputKind.get(kind), transport, listener, flow, addressHigh, addressLow, port, text));
        }
        return true;
    }

    List<Input> of(final InputKind kind) {
        return inputs.stream().filter(input -> input.kind() == kind).toList();
    }
}
