package io.tandem.appliance.transport;

import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.ring.InputSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The sockets of one sip-io thread: every listener's, behind one epoll loop that its owner turns by hand. All methods
 * but {@link #wakeup()} and {@link #counters()} belong to the owning thread.
 */
public final class SipIo implements Outbound, AutoCloseable {
    private static final byte UDP = (byte) TransportKind.UDP.value();
    private static final byte TCP = (byte) TransportKind.TCP.value();
    private static final byte TRANSPORT_FAILURE = (byte) InputKind.TRANSPORT_FAILURE.value();

    private final ManualIoEventLoop loop;
    private final TransportLimits limits;
    private final InputSink sink;
    private final MessageTap tap;
    private final TransportCounters counters = new TransportCounters();
    private final UdpPort[] udpPorts = new UdpPort[Listener.NUMBER_MAX + 1];
    private final TcpPort[] tcpPorts = new TcpPort[Listener.NUMBER_MAX + 1];
    private final List<UdpPort> openUdpPorts = new ArrayList<>();
    private final TcpConnections connections;
    private final boolean sharedPorts;
    private boolean closed;

    /**
     * Creates the loop; nothing is open yet. The calling thread becomes the owner.
     *
     * @param number      number of this sip-io thread, part of its connections' flow numbers
     * @param sharedPorts whether other sip-io threads serve the same listeners (SO_REUSEPORT)
     * @param epoch       count of process starts, part of the flow numbers
     */
    public SipIo(
            final int number,
            final boolean sharedPorts,
            final int epoch,
            final TransportLimits limits,
            final InputSink sink,
            final MessageTap tap) {
        this.limits = limits;
        this.sink = sink;
        this.tap = tap;
        this.sharedPorts = sharedPorts;
        loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
        connections = new TcpConnections(number, epoch, loop, limits, sink, tap, counters);
    }

    /**
     * Opens a listener: its port is taken, but nothing is read before {@link #serve()}.
     *
     * @return the listener with the port that the system chose
     * @throws IOException naming the listener and the system's reason, such as an address in use
     */
    public Listener open(final Listener listener) throws IOException {
        return switch (listener.transport()) {
            case UDP -> openUdp(listener);
            case TCP -> openTcp(listener);
            default ->
                throw new IOException(
                        "transport is not served: listener=" + listener.name() + " transport=" + listener.transport());
        };
    }

    /** Begins to read from every listener. */
    public void serve() {
        for (final UdpPort port : openUdpPorts) {
            port.start();
        }
        for (final TcpPort port : tcpPorts) {
            if (port != null) {
                port.start();
            }
        }
    }

    private Listener openUdp(final Listener listener) throws IOException {
        final UdpPort port = UdpPort.open(listener, sharedPorts, limits.socketBufferBytes(), sink, tap, counters);
        port.registered(settled(loop.register(port)));
        udpPorts[listener.number()] = port;
        openUdpPorts.add(port);
        return port.listener();
    }

    private Listener openTcp(final Listener listener) throws IOException {
        final TcpPort port = TcpPort.open(listener, sharedPorts, loop, connections);
        tcpPorts[listener.number()] = port;
        return port.listener();
    }

    private IoRegistration settled(final Future<IoRegistration> registration) throws IOException {
        while (!registration.isDone()) {
            loop.runNow();
        }
        if (!registration.isSuccess()) {
            throw new IOException("socket cannot be registered: reason=" + registration.cause());
        }
        return registration.getNow();
    }

    /**
     * Turns the loop once: reads what is there, runs what is due.
     *
     * @param waitNs how long to wait for something to do; 0 or less: not at all
     * @return how much was done
     */
    public int turn(final long waitNs) {
        return waitNs <= 0 ? loop.runNow() : loop.run(waitNs);
    }

    /** Ends the wait of {@link #turn(long)} early; any thread. */
    public void wakeup() {
        loop.wakeup();
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
        if (closed) {
            return;
        }
        if (transport == UDP && udpPorts[listener & Listener.NUMBER_MAX] != null) {
            udpPorts[listener].send(addressHigh, addressLow, port, buffer, offset, length);
        } else if (transport == TCP && tcpPorts[listener & Listener.NUMBER_MAX] != null) {
            connections.send(tcpPorts[listener], flow, addressHigh, addressLow, port, buffer, offset, length);
        } else {
            counters.increment(TransportCounter.SEND_UNKNOWN_LISTENER);
            if (!sink.offer(
                    TRANSPORT_FAILURE,
                    transport,
                    listener,
                    flow,
                    addressHigh,
                    addressLow,
                    port,
                    buffer,
                    offset,
                    Math.min(length, UdpPort.RETURNED_BYTES_MAX),
                    System.nanoTime())) {
                counters.increment(TransportCounter.REFUSED_FULL);
            }
        }
    }

    @Override
    public void closeFlow(final byte transport, final int listener, final long flow) {
        if (!closed) {
            connections.close(flow);
        }
    }

    @Override
    public void flush() {
        if (closed) {
            return;
        }
        for (int i = 0; i < openUdpPorts.size(); i++) {
            openUdpPorts.get(i).flush();
        }
        connections.flush();
    }

    /** What was counted; any thread may read. */
    public TransportCounters counters() {
        return counters;
    }

    /** Stream connections open now; any thread. */
    public int connectionCount() {
        return counters.connectionCount();
    }

    /** Closes every socket and the loop; what is sent afterwards goes nowhere. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        flush();
        closed = true;
        for (final UdpPort port : openUdpPorts) {
            port.close();
        }
        for (final TcpPort port : tcpPorts) {
            if (port != null) {
                port.close();
            }
        }
        connections.close();
        loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
    }
}
