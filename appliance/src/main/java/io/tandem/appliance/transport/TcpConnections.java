package io.tandem.appliance.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.ring.InputSink;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The stream connections of one sip-io thread, by flow number and by peer. A flow number is never used again:
 *
 * <pre>
 *  63      56 55          32 31         0
 *  +---------+--------------+-----------+
 *  | io      | epoch        | serial    |
 *  +---------+--------------+-----------+
 * </pre>
 *
 * <p>A flow's end is an input that must not be lost, or the core would keep what hangs on it; while the ring is full it
 * waits here, at most one per connection.
 */
final class TcpConnections {
    private static final byte TCP = (byte) TransportKind.TCP.value();
    private static final byte MESSAGE = (byte) InputKind.MESSAGE.value();
    private static final byte TRANSPORT_FAILURE = (byte) InputKind.TRANSPORT_FAILURE.value();
    private static final byte FLOW_CLOSED = (byte) InputKind.FLOW_CLOSED.value();
    private static final int SWEEP_MS = 250;
    private static final long SERIAL_MASK = 0xFFFF_FFFFL;

    private final ManualIoEventLoop loop;
    private final TransportLimits limits;
    private final InputSink sink;
    private final MessageTap tap;
    private final boolean tapped;
    private final TransportCounters counters;
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final Long2ObjectHashMap<TcpConnection> byFlow = new Long2ObjectHashMap<>();
    private final Map<PeerKey, TcpConnection> byPeer = new HashMap<>();
    private final List<TcpConnection> toFlush = new ArrayList<>();
    private final ArrayList<TcpConnection> sweepList = new ArrayList<>();
    private final LongArrayList unreportedEnds = new LongArrayList();
    private final PeerKey probe = new PeerKey();
    private final UnsafeBuffer empty = new UnsafeBuffer(new byte[0]);
    private final UnsafeBuffer tapView = new UnsafeBuffer(0, 0);
    private final long flowBase;
    private long serial;
    private boolean sweeping;

    TcpConnections(
            final int number,
            final int epoch,
            final ManualIoEventLoop loop,
            final TransportLimits limits,
            final InputSink sink,
            final MessageTap tap,
            final TransportCounters counters) {
        this.loop = loop;
        this.limits = limits;
        this.sink = sink;
        this.tap = tap;
        tapped = !tap.equals(MessageTap.NONE);
        this.counters = counters;
        flowBase = ((long) number << 56) | ((epoch & 0xFF_FFFFL) << 32);
    }

    TransportLimits limits() {
        return limits;
    }

    TransportCounters counters() {
        return counters;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    int queueBytesMax() {
        return limits.connectionQueueBytes();
    }

    /** A peer connected to one of our ports. */
    void accepted(final TcpPort port, final Channel channel) {
        if (port == null || byFlow.size() >= limits.connectionCountMax()) {
            counters.increment(TransportCounter.TCP_REFUSED_FULL);
            channel.close();
            return;
        }
        counters.increment(TransportCounter.TCP_ACCEPTED);
        final InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        final TcpConnection connection =
                create(port, PeerAddress.high(peer.getAddress()), PeerAddress.low(peer.getAddress()), peer.getPort());
        connection.attach(channel);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark());
        channel.pipeline().addLast(connection);
    }

    /** Sends by flow if it is open, else by a connection to the peer, opened if need be. */
    void send(
            final TcpPort port,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int peerPort,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        TcpConnection connection = flow == 0 ? null : byFlow.get(flow);
        if (connection == null) {
            connection = byPeer.get(probe.set(port.listener().number(), addressHigh, addressLow, peerPort));
        }
        if (connection == null) {
            connection = connect(port, addressHigh, addressLow, peerPort);
        }
        if (connection == null) {
            reportFailure(port.listener().number(), flow, addressHigh, addressLow, peerPort, buffer, offset, length);
        } else {
            connection.send(buffer, offset, length);
        }
    }

