package io.tandem.appliance.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import io.tandem.sip.SipLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;

/** A sip-io thread that the test itself turns, on real sockets with ports chosen by the system. */
abstract class TransportTestBase {
    static final byte UDP = (byte) TransportKind.UDP.value();
    static final byte TCP = (byte) TransportKind.TCP.value();
    private static final long PATIENCE_NS = 10_000_000_000L;

    final RecordingSink sink = new RecordingSink();
    SipIo io = new SipIo(3, false, 7, limits(), sink, MessageTap.NONE);

    TransportLimits limits() {
        return new TransportLimits(1 << 20, 4, 64 << 10, 1_000, 400, 1_500, SipLimits.DEFAULT);
    }

    @AfterEach
    void closeSockets() {
        io.close();
    }

    static InetSocketAddress at(final String address, final int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    static Listener listener(final TransportKind transport, final String address) {
        final InetSocketAddress bind = at(address, 0);
        return new Listener(5, "test", transport, bind, bind, 24);
    }

    Listener open(final Listener listener) throws IOException {
        final Listener open = io.open(listener);
        io.serve();
        return open;
    }

    void turnUntil(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadlineNs)
                    .as("waited too long, inputs so far: %s", sink.inputs)
                    .isNegative();
            io.turn(1_000_000);
            io.flush();
        }
    }

    void send(final byte transport, final long flow, final InetSocketAddress peer, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        io.send(
                transport,
                5,
                flow,
                PeerAddress.high(peer.getAddress()),
                PeerAddress.low(peer.getAddress()),
                peer.getPort(),
                new UnsafeBuffer(bytes),
                0,
                bytes.length);
        io.flush();
    }
}
