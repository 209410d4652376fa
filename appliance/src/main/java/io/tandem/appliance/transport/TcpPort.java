package io.tandem.appliance.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One listening TCP socket; what it accepts belongs to {@link TcpConnections}. */
final class TcpPort {
    private static final int BACKLOG = 1024;

    private final Listener listener;
    private final Channel channel;

    private TcpPort(final Listener listener, final Channel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    /** Opens and binds; called on the loop's thread. */
    static TcpPort open(
            final Listener requested,
            final boolean sharedPort,
            final ManualIoEventLoop loop,
            final TcpConnections connections)
            throws IOException {
        final TcpPort[] port = new TcpPort[1];
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> new EpollServerSocketChannel(family(requested.bind())))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(UnixChannelOption.SO_REUSEPORT, sharedPort)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.IP_TOS, requested.dscp() << 2)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel accepted) {
                        connections.accepted(port[0], accepted);
                    }
                });
        final ChannelFuture bound = bootstrap.bind(requested.bind());
        while (!bound.isDone()) {
            loop.runNow();
        }
        if (!bound.isSuccess()) {
            throw new IOException(
                    "listener cannot be opened: listener=" + requested + " reason="
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        final InetSocketAddress local = (InetSocketAddress) bound.channel().localAddress();
        port[0] = new TcpPort(requested.boundTo(local.getPort()), bound.channel());
        return port[0];
    }

    static SocketProtocolFamily family(final InetSocketAddress address) {
        return address.getAddress().getAddress().length == 4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    /** Begins to accept; on the loop's thread. */
    void start() {
        channel.config().setAutoRead(true);
    }

    Listener listener() {
        return listener;
    }

    void close() {
        channel.close();
    }
}
