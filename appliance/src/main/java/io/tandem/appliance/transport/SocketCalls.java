package io.tandem.appliance.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.tandem.journal.CFunction;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The datagram calls of Linux: what a SIP socket needs and Netty does not offer (the error queue)
 * or offers at the price of objects for each datagram. Pointers are handed over as longs. No call allocates.
 */
final class SocketCalls {
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_RECVERR = 11;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_MTU_DISCOVER = 23;
    static final int IPV6_RECVERR = 25;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_TCLASS = 67;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_ERRQUEUE = 0x2000;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MESSAGE_BYTES_MAX = 256;

    private static final CFunction SOCKET = CFunction.of("socket");
    private static final CFunction CLOSE = CFunction.of("close");
    private static final CFunction BIND = CFunction.of("bind");
    private static final CFunction GETSOCKNAME = CFunction.of("getsockname");
    private static final CFunction SETSOCKOPT = CFunction.of("setsockopt");
    private static final CFunction GETSOCKOPT = CFunction.of("getsockopt");
    private static final CFunction RECVMMSG = CFunction.of("recvmmsg");
    private static final CFunction SENDMMSG = CFunction.of("sendmmsg");
    private static final CFunction RECVMSG = CFunction.of("recvmsg");
    private static final CFunction STRERROR = CFunction.of("strerror");

    private SocketCalls() {}

    @SuppressWarnings("restricted")
    private static String message(final MemorySegment errno) {
        final long text = STRERROR.call(errno, CFunction.errno(errno), 0, 0);
        return MemorySegment.ofAddress(text).reinterpret(MESSAGE_BYTES_MAX).getString(0);
    }

    static int datagramSocket(final MemorySegment errno, final short family) throws IOException {
        final int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        return checked("socket", errno, (int) SOCKET.call(errno, family, type, 0));
    }

    static void bind(final MemorySegment errno, final int socket, final MemorySegment address, final int length)
            throws IOException {
        checked("bind", errno, (int) BIND.call(errno, socket, address.address(), length));
    }

    static void localAddress(
            final MemorySegment errno, final int socket, final MemorySegment address, final MemorySegment length)
            throws IOException {
        checked("getsockname", errno, (int) GETSOCKNAME.call(errno, socket, address.address(), length.address()));
    }

    /** Sets an int option; false when the kernel refuses. */
    static boolean option(
            final MemorySegment errno,
            final int socket,
            final int level,
            final int name,
            final int value,
            final MemorySegment scratch) {
        scratch.set(JAVA_INT, 0, value);
        return (int) SETSOCKOPT.call(errno, socket, level, name, scratch.address(), Integer.BYTES, 0) == 0;
    }

    /** Reads an int option, or -1. */
    static int option(
            final MemorySegment errno, final int socket, final int level, final int name, final MemorySegment scratch) {
        scratch.set(JAVA_INT, Long.BYTES, Integer.BYTES);
        final long value = scratch.address();
        final int result = (int) GETSOCKOPT.call(errno, socket, level, name, value, value + Long.BYTES, 0);
        return result == 0 ? scratch.get(JAVA_INT, 0) : -1;
    }

    /** Returns datagrams received, or -1 with errno. */
    static int receiveMany(final MemorySegment errno, final int socket, final long headers, final int count) {
        return (int) RECVMMSG.call(errno, socket, headers, count, MSG_DONTWAIT, 0, 0);
    }

    /** Returns datagrams sent, at least one, or -1 with the errno of the first. */
    static int sendMany(final MemorySegment errno, final int socket, final long headers, final int count) {
        return (int) SENDMMSG.call(errno, socket, headers, count, MSG_DONTWAIT, 0, 0);
    }

    /** Takes one entry off the error queue; returns its payload's length, or -1 when there is none. */
    static int receiveError(final MemorySegment errno, final int socket, final long header) {
        return (int) RECVMSG.call(errno, socket, header, MSG_ERRQUEUE | MSG_DONTWAIT);
    }

    static void close(final MemorySegment errno, final int socket) {
        CLOSE.call(errno, socket, 0, 0);
    }

    private static int checked(final String call, final MemorySegment errno, final int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + message(errno));
        }
        return result;
    }
}
