package io.tandem.appliance.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The datagram calls of Linux, by java.lang.foreign: what a SIP socket needs and Netty does not offer (the error queue)
 * or offers at the price of objects for each datagram. Pointers are handed over as longs. No call allocates.
 */
@SuppressWarnings("restricted")
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
    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT = call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT = call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle RECVMMSG = call("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SENDMMSG = call("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMSG = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("recvmsg"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private SocketCalls() {}

    private static MethodHandle call(final String name, final MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /** Layout of the segment that each caller hands in to receive errno. */
    static MemoryLayout errnoLayout() {
        return Linker.Option.captureStateLayout();
    }

    static int errno(final MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    static String message(final int errno) {
        try {
            final MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    static int datagramSocket(final MemorySegment errno, final short family) throws IOException {
        try {
            final int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
            return checked("socket", errno, (int) SOCKET.invokeExact(errno, (int) family, type, 0));
        } catch (final IOException e) {
            throw e;
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    static void bind(final MemorySegment errno, final int socket, final MemorySegment address, final int length)
            throws IOException {
        try {
            checked("bind", errno, (int) BIND.invokeExact(errno, socket, address, length));
        } catch (final IOException e) {
            throw e;
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    static void localAddress(
            final MemorySegment errno, final int socket, final MemorySegment address, final MemorySegment length)
            throws IOException {
        try {
            checked("getsockname", errno, (int) GETSOCKNAME.invokeExact(errno, socket, address, length));
        } catch (final IOException e) {
            throw e;
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    /** Sets an int option; false when the kernel refuses. */
    static boolean option(
            final MemorySegment errno,
            final int socket,
            final int level,
            final int name,
            final int value,
            final MemorySegment scratch) {
        try {
            scratch.set(JAVA_INT, 0, value);
            return (int) SETSOCKOPT.invokeExact(errno, socket, level, name, scratch, Integer.BYTES) == 0;
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    /** Reads an int option, or -1. */
    static int option(
            final MemorySegment errno, final int socket, final int level, final int name, final MemorySegment scratch) {
        try {
            scratch.set(JAVA_INT, Long.BYTES, Integer.BYTES);
            final int result =
                    (int) GETSOCKOPT.invokeExact(errno, socket, level, name, scratch, scratch.asSlice(Long.BYTES));
            return result == 0 ? scratch.get(JAVA_INT, 0) : -1;
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns datagrams received, or -1 with errno. */
    static int receiveMany(final MemorySegment errno, final int socket, final long headers, final int count) {
        try {
            return (int) RECVMMSG.invokeExact(errno, socket, headers, count, MSG_DONTWAIT, 0L);
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns datagrams sent, at least one, or -1 with the errno of the first. */
    static int sendMany(final MemorySegment errno, final int socket, final long headers, final int count) {
        try {
            return (int) SENDMMSG.invokeExact(errno, socket, headers, count, MSG_DONTWAIT);
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    /** Takes one entry off the error queue; returns its payload's length, or -1 when there is none. */
    static int receiveError(final MemorySegment errno, final int socket, final long header) {
        try {
            return (int) (long) RECVMSG.invokeExact(errno, socket, header, MSG_ERRQUEUE | MSG_DONTWAIT);
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(final MemorySegment errno, final int socket) {
        try {
            final int ignored = (int) CLOSE.invokeExact(errno, socket);
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    private static int checked(final String call, final MemorySegment errno, final int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + message(errno(errno)));
        }
        return result;
    }

    private static IllegalStateException unexpected(final Throwable e) {
        return new IllegalStateException("native call failed", e);
    }
}
