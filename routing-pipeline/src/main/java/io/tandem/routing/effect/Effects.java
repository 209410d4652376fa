package io.tandem.routing.effect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The outputs of one core turn in the order in which the core made them, in one reused buffer. The core appends, the
 * driver drains and resets; both on the core's thread. One class serves every driver, so that the core's calls stay
 * monomorphic: a live driver sends, a replay only compares {@link #digest()}.
 *
 * <p>A frame:
 *
 * <pre>
 *  0        4     5          6         8      10     16      24            32           40
 *  +--------+-----+----------+---------+------+------+-------+-------------+------------+---------
 *  | length | kind| transport| listener| port | zero | flow  | addressHigh | addressLow | bytes...
 *  +--------+-----+----------+---------+------+------+-------+-------------+------------+---------
 * </pre>
 *
 * <p>The length counts the bytes after the header; frames start at multiples of eight.
 */
public final class Effects {
    /** Longest message or record that one frame may carry. */
    public static final int FRAME_BYTES_MAX = 68 * 1024;

    static final byte SEND = 1;
    static final byte RECORD = 2;
    static final byte CLOSE_FLOW = 3;
    static final byte ASK = 4;

    private static final int KIND_OFFSET = 4;
    private static final int TRANSPORT_OFFSET = 5;
    private static final int LISTENER_OFFSET = 6;
    private static final int PORT_OFFSET = 8;
    private static final int FLOW_OFFSET = 16;
    private static final int ADDRESS_HIGH_OFFSET = 24;
    private static final int ADDRESS_LOW_OFFSET = 32;
    private static final int HEADER_BYTES = 40;

    /** What one input or timer may cause: two ACKs, two BYEs, an answer and a record. */
    private static final int FRAMES_PER_STEP_MAX = 6;

    private static final int CAPACITY_BYTES_MIN = (FRAMES_PER_STEP_MAX + 1) * (FRAME_BYTES_MAX + HEADER_BYTES);
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final UnsafeBuffer buffer;
    private final ByteBuffer digestView;
    private final OutputDigest digest = new OutputDigest();
    private final List<ServerQuestion> questions = new ArrayList<>();
    private int end;
    private int frameCount;
    private long sendCount;

    /**
     * Creates an empty effects buffer.
     *
     * @param capacityBytes room for the effects of one turn; a driver drains when {@link #needsDrain()} says so.
     */
    public Effects(final int capacityBytes) {
        if (capacityBytes < CAPACITY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "effects buffer too small: capacityBytes=" + capacityBytes + " minimum=" + CAPACITY_BYTES_MIN);
        }
        digestView = ByteBuffer.allocateDirect(capacityBytes);
        buffer = new UnsafeBuffer(digestView);
    }

    /** The buffer to encode the next frame's bytes into, from {@link #claimOffset()} on. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Where the bytes of the next frame start; at least {@link #FRAME_BYTES_MAX} bytes may be written there. */
    public int claimOffset() {
        return end + HEADER_BYTES;
    }

    /** Whether the driver has to drain before the core may handle another input or timer. */
    public boolean needsDrain() {
        return buffer.capacity() - end < FRAMES_PER_STEP_MAX * (FRAME_BYTES_MAX + HEADER_BYTES);
    }

    /** Commits the bytes written at {@link #claimOffset()} as a message to send. */
    public void send(
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final int length) {
        final int claim = claimOffset();
        frame(SEND, transport, listener, flow, addressHigh, addressLow, port, length);
        sendCount++;
        digest.add(digestView, claim, length, addressLow, port);
    }

    /** Commits the bytes written at {@link #claimOffset()} as one SBE record (message header included). */
    public void record(final int length) {
        final int claim = claimOffset();
        frame(RECORD, (byte) 0, 0, 0, 0, 0, 0, length);
        digest.add(digestView, claim, length, 0, 0);
    }

    /** Has a server asked. Allocates; the question counts in the digest. */
    public void ask(final ServerQuestion question) {
        final int claim = claimOffset();
        final int length = buffer.putStringWithoutLengthUtf8(
                claim, question.method() + ' ' + question.url() + '\n' + question.body());
        frame(ASK, (byte) 0, 0, 0, 0, 0, questions.size(), length);
        questions.add(question);
        digest.add(digestView, claim, length, question.callSlot(), question.ordinal());
    }

    /** Asks the transport to close a stream connection once what was sent before is written. */
    public void closeFlow(final byte transport, final int listener, final long flow) {
        frame(CLOSE_FLOW, transport, listener, flow, 0, 0, 0, 0);
    }

    /** Hands every frame of the turn to the handler, in order. The buffers are valid during the call only. */
    public void forEach(final EffectHandler handler) {
        int at = 0;
        while (at < end) {
            final int length = buffer.getInt(at, ORDER);
            final int bytes = at + HEADER_BYTES;
            final byte transport = buffer.getByte(at + TRANSPORT_OFFSET);
            final int listener = buffer.getShort(at + LISTENER_OFFSET, ORDER) & 0xFFFF;
            final long flow = buffer.getLong(at + FLOW_OFFSET, ORDER);
            switch (buffer.getByte(at + KIND_OFFSET)) {
                case SEND ->
                    handler.onSend(
                            transport,
                            listener,
                            flow,
                            buffer.getLong(at + ADDRESS_HIGH_OFFSET, ORDER),
                            buffer.getLong(at + ADDRESS_LOW_OFFSET, ORDER),
                            buffer.getShort(at + PORT_OFFSET, ORDER) & 0xFFFF,
                            buffer,
                            bytes,
                            length);
                case RECORD -> handler.onRecord(buffer, bytes, length);
                case ASK -> handler.onAsk(questions.get(buffer.getShort(at + PORT_OFFSET, ORDER)));
                default -> handler.onCloseFlow(transport, listener, flow);
            }
            at = bytes + BitUtil.align(length, Long.BYTES);
        }
    }

    /** Forgets the frames of the turn; digest and counters run on. */
    public void reset() {
        end = 0;
        frameCount = 0;
        questions.clear();
    }

    /** Frames since the last {@link #reset()}. */
    public int frameCount() {
        return frameCount;
    }

    /** Messages sent since the process began. */
    public long sendCount() {
        return sendCount;
    }

    /** Running digest over everything that was committed. */
    public OutputDigest digest() {
        return digest;
    }

    private void frame(
            final byte kind,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final int length) {
        final int at = end;
        buffer.putInt(at, length, ORDER);
        buffer.putByte(at + KIND_OFFSET, kind);
        buffer.putByte(at + TRANSPORT_OFFSET, transport);
        buffer.putShort(at + LISTENER_OFFSET, (short) listener, ORDER);
        buffer.putShort(at + PORT_OFFSET, (short) port, ORDER);
        buffer.putLong(at + FLOW_OFFSET, flow, ORDER);
        buffer.putLong(at + ADDRESS_HIGH_OFFSET, addressHigh, ORDER);
        buffer.putLong(at + ADDRESS_LOW_OFFSET, addressLow, ORDER);
        end = at + HEADER_BYTES + BitUtil.align(length, Long.BYTES);
        frameCount++;
    }
}
