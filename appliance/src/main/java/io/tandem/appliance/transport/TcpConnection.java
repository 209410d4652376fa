package io.tandem.appliance.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.tandem.sip.SipLimits;
import io.tandem.sip.StreamFramer;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One stream connection: framing on the way in, a bounded queue on the way out. What was handed to it and could not be
 * written is reported as a transport failure, whether the connection never opened, broke, or read too slowly.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {
    private static final byte[] PONG = {'\r', '\n'};
    private static final long LAST_ANSWER_NS = 1_000_000_000L;

    private final TcpConnections connections;
    private final TcpPort port;
    private final long flow;
    private final long addressHigh;
    private final long addressLow;
    private final int peerPort;
    private final StreamFramer framer;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(2);

    private Channel channel;
    private boolean open;
    private boolean closed;
    private boolean closing;
    private boolean framingLost;
    private boolean outputEnded;
    private boolean lastAnswersDue;
    private boolean handedOn;
    private long handedOnNs;
    private long closingSinceNs;
    private boolean writtenSinceFlush;
    private long waitingBytes;
    private long lastActivityNs;
    private long messageBeganNs;
    private boolean insideMessage;

    TcpConnection(
            final TcpConnections connections,
            final TcpPort port,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int peerPort,
            final SipLimits limits) {
        this.connections = connections;
        this.port = port;
        this.flow = flow;
        this.addressHigh = addressHigh;
        this.addressLow = addressLow;
        this.peerPort = peerPort;
        framer = new StreamFramer(limits);
        lastActivityNs = System.nanoTime();
    }

    long flow() {
        return flow;
    }

    TcpPort port() {
        return port;
    }

    long addressHigh() {
        return addressHigh;
    }

    long addressLow() {
        return addressLow;
    }

    int peerPort() {
        return peerPort;
    }

    /** Follows a channel that is connecting or connected. */
    void attach(final Channel attached) {
        channel = attached;
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        opened();
        context.fireChannelActive();
    }

    private void opened() {
        if (!open && !closed) {
            open = true;
            lastActivityNs = System.nanoTime();
            while (!waiting.isEmpty()) {
                final ByteBuf message = waiting.poll();
                waitingBytes -= message.readableBytes();
                write(message);
            }
            flush();
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        try {
            lastActivityNs = System.nanoTime();
            if (!closing) {
                read(bytes, lastActivityNs);
            }
        } finally {
            bytes.release();
        }
    }

    private void read(final ByteBuf bytes, final long nowNs) {
        view.wrap(bytes.memoryAddress() + bytes.readerIndex(), bytes.readableBytes());
        int at = 0;
        boolean framed = true;
        while (framed && at < view.capacity()) {
            at += framer.feed(view, at, view.capacity() - at);
            framed = frames(nowNs);
        }
        final boolean inside = framer.isInsideMessage();
        if (inside && !insideMessage) {
            messageBeganNs = nowNs;
        }
        insideMessage = inside;
    }

    private boolean frames(final long nowNs) {
        while (true) {
            switch (framer.poll()) {
                case MORE -> {
                    return true;
                }
                case MESSAGE -> {
                    insideMessage = false;
                    handOn(nowNs);
                }
                case PING -> {
                    connections.counters().increment(TransportCounter.TCP_PING);
                    channel.writeAndFlush(
                            channel.alloc().directBuffer(PONG.length).writeBytes(PONG));
                }
                case FAILED -> {
                    failedFraming(nowNs);
                    return false;
                }
            }
        }
    }

    private void handOn(final long nowNs) {
        handedOn = true;
        handedOnNs = nowNs;
        connections.received(this, framer.buffer(), framer.messageOffset(), framer.messageLength(), nowNs);
    }

    /**
     * What cannot be framed ends the connection: after its own answer when its head can be read, and not before messages that
     * were handed on a moment ago had time to be answered.
     */
    private void failedFraming(final long nowNs) {
        connections.counters().increment(TransportCounter.TCP_CLOSED_BAD_FRAMING);
        closing = true;
        framingLost = true;
        closingSinceNs = nowNs;
        lastAnswersDue = handedOn && nowNs - handedOnNs < LAST_ANSWER_NS;
        connections.takesNoMore(this);
        if (framer.messageLength() > 0) {
            handOn(nowNs);
        } else if (!lastAnswersDue) {
            close();
        }
    }

    /** Queues one message for the next flush, or for when the connection is open. */
    void send(final DirectBuffer buffer, final int offset, final int length) {
        final ByteBuf message = connections.allocator().directBuffer(length);
        view.wrap(message.memoryAddress(), length);
        view.putBytes(0, buffer, offset, length);
        message.writerIndex(length);
        if (closed || outputEnded) {
            failed(message);
        } else if (open) {
            write(message);
        } else if (waitingBytes + length > connections.queueBytesMax()) {
            tooSlow();
            failed(message);
        } else {
            waiting.add(message);
            waitingBytes += length;
        }
    }

    private void write(final ByteBuf message) {
        if (!channel.isWritable()) {
            tooSlow();
            failed(message);
            return;
        }
        connections.sending(this, message);
        lastActivityNs = System.nanoTime();
        channel.write(message.retainedDuplicate()).addListener(written -> {
            if (written.isSuccess()) {
                message.release();
            } else {
                failed(message);
            }
        });
        if (!writtenSinceFlush) {
            writtenSinceFlush = true;
            connections.toFlush(this);
        }
    }

    private void tooSlow() {
        connections.counters().increment(TransportCounter.TCP_CLOSED_SLOW_READER);
        abort();
    }

    /** Reports a message as not delivered and releases it. */
    private void failed(final ByteBuf message) {
        view.wrap(message.memoryAddress(), message.writerIndex());
        connections.failed(this, view, message.writerIndex());
        message.release();
    }

    void flush() {
        writtenSinceFlush = false;
        if (open && !closed) {
            channel.flush();
            if (closing && !lastAnswersDue) {
                close();
            }
        }
    }

    /**
     * Ends the connection when what was sent before has been written. When the framing is lost, what still comes is
     * read and dropped until the peer ends it too, since a reset would take the answer from the peer's hands.
     */
    void close() {
        if (!closing) {
            closing = true;
            closingSinceNs = System.nanoTime();
        }
        outputEnded = true;
        if (open && !closed) {
            channel.writeAndFlush(connections.allocator().directBuffer(0)).addListener(written -> {
                if (framingLost) {
                    ((DuplexChannel) channel).shutdownOutput();
                } else {
                    channel.close();
                }
            });
        } else {
            abort();
        }
    }

    /** Ends the connection now; what waits is reported. */
    void abort() {
        closing = true;
        if (channel != null) {
            channel.close();
        }
    }

    /** Called about once a second: ends connections that idle, stall inside a message, or have lost their framing. */
    void sweep(final long nowNs) {
        final TransportLimits limits = connections.limits();
        if (!open) {
            return;
        }
        if (insideMessage && nowNs - messageBeganNs > limits.messageTimeoutMs() * 1_000_000L) {
            connections.counters().increment(TransportCounter.TCP_CLOSED_SLOW_SENDER);
            abort();
        } else if (nowNs - lastActivityNs > limits.idleTimeoutMs() * 1_000_000L) {
            connections.counters().increment(TransportCounter.TCP_CLOSED_IDLE);
            abort();
        } else if (closing && nowNs - closingSinceNs > LAST_ANSWER_NS) {
            if (lastAnswersDue) {
                lastAnswersDue = false;
                closingSinceNs = nowNs;
                close();
            } else {
                abort();
            }
        }
    }

    /** The connection could not be opened. */
    void notOpened() {
        ended();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        ended();
        context.fireChannelInactive();
    }

    private void ended() {
        if (!closed) {
            closed = true;
            closing = true;
            while (!waiting.isEmpty()) {
                failed(waiting.poll());
            }
            waitingBytes = 0;
            connections.ended(this);
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        abort();
    }
}
