package io.tandem.appliance.transport;

import static io.tandem.appliance.transport.TransportCounter.REFUSED_FULL;
import static io.tandem.appliance.transport.TransportCounter.UDP_KEEP_ALIVE;
import static io.tandem.appliance.transport.TransportCounter.UDP_RECEIVED;
import static io.tandem.appliance.transport.TransportCounter.UDP_SEND_DROPPED;
import static io.tandem.appliance.transport.TransportCounter.UDP_SEND_FAILED;
import static io.tandem.appliance.transport.TransportCounter.UDP_SENT;
import static io.tandem.appliance.transport.TransportCounter.UDP_TRUNCATED;
import static io.tandem.appliance.transport.TransportCounter.UDP_UNREACHABLE;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.tandem.journal.CFunction;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.ring.InputSink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket of one sip-io thread, registered with Netty's epoll loop. Reads up to 32 datagrams a call straight into
 * buffers of their greatest length, collects what is sent and hands it over in one call per {@link #flush()}. Nothing is
 * allocated per datagram.
 *
 * <p>ICMP errors come back through the socket's error queue with the datagram that caused them and become transport
 * failures. A pending error makes the next call on the socket fail once whatever it is about, so a failed call is
 * repeated after the queue has been read; only what fails again has failed.
 *
 * <p>The kernel's structures, one per datagram:
 *
 * <pre>
 *  mmsghdr  0         8        12   16      24       32        40            48      52   56        60
 *           +---------+--------+----+-------+--------+---------+-------------+-------+----+---------+----+
 *           | name*   | namelen| pad| iovec*| iovecs | control*| control len | flags | pad| msg len | pad|
 *           +---------+--------+----+-------+--------+---------+-------------+-------+----+---------+----+
 *  iovec    0 base*  8 length
 * </pre>
 */
final class UdpPort implements EpollIoHandle {
    /** Longest UDP payload that IPv4 carries; buffers hold the 65,535 octets that SIP allows. */
    static final int DATAGRAM_BYTES_MAX = 65_535;

    /** Bytes of a returned datagram that are reported with a transport failure. */
    static final int RETURNED_BYTES_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);

    private static final int RECEIVE_COUNT = 32;
    private static final int RECEIVES_PER_EVENT = 4;
    /** Greater than a datagram and an odd number of cache lines, so that buffers do not share cache sets. */
    private static final int RECEIVE_STRIDE = 1057 * 64;

    private static final int SEND_COUNT = 64;
    private static final int SEND_BYTES = 256 * 1024;
    private static final int SEND_ATTEMPTS = 3;

    private static final int HEADER_BYTES = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int MESSAGE_LENGTH = 56;
    private static final int VECTOR_BYTES = 16;
    private static final int NAME_STRIDE = 32;
    private static final int MSG_TRUNC = 0x20;

    private static final int CONTROL_BYTES = 512;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int ERROR_ORIGIN = CONTROL_HEADER_BYTES + 4;
    private static final byte ORIGIN_LOCAL = 1;
    private static final int EMSGSIZE = 90;
    private static final int ERRORS_PER_EVENT = 256;

    private static final byte UDP = (byte) TransportKind.UDP.value();
    private static final byte MESSAGE = (byte) InputKind.MESSAGE.value();
    private static final byte TRANSPORT_FAILURE = (byte) InputKind.TRANSPORT_FAILURE.value();

    private final Listener listener;
    private final InputSink sink;
    private final MessageTap tap;
    private final boolean tapped;
    private final TransportCounters counters;
    private final short family;
    private final int socket;
    private final FileDescriptor descriptor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno;

    private final UnsafeBuffer receiveHeaders;
    private final UnsafeBuffer receiveNames;
    private final UnsafeBuffer receiveData;
    private final UnsafeBuffer sendHeaders;
    private final UnsafeBuffer sendVectors;
    private final UnsafeBuffer sendNames;
    private final UnsafeBuffer sendData;
    private final UnsafeBuffer errorHeader;
    private final UnsafeBuffer errorName;
    private final UnsafeBuffer errorData;
    private final UnsafeBuffer errorControl;

    private IoRegistration registration;
    private int staged;
    private int stagedBytes;
    private int sent;
    private boolean blocked;
    private boolean closed;

    private UdpPort(
            final Listener requested,
            final boolean sharedPort,
            final int socketBufferBytes,
            final InputSink sink,
            final MessageTap tap,
            final TransportCounters counters)
            throws IOException {
        this.sink = sink;
        this.tap = tap;
        tapped = !tap.equals(MessageTap.NONE);
        this.counters = counters;
        errno = arena.allocate(CFunction.stateLayout());
        final MemorySegment scratch = arena.allocate(64, 8);
        family = requested.bind().getAddress().getAddress().length == 4 ? PeerAddress.AF_INET : PeerAddress.AF_INET6;
        socket = SocketCalls.datagramSocket(errno, family);
        try {
            configure(requested, sharedPort, socketBufferBytes, scratch);
            listener = requested.boundTo(bind(requested.bind(), scratch));
        } catch (final IOException e) {
            SocketCalls.close(errno, socket);
            arena.close();
            throw new IOException("listener cannot be opened: listener=" + requested + " reason=" + e.getMessage(), e);
        }
        descriptor = new FileDescriptor(socket);

        receiveHeaders = memory(RECEIVE_COUNT * HEADER_BYTES);
        receiveNames = memory(RECEIVE_COUNT * NAME_STRIDE);
        receiveData = memory(RECEIVE_COUNT * RECEIVE_STRIDE);
        final UnsafeBuffer receiveVectors = memory(RECEIVE_COUNT * VECTOR_BYTES);
        for (int i = 0; i < RECEIVE_COUNT; i++) {
            vector(receiveVectors, i, receiveData.addressOffset() + (long) i * RECEIVE_STRIDE, DATAGRAM_BYTES_MAX);
            header(receiveHeaders, i, receiveNames, receiveVectors);
        }
        sendHeaders = memory(SEND_COUNT * HEADER_BYTES);
        sendNames = memory(SEND_COUNT * NAME_STRIDE);
        sendVectors = memory(SEND_COUNT * VECTOR_BYTES);
        sendData = memory(SEND_BYTES);
        for (int i = 0; i < SEND_COUNT; i++) {
            header(sendHeaders, i, sendNames, sendVectors);
        }
        errorHeader = memory(HEADER_BYTES);
        errorName = memory(NAME_STRIDE);
        errorData = memory(RETURNED_BYTES_MAX);
        errorControl = memory(CONTROL_BYTES);
        final UnsafeBuffer errorVector = memory(VECTOR_BYTES);
        vector(errorVector, 0, errorData.addressOffset(), RETURNED_BYTES_MAX);
        header(errorHeader, 0, errorName, errorVector);
    }

    /**
     * Opens and binds a socket.
     *
     * @param sharedPort whether another sip-io thread's socket has or will have the same port
     * @throws IOException naming the listener and the system's reason
     */
    static UdpPort open(
            final Listener listener,
            final boolean sharedPort,
            final int socketBufferBytes,
            final InputSink sink,
            final MessageTap tap,
            final TransportCounters counters)
            throws IOException {
        return new UdpPort(listener, sharedPort, socketBufferBytes, sink, tap, counters);
    }

    /** Where it listens, with the port that the system chose. */
    Listener listener() {
        return listener;
    }

    /** Takes the registration of this handle; called once, on the loop's thread. */
    void registered(final IoRegistration ownRegistration) {
        registration = ownRegistration;
    }

    /** Begins to read; on the loop's thread. */
    void start() {
        registration.submit(EpollIoOps.EPOLLIN);
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(final IoRegistration ignored, final IoEvent event) {
        if (closed) {
            return;
        }
        final EpollIoOps ops = ((EpollIoEvent) event).ops();
        if (ops.contains(EpollIoOps.EPOLLERR)) {
            drainErrors();
        }
        if (ops.contains(EpollIoOps.EPOLLOUT)) {
            blocked = false;
            registration.submit(EpollIoOps.EPOLLIN);
            flush();
        }
        if (ops.contains(EpollIoOps.EPOLLIN)) {
            receive();
        }
    }

    /**
     * Collects one message for the next flush; on the loop's thread.
     */
    void send(
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (staged == SEND_COUNT || stagedBytes + length > SEND_BYTES) {
            flush();
            if (staged == SEND_COUNT || stagedBytes + length > SEND_BYTES) {
                counters.increment(UDP_SEND_DROPPED);
                return;
            }
        }
        final int nameLength =
                PeerAddress.encode(sendNames, staged * NAME_STRIDE, family, addressHigh, addressLow, port);
        if (nameLength == 0 || length > DATAGRAM_BYTES_MAX) {
            failed(addressHigh, addressLow, port, buffer, offset, length);
            return;
        }
        sendData.putBytes(stagedBytes, buffer, offset, length);
        sendHeaders.putInt(staged * HEADER_BYTES + NAME_LENGTH, nameLength);
        vector(sendVectors, staged, sendData.addressOffset() + stagedBytes, length);
        staged++;
        stagedBytes += (length + 7) & ~7;
    }

    /** Hands what was collected to the kernel; called once per batch of the core, on the loop's thread. */
    void flush() {
        int attempts = 0;
        while (sent < staged && !blocked) {
            final int count = SocketCalls.sendMany(
                    errno, socket, sendHeaders.addressOffset() + (long) sent * HEADER_BYTES, staged - sent);
            if (count > 0) {
                sent(count);
                attempts = 0;
                continue;
            }
            switch (CFunction.errno(errno)) {
                case SocketCalls.EINTR -> {}
                case SocketCalls.EAGAIN -> {
                    blocked = true;
                    registration.submit(EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT));
                }
                default -> {
                    drainErrors();
                    if (++attempts == SEND_ATTEMPTS) {
                        failedStaged(sent);
                        sent++;
                        attempts = 0;
                    }
                }
            }
        }
        if (sent == staged) {
            sent = 0;
            staged = 0;
            stagedBytes = 0;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (registration != null) {
                registration.cancel();
            }
            try {
                descriptor.close();
            } catch (final IOException e) {
                LOG.warn("socket cannot be closed: listener={} reason={}", listener, e.toString());
            }
            arena.close();
        }
    }

    private void receive() {
        for (int i = 0; i < RECEIVES_PER_EVENT; i++) {
            final int count = SocketCalls.receiveMany(errno, socket, receiveHeaders.addressOffset(), RECEIVE_COUNT);
            if (count < 0) {
                final int error = CFunction.errno(errno);
                if (error == SocketCalls.EAGAIN) {
                    return;
                }
                if (error != SocketCalls.EINTR) {
                    drainErrors();
                }
                continue;
            }
            counters.add(UDP_RECEIVED, count);
            final long arrivedNs = System.nanoTime();
            for (int n = 0; n < count; n++) {
                received(n, arrivedNs);
            }
            if (staged > 0) {
                flush();
            }
            if (count < RECEIVE_COUNT) {
                return;
            }
        }
    }

    private void received(final int n, final long arrivedNs) {
        final int header = n * HEADER_BYTES;
        final int length = receiveHeaders.getInt(header + MESSAGE_LENGTH);
        final int data = n * RECEIVE_STRIDE;
        final int name = n * NAME_STRIDE;
        receiveHeaders.putInt(header + NAME_LENGTH, NAME_STRIDE);
        if ((receiveHeaders.getInt(header + FLAGS) & MSG_TRUNC) != 0) {
            counters.increment(UDP_TRUNCATED);
            return;
        }
        if (isKeepAlive(data, length)) {
            counters.increment(UDP_KEEP_ALIVE);
            return;
        }
        counters.received(listener.number());
        final long high = PeerAddress.high(receiveNames, name);
        final long low = PeerAddress.low(receiveNames, name);
        final int port = PeerAddress.port(receiveNames, name);
        tap.onMessage(true, listener.number(), UDP, high, low, port, arrivedNs, receiveData, data, length);
        if (!sink.offer(MESSAGE, UDP, listener.number(), 0, high, low, port, receiveData, data, length, arrivedNs)) {
            counters.refused(listener.number());
        }
    }

    /** Nothing but CR, LF and NUL in up to four octets: what user agents send to keep a NAT binding alive. */
    private boolean isKeepAlive(final int data, final int length) {
        if (length > 4) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            final byte octet = receiveData.getByte(data + i);
            if (octet != '\r' && octet != '\n' && octet != 0) {
                return false;
            }
        }
        return true;
    }

    private void sent(final int count) {
        if (tapped) {
            final long nowNs = System.nanoTime();
            for (int n = sent; n < sent + count; n++) {
                final int name = n * NAME_STRIDE;
                tap.onMessage(
                        false,
                        listener.number(),
                        UDP,
                        PeerAddress.high(sendNames, name),
                        PeerAddress.low(sendNames, name),
                        PeerAddress.port(sendNames, name),
                        nowNs,
                        sendData,
                        stagedOffset(n),
                        stagedLength(n));
            }
        }
        counters.add(UDP_SENT, count);
        counters.sent(listener.number(), count);
        sent += count;
    }

    private int stagedOffset(final int n) {
        return (int) (sendVectors.getLong(n * VECTOR_BYTES) - sendData.addressOffset());
    }

    private int stagedLength(final int n) {
        return (int) sendVectors.getLong(n * VECTOR_BYTES + Long.BYTES);
    }

    private void failedStaged(final int n) {
        final int name = n * NAME_STRIDE;
        failed(
                PeerAddress.high(sendNames, name),
                PeerAddress.low(sendNames, name),
                PeerAddress.port(sendNames, name),
                sendData,
                stagedOffset(n),
                stagedLength(n));
    }

    private void failed(
            final long high,
            final long low,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        counters.increment(UDP_SEND_FAILED);
        report(high, low, port, buffer, offset, Math.min(length, RETURNED_BYTES_MAX));
    }

    private void drainErrors() {
        for (int i = 0; i < ERRORS_PER_EVENT; i++) {
            errorHeader.putInt(NAME_LENGTH, NAME_STRIDE);
            errorHeader.putLong(CONTROL, errorControl.addressOffset());
            errorHeader.putLong(CONTROL_LENGTH, CONTROL_BYTES);
            final int length = SocketCalls.receiveError(errno, socket, errorHeader.addressOffset());
            if (length < 0) {
                return;
            }
            final boolean described = errorHeader.getLong(CONTROL_LENGTH) > ERROR_ORIGIN;
            final boolean ours = described && errorControl.getByte(ERROR_ORIGIN) != ORIGIN_LOCAL;
            if (ours && errorControl.getInt(CONTROL_HEADER_BYTES) != EMSGSIZE && length > 0) {
                counters.increment(UDP_UNREACHABLE);
                report(
                        PeerAddress.high(errorName, 0),
                        PeerAddress.low(errorName, 0),
                        PeerAddress.port(errorName, 0),
                        errorData,
                        0,
                        length);
            }
        }
    }

    private void report(
            final long high,
            final long low,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (!sink.offer(
                TRANSPORT_FAILURE,
                UDP,
                listener.number(),
                0,
                high,
                low,
                port,
                buffer,
                offset,
                length,
                System.nanoTime())) {
            counters.increment(REFUSED_FULL);
        }
    }

    private void configure(
            final Listener requested, final boolean sharedPort, final int bufferBytes, final MemorySegment scratch) {
        if (sharedPort) {
            SocketCalls.option(errno, socket, SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEPORT, 1, scratch);
        }
        buffer(requested, SocketCalls.SO_RCVBUF, SocketCalls.SO_RCVBUFFORCE, "net.core.rmem_max", bufferBytes, scratch);
        buffer(requested, SocketCalls.SO_SNDBUF, SocketCalls.SO_SNDBUFFORCE, "net.core.wmem_max", bufferBytes, scratch);
        final int trafficClass = requested.dscp() << 2;
        if (family == PeerAddress.AF_INET) {
            SocketCalls.option(errno, socket, SocketCalls.IPPROTO_IP, SocketCalls.IP_RECVERR, 1, scratch);
            SocketCalls.option(errno, socket, SocketCalls.IPPROTO_IP, SocketCalls.IP_MTU_DISCOVER, 0, scratch);
            SocketCalls.option(errno, socket, SocketCalls.IPPROTO_IP, SocketCalls.IP_TOS, trafficClass, scratch);
        } else {
            SocketCalls.option(errno, socket, SocketCalls.IPPROTO_IPV6, SocketCalls.IPV6_V6ONLY, 1, scratch);
            SocketCalls.option(errno, socket, SocketCalls.IPPROTO_IPV6, SocketCalls.IPV6_RECVERR, 1, scratch);
            SocketCalls.option(errno, socket, SocketCalls.IPPROTO_IPV6, SocketCalls.IPV6_MTU_DISCOVER, 0, scratch);
            SocketCalls.option(errno, socket, SocketCalls.IPPROTO_IPV6, SocketCalls.IPV6_TCLASS, trafficClass, scratch);
        }
    }

    private void buffer(
            final Listener requested,
            final int option,
            final int forced,
            final String limit,
            final int bytes,
            final MemorySegment scratch) {
        if (!SocketCalls.option(errno, socket, SocketCalls.SOL_SOCKET, forced, bytes, scratch)) {
            SocketCalls.option(errno, socket, SocketCalls.SOL_SOCKET, option, bytes, scratch);
        }
        final int granted = SocketCalls.option(errno, socket, SocketCalls.SOL_SOCKET, option, scratch) / 2;
        if (granted < bytes) {
            LOG.warn(
                    "socket buffer smaller than wanted, raise {}: listener={} wantedBytes={} grantedBytes={}",
                    limit,
                    requested.name(),
                    bytes,
                    granted);
        }
    }

    private int bind(final InetSocketAddress address, final MemorySegment scratch) throws IOException {
        final UnsafeBuffer name = new UnsafeBuffer(scratch.address(), (int) scratch.byteSize());
        final int length = PeerAddress.encode(
                name,
                0,
                family,
                PeerAddress.high(address.getAddress()),
                PeerAddress.low(address.getAddress()),
                address.getPort());
        SocketCalls.bind(errno, socket, scratch, length);
        final MemorySegment nameLength = scratch.asSlice(48);
        nameLength.set(ValueLayout.JAVA_INT, 0, 32);
        SocketCalls.localAddress(errno, socket, scratch, nameLength);
        return PeerAddress.port(name, 0);
    }

    private UnsafeBuffer memory(final int bytes) {
        return new UnsafeBuffer(arena.allocate(bytes, 64).address(), bytes);
    }

    private static void vector(final UnsafeBuffer vectors, final int n, final long address, final int length) {
        vectors.putLong(n * VECTOR_BYTES, address);
        vectors.putLong(n * VECTOR_BYTES + Long.BYTES, length);
    }

    private static void header(
            final UnsafeBuffer headers, final int n, final UnsafeBuffer names, final UnsafeBuffer vectors) {
        final int at = n * HEADER_BYTES;
        headers.putLong(at + NAME, names.addressOffset() + (long) n * NAME_STRIDE);
        headers.putInt(at + NAME_LENGTH, NAME_STRIDE);
        headers.putLong(at + VECTORS, vectors.addressOffset() + (long) n * VECTOR_BYTES);
        headers.putLong(at + VECTOR_COUNT, 1);
    }
}