    private TcpConnection connect(
            final TcpPort port, final long addressHigh, final long addressLow, final int peerPort) {
        final InetSocketAddress local = port.listener().bind();
        final InetSocketAddress peer =
                new InetSocketAddress(PeerAddress.inetAddress(addressHigh, addressLow), peerPort);
        if (byFlow.size() >= limits.connectionCountMax() || TcpPort.family(local) != TcpPort.family(peer)) {
            counters.increment(TransportCounter.TCP_CONNECT_FAILED);
            return null;
        }
        final TcpConnection connection = create(port, addressHigh, addressLow, peerPort);
        final Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> new EpollSocketChannel(TcpPort.family(peer)))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limits.connectTimeoutMs())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.IP_TOS, port.listener().dscp() << 2)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                .handler(connection);
        if (!local.getAddress().isAnyLocalAddress()) {
            bootstrap.localAddress(new InetSocketAddress(local.getAddress(), 0));
        }
        final var connecting = bootstrap.connect(peer);
        connection.attach(connecting.channel());
        connecting.addListener(result -> {
            if (result.isSuccess()) {
                counters.increment(TransportCounter.TCP_CONNECTED);
            } else {
                counters.increment(TransportCounter.TCP_CONNECT_FAILED);
                connection.notOpened();
            }
        });
        return connection;
    }

    private WriteBufferWaterMark waterMark() {
        return new WriteBufferWaterMark(limits.connectionQueueBytes() / 2, limits.connectionQueueBytes());
    }

    private TcpConnection create(final TcpPort port, final long high, final long low, final int peerPort) {
        serial = (serial + 1) & SERIAL_MASK;
        final TcpConnection connection =
                new TcpConnection(this, port, flowBase | serial, high, low, peerPort, limits.sip());
        byFlow.put(connection.flow(), connection);
        counters.connections(byFlow.size());
        byPeer.putIfAbsent(new PeerKey().set(port.listener().number(), high, low, peerPort), connection);
        if (!sweeping) {
            sweeping = true;
            loop.schedule(this::sweep, SWEEP_MS, TimeUnit.MILLISECONDS);
        }
        return connection;
    }

    void received(
            final TcpConnection connection,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long arrivedNs) {
        counters.increment(TransportCounter.TCP_RECEIVED);
        final int listener = connection.port().listener().number();
        counters.received(listener);
        tap.onMessage(
                true,
                listener,
                TCP,
                connection.addressHigh(),
                connection.addressLow(),
                connection.peerPort(),
                arrivedNs,
                buffer,
                offset,
                length);
        if (!sink.offer(
                MESSAGE,
                TCP,
                listener,
                connection.flow(),
                connection.addressHigh(),
                connection.addressLow(),
                connection.peerPort(),
                buffer,
                offset,
                length,
                arrivedNs)) {
            counters.refused(listener);
        }
    }

    void sending(final TcpConnection connection, final ByteBuf message) {
        counters.increment(TransportCounter.TCP_SENT);
        counters.sent(connection.port().listener().number(), 1);
        if (tapped) {
            tapView.wrap(message.memoryAddress(), message.writerIndex());
            tap.onMessage(
                    false,
                    connection.port().listener().number(),
                    TCP,
                    connection.addressHigh(),
                    connection.addressLow(),
                    connection.peerPort(),
                    System.nanoTime(),
                    tapView,
                    0,
                    message.writerIndex());
        }
    }

    void failed(final TcpConnection connection, final DirectBuffer buffer, final int length) {
        reportFailure(
                connection.port().listener().number(),
                connection.flow(),
                connection.addressHigh(),
                connection.addressLow(),
                connection.peerPort(),
                buffer,
                0,
                length);
    }

    private void reportFailure(
            final int listener,
            final long flow,
            final long high,
            final long low,
            final int peerPort,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        counters.increment(TransportCounter.TCP_SEND_FAILED);
        if (!sink.offer(
                TRANSPORT_FAILURE,
                TCP,
                listener,
                flow,
                high,
                low,
                peerPort,
                buffer,
                offset,
                Math.min(length, UdpPort.RETURNED_BYTES_MAX),
                System.nanoTime())) {
            counters.increment(TransportCounter.REFUSED_FULL);
        }
    }

    void ended(final TcpConnection connection) {
        counters.increment(TransportCounter.TCP_CLOSED);
        byFlow.remove(connection.flow());
        counters.connections(byFlow.size());
        takesNoMore(connection);
        final int listener = connection.port().listener().number();
        if (!reportEnd(listener, connection.flow())) {
            unreportedEnds.addLong(listener);
            unreportedEnds.addLong(connection.flow());
        }
    }

    /** A connection that is about to end is no way to its peer any more, except for answers. */
    void takesNoMore(final TcpConnection connection) {
        byPeer.remove(
                probe.set(
                        connection.port().listener().number(),
                        connection.addressHigh(),
                        connection.addressLow(),
                        connection.peerPort()),
                connection);
    }

    private boolean reportEnd(final int listener, final long flow) {
        return sink.offer(FLOW_CLOSED, TCP, listener, flow, 0, 0, 0, empty, 0, 0, System.nanoTime());
    }

    void toFlush(final TcpConnection connection) {
        toFlush.add(connection);
    }

    void flush() {
        for (int i = 0; i < toFlush.size(); i++) {
            toFlush.get(i).flush();
        }
        toFlush.clear();
        while (!unreportedEnds.isEmpty()) {
            final int last = unreportedEnds.size() - 1;
            if (!reportEnd((int) unreportedEnds.getLong(last - 1), unreportedEnds.getLong(last))) {
                return;
            }
            unreportedEnds.removeAt(last);
            unreportedEnds.removeAt(last - 1);
        }
    }

    /** Closes one connection after what was sent before. */
    void close(final long flow) {
        final TcpConnection connection = byFlow.get(flow);
        if (connection != null) {
            connection.close();
        }
    }

    private void sweep() {
        final long nowNs = System.nanoTime();
        sweepList.addAll(byFlow.values());
        for (int i = 0; i < sweepList.size(); i++) {
            sweepList.get(i).sweep(nowNs);
        }
        sweepList.clear();
        sweeping = !byFlow.isEmpty();
        if (sweeping) {
            loop.schedule(this::sweep, SWEEP_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Closes every connection. */
    void close() {
        sweepList.addAll(byFlow.values());
        for (int i = 0; i < sweepList.size(); i++) {
            sweepList.get(i).abort();
        }
        sweepList.clear();
    }
}
