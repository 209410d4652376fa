package io.tandem.perf.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * One non-blocking UDP socket. A caller's is connected to the server, so that a closed port is noticed; a callee's sends
 * to whoever wrote last, which is the server. One thread.
 */
final class UdpEndpoint implements Wire, AutoCloseable {
    private static final int DATAGRAM_BYTES_MAX = 8_192;
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;

    final byte[] bytes = new byte[DATAGRAM_BYTES_MAX];
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
    private final ByteBuffer outbound = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
    private final DatagramChannel socket;
    private final boolean connected;
    private SocketAddress peer;
    private long unreachable;
    private long refusedBySocket;

    private UdpEndpoint(final DatagramChannel socket, final boolean connected) {
        this.socket = socket;
        this.connected = connected;
    }

    /**
     * Opens a socket.
     *
     * @param remote the only peer, or null to answer whoever writes.
     */
    static UdpEndpoint open(final InetSocketAddress local, final InetSocketAddress remote) throws IOException {
        final DatagramChannel socket = DatagramChannel.open(
                local.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        boolean opened = false;
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            socket.bind(local);
            if (remote != null) {
                socket.connect(remote);
            }
            opened = true;
            return new UdpEndpoint(socket, remote != null);
        } catch (final IOException e) {
            throw new IOException("socket cannot be opened: local=" + local + " remote=" + remote + " reason=" + e, e);
        } finally {
            if (!opened) {
                socket.close();
            }
        }
    }

    InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) socket.getLocalAddress();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives one datagram into {@link #bytes}; answers its length, or 0 when none waits. */
    int receive() {
        inbound.clear();
        try {
            if (connected) {
                return taken(socket.read(inbound));
            }
            final SocketAddress source = socket.receive(inbound);
            if (source == null) {
                return 0;
            }
            peer = source;
            return taken(inbound.position());
        } catch (final PortUnreachableException e) {
            unreachable++;
            return 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int taken(final int length) {
        if (length <= 0) {
            return 0;
        }
        inbound.get(0, bytes, 0, length);
        return length;
    }

    @Override
    public void send(final byte[] source, final int length) {
        outbound.clear().put(source, 0, length).flip();
        try {
            final int sent = connected ? socket.write(outbound) : socket.send(outbound, peer);
            if (sent != length) {
                refusedBySocket++;
            }
        } catch (final PortUnreachableException e) {
            unreachable++;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the system said that nobody listens there. */
    long unreachable() {
        return unreachable;
    }

    /** Datagrams that our own socket buffer did not take. */
    long refusedBySocket() {
        return refusedBySocket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
