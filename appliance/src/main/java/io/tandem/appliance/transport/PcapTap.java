package io.tandem.appliance.transport;

import io.tandem.routing.address.AddressText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every message to a file for Wireshark: pcap with nanoseconds, link type RAW, each message in an IP and a UDP
 * header of its own, whatever carried it. The file is written by a thread of its own behind a bounded queue; what the
 * queue does not take is counted, never waited for.
 *
 * <pre>
 *  0        1          2         4      6      8        16            24           32
 *  +--------+----------+---------+------+------+--------+-------------+------------+--------
 *  | inbound| transport| listener| port | zero | timeNs | addressHigh | addressLow | bytes
 *  +--------+----------+---------+------+------+--------+-------------+------------+--------
 * </pre>
 */
public final class PcapTap implements MessageTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PcapTap.class);
    private static final int RING_BYTES = 8 << 20;
    private static final int HEADER_BYTES = 32;
    private static final int MAGIC_NANOSECONDS = 0xA1B2_3C4D;
    private static final int LINK_TYPE_RAW = 101;
    private static final int SNAPSHOT_LENGTH = 262_144;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int UDP_BYTES = 8;
    private static final byte UDP_PROTOCOL = 17;
    private static final byte HOPS = 64;
    private static final int PAYLOAD_BYTES_MAX = 65_535 - IPV4_BYTES - UDP_BYTES;
    private static final int READ_LIMIT = 256;
    private static final long IDLE_NS = 5_000_000L;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    private final AtomicLong dropped = new AtomicLong();
    private final OutputStream file;
    private final Path path;
    private final MessageHandler handler = this::write;
    private final ByteBuffer packet = ByteBuffer.allocate(16 + IPV6_BYTES + UDP_BYTES + PAYLOAD_BYTES_MAX);
    private final long wallOffsetNs = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
    private final Thread thread = new Thread(this::run, "tap-pcap");
    private final InetSocketAddress[] places = new InetSocketAddress[Listener.NUMBER_MAX + 1];
    private volatile boolean closed;

    /**
     * Creates the file and writes its header.
     *
     * @param listeners whose addresses stand for ours, as they were configured
     */
    public PcapTap(final Path path, final List<Listener> listeners) throws IOException {
        this.path = path;
        for (final Listener listener : listeners) {
            places[listener.number()] = listener.advertised();
        }
        file = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
        final ByteBuffer header = ByteBuffer.allocate(24).order(ORDER);
        header.putInt(MAGIC_NANOSECONDS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(SNAPSHOT_LENGTH)
                .putInt(LINK_TYPE_RAW);
        file.write(header.array());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void onMessage(
            final boolean inbound,
            final int listener,
            final byte transport,
            final long addressHigh,
            final long addressLow,
            final int port,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final int kept = Math.min(length, PAYLOAD_BYTES_MAX);
        final int claim = ring.tryClaim(1, HEADER_BYTES + kept);
        if (claim < 0) {
            dropped.getAndIncrement();
            return;
        }
        final MutableDirectBuffer frame = ring.buffer();
        frame.putByte(claim, (byte) (inbound ? 1 : 0));
        frame.putByte(claim + 1, transport);
        frame.putShort(claim + 2, (short) listener, ORDER);
        frame.putShort(claim + 4, (short) port, ORDER);
        frame.putLong(claim + 8, timeNs, ORDER);
        frame.putLong(claim + 16, addressHigh, ORDER);
        frame.putLong(claim + 24, addressLow, ORDER);
        frame.putBytes(claim + HEADER_BYTES, buffer, offset, kept);
        ring.commit(claim);
    }

    /** Messages that the file does not hold because the queue was full; any thread. */
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        while (!closed || ring.size() > 0) {
            if (ring.read(handler, READ_LIMIT) == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    private void write(final int type, final MutableDirectBuffer frame, final int index, final int length) {
        final boolean inbound = frame.getByte(index) != 0;
        final InetSocketAddress place = places[frame.getShort(index + 2, ORDER) & Listener.NUMBER_MAX];
        final long high = frame.getLong(index + 16, ORDER);
        final long low = frame.getLong(index + 24, ORDER);
        final int port = frame.getShort(index + 4, ORDER) & 0xFFFF;
        final long wallNs = frame.getLong(index + 8, ORDER) + wallOffsetNs;
        final long ownHigh = PeerAddress.high(place.getAddress());
        final long ownLow = PeerAddress.low(place.getAddress());
        final int payload = length - HEADER_BYTES;
        final boolean ipv4 = AddressText.isIpv4(high, low) && AddressText.isIpv4(ownHigh, ownLow);
        final int ipBytes = (ipv4 ? IPV4_BYTES : IPV6_BYTES) + UDP_BYTES + payload;
        packet.clear().order(ORDER);
        packet.putInt((int) (wallNs / 1_000_000_000L))
                .putInt((int) (wallNs % 1_000_000_000L))
                .putInt(ipBytes)
                .putInt(ipBytes);
        packet.order(ByteOrder.BIG_ENDIAN);
        final int ipAt = packet.position();
        if (inbound) {
            ip(ipv4, high, low, ownHigh, ownLow, UDP_BYTES + payload);
            udp(port, place.getPort(), payload);
        } else {
            ip(ipv4, ownHigh, ownLow, high, low, UDP_BYTES + payload);
            udp(place.getPort(), port, payload);
        }
        frame.getBytes(index + HEADER_BYTES, packet, payload);
        if (ipv4) {
            packet.putShort(ipAt + 10, checksum(ipAt, IPV4_BYTES, 0));
        } else {
            final short sum = checksum(ipAt + 8, ipBytes - 8, UDP_PROTOCOL + UDP_BYTES + payload);
            packet.putShort(ipAt + IPV6_BYTES + 6, sum == 0 ? (short) 0xFFFF : sum);
        }
        try {
            file.write(packet.array(), 0, packet.position());
            if (ring.size() == 0) {
                file.flush();
            }
        } catch (final IOException e) {
            dropped.getAndIncrement();
            LOG.warn("message copy not written: file={} reason={}", path, e.toString());
        }
    }

    private void ip(
            final boolean ipv4,
            final long sourceHigh,
            final long sourceLow,
            final long targetHigh,
            final long targetLow,
            final int length) {
        if (ipv4) {
            packet.put((byte) 0x45)
                    .put((byte) 0)
                    .putShort((short) (IPV4_BYTES + length))
                    .putInt(0)
                    .put(HOPS)
                    .put(UDP_PROTOCOL)
                    .putShort((short) 0)
                    .putInt((int) sourceLow)
                    .putInt((int) targetLow);
        } else {
            packet.putInt(0x6000_0000)
                    .putShort((short) length)
                    .put(UDP_PROTOCOL)
                    .put(HOPS)
                    .putLong(sourceHigh)
                    .putLong(sourceLow)
                    .putLong(targetHigh)
                    .putLong(targetLow);
        }
    }

    private void udp(final int sourcePort, final int targetPort, final int payload) {
        packet.putShort((short) sourcePort)
                .putShort((short) targetPort)
                .putShort((short) (UDP_BYTES + payload))
                .putShort((short) 0);
    }

    /** Internet checksum (RFC 1071) over a part of the packet. */
    private short checksum(final int offset, final int length, final int initial) {
        int sum = initial;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += packet.getShort(offset + i) & 0xFFFF;
        }
        if ((length & 1) != 0) {
            sum += (packet.get(offset + length - 1) & 0xFF) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** Writes what waits and closes the file. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
            file.close();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            LOG.warn("message copies not closed cleanly: file={} reason={}", path, e.toString());
        }
    }
}
