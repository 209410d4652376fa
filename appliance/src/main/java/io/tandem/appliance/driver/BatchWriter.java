package io.tandem.appliance.driver;

import io.tandem.journal.record.InputBatchEncoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.journal.record.TransportKind;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the inputs of one turn into one document of the inputs queue; reused, allocates nothing. */
final class BatchWriter {
    /** Inputs of one turn. */
    static final int INPUT_COUNT_MAX = 256;

    /** Bytes of a document after which no further input is added. */
    static final int FULL_BYTES = 440 * 1024;

    private static final int CAPACITY_BYTES = FULL_BYTES + 80 * 1024;

    private final UnsafeBuffer buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(CAPACITY_BYTES, 64));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InputBatchEncoder batch = new InputBatchEncoder();
    private InputBatchEncoder.InputsEncoder inputs;
    private int count;

    /** Begins a document. */
    void begin(final long epoch, final long nowNs, final long wallMs) {
        batch.wrapAndApplyHeader(buffer, 0, header).epoch(epoch).nowNs(nowNs).wallMs(wallMs);
        inputs = batch.inputsCount(INPUT_COUNT_MAX);
        count = 0;
    }

    /** Adds one input; the caller asks {@link #isFull()} before. */
    void add(
            final byte kind,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer bytes,
            final int offset,
            final int length) {
        inputs.next()
                .kind(InputKind.get(kind))
                .transport(transport == 0 ? TransportKind.NULL_VAL : TransportKind.get(transport))
                .listener(listener)
                .port(port)
                .flow(flow)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .putPayload(bytes, offset, length);
        count++;
    }

    /** Ends the document. */
    void end() {
        inputs.resetCountToIndex();
    }

    /** Whether another input must go into the next turn. */
    boolean isFull() {
        return count == INPUT_COUNT_MAX || length() > FULL_BYTES;
    }

    int count() {
        return count;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return MessageHeaderEncoder.ENCODED_LENGTH + batch.encodedLength();
    }
}
