package io.tandem.appliance.driver;

import io.tandem.appliance.transport.Outbound;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The way out of the dedicated profile: one ring from the core's thread to each sip-io thread. A connection's messages go
 * to the thread that owns it, all others to the thread that the peer's address chooses. A full ring drops, counted;
 * SIP repeats what matters.
 *
 * <pre>
 *  0         1         2        4      6      8      16            24           32
 *  +---------+---------+--------+------+------+------+-------------+------------+--------
 *  | kind    |transport|listener| port | zero | flow | addressHigh | addressLow | bytes
 *  +---------+---------+--------+------+------+------+-------------+------------+--------
 * </pre>
 */
final class OutboundRings implements Outbound {
    private static final int RING_BYTES = 8 << 20;
    private static final int SEND = 1;
    private static final int CLOSE_FLOW = 2;
    private static final int HEADER_BYTES = 32;
    private static final int FLOW_IO_SHIFT = 56;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final OneToOneRingBuffer[] rings;
    private final AtomicLong dropped = new AtomicLong();

    OutboundRings(final int ioCount) {
        rings = new OneToOneRingBuffer[ioCount];
        for (int i = 0; i < ioCount; i++) {
            rings[i] = new OneToOneRingBuffer(new UnsafeBuffer(
                    BufferUtil.allocateDirectAligned(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64)));
        }
    }

    @Override
    public void send(
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final OneToOneRingBuffer ring = ringOf(flow, addressHigh, addressLow, port);
        final int claim = ring.tryClaim(SEND, HEADER_BYTES + length);
        if (claim < 0) {
            dropped.getAndIncrement();
            return;
        }
        header(ring.buffer(), claim, transport, listener, flow, addressHigh, addressLow, port);
        ring.buffer().putBytes(claim + HEADER_BYTES, buffer, offset, length);
        ring.commit(claim);
    }

    @Override
    public void closeFlow(final byte transport, final int listener, final long flow) {
        final OneToOneRingBuffer ring = ringOf(flow, 0, 0, 0);
        final int claim = ring.tryClaim(CLOSE_FLOW, HEADER_BYTES);
        if (claim < 0) {
            dropped.getAndIncrement();
            return;
        }
        header(ring.buffer(), claim, transport, listener, flow, 0, 0, 0);
        ring.commit(claim);
    }

    private static void header(
            final MutableDirectBuffer buffer,
            final int at,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port) {
        buffer.putByte(at + 1, transport);
        buffer.putShort(at + 2, (short) listener, ORDER);
        buffer.putShort(at + 4, (short) port, ORDER);
        buffer.putLong(at + 8, flow, ORDER);
        buffer.putLong(at + 16, addressHigh, ORDER);
        buffer.putLong(at + 24, addressLow, ORDER);
    }

    private OneToOneRingBuffer ringOf(final long flow, final long high, final long low, final int port) {
        if (rings.length == 1) {
            return rings[0];
        }
        if (flow != 0) {
            return rings[(int) (flow >>> FLOW_IO_SHIFT) % rings.length];
        }
        final long mixed = (high ^ low ^ ((long) port << 32)) * 0x9E37_79B9_7F4A_7C15L;
        return rings[(int) ((mixed >>> 33) % rings.length)];
    }

    @Override
    public void flush() {
        // the sip-io threads flush when they have emptied their ring
    }

    /** Empties one thread's ring into its sockets; called by that thread. */
    Reader reader(final int io, final Outbound sockets) {
        return new Reader(rings[io], sockets);
    }

    /** Messages and closings dropped because a ring was full; any thread. */
    long dropped() {
        return dropped.get();
    }

    /** Whether everything was taken out; any thread. */
    boolean isEmpty() {
        for (final OneToOneRingBuffer ring : rings) {
            if (ring.size() > 0) {
                return false;
            }
        }
        return true;
    }

    /** One sip-io thread's end. */
    static final class Reader implements MessageHandler {
        private static final int LIMIT = 64;

        private final OneToOneRingBuffer ring;
        private final Outbound sockets;

        private Reader(final OneToOneRingBuffer ring, final Outbound sockets) {
            this.ring = ring;
            this.sockets = sockets;
        }

        /** Sends what waits, up to a limit; returns how much. */
        int doWork() {
            final int count = ring.read(this, LIMIT);
            if (count > 0) {
                sockets.flush();
            }
            return count;
        }

        @Override
        public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
            final byte transport = buffer.getByte(index + 1);
            final int listener = buffer.getShort(index + 2, ORDER) & 0xFFFF;
            final long flow = buffer.getLong(index + 8, ORDER);
            if (type == CLOSE_FLOW) {
                sockets.closeFlow(transport, listener, flow);
                return;
            }
            sockets.send(
                    transport,
                    listener,
                    flow,
                    buffer.getLong(index + 16, ORDER),
                    buffer.getLong(index + 24, ORDER),
                    buffer.getShort(index + 4, ORDER) & 0xFFFF,
                    buffer,
                    index + HEADER_BYTES,
                    length - HEADER_BYTES);
        }
    }
}
