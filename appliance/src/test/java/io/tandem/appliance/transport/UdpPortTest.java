package io.tandem.appliance.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class UdpPortTest extends TransportTestBase {
    /** Bytes per datagram. */
    private static final double ALLOCATED_MAX = 4.0;

    @Test
    void shouldReceiveWithPeerAndListener() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        assertThat(open.bind().getPort()).isPositive();
        assertThat(open.advertised()).isEqualTo(open.bind());
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.2", 0))) {
            peer.send(packet("OPTIONS sip:a SIP/2.0\r\n", open));
            turnUntil(() -> !sink.inputs.isEmpty());
            final RecordingSink.Input input = sink.inputs.getFirst();
            assertThat(input.kind()).isEqualTo(InputKind.MESSAGE);
            assertThat(input.transport()).isEqualTo(UDP);
            assertThat(input.listener()).isEqualTo(5);
            assertThat(input.flow()).isZero();
            assertThat(input.high()).isZero();
            assertThat(input.low()).isEqualTo(0x0000_FFFF_7F00_0002L);
            assertThat(input.port()).isEqualTo(peer.getLocalPort());
            assertThat(input.text()).isEqualTo("OPTIONS sip:a SIP/2.0\r\n");
        }
    }

    @Test
    void shouldReceiveLongestDatagramWhole() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.1", 0))) {
            peer.setSendBufferSize(1 << 20);
            final byte[] bytes = new byte[65_507];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i * 31);
            }
            peer.send(new DatagramPacket(bytes, bytes.length, open.bind()));
            turnUntil(() -> !sink.inputs.isEmpty());
            assertThat(sink.inputs.getFirst().bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void shouldSendLongestDatagramAndReportOneThatIsTooLong() throws IOException {
        open(listener(TransportKind.UDP, "127.0.0.1"));
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.1", 0))) {
            peer.setReceiveBufferSize(1 << 20);
            peer.setSoTimeout(10_000);
            send(UDP, 0, address(peer), "x".repeat(65_507));
            final DatagramPacket received = new DatagramPacket(new byte[65_535], 65_535);
            peer.receive(received);
            assertThat(received.getLength()).isEqualTo(65_507);

            send(UDP, 0, address(peer), "y".repeat(65_508));
            final RecordingSink.Input failure = sink.inputs.getFirst();
            assertThat(failure.kind()).isEqualTo(InputKind.TRANSPORT_FAILURE);
            assertThat(failure.text()).isEqualTo("y".repeat(UdpPort.RETURNED_BYTES_MAX));
        }
    }

    @Test
    void shouldSendManyInOrderWithOneFlush() throws IOException {
        open(listener(TransportKind.UDP, "127.0.0.1"));
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.1", 0))) {
            peer.setReceiveBufferSize(4 << 20);
            peer.setSoTimeout(10_000);
            final InetSocketAddress to = address(peer);
            for (int i = 0; i < 200; i++) {
                final byte[] bytes = ("message " + i).getBytes(StandardCharsets.ISO_8859_1);
                io.send(
                        UDP,
                        5,
                        0,
                        0,
                        PeerAddress.low(to.getAddress()),
                        to.getPort(),
                        new UnsafeBuffer(bytes),
                        0,
                        bytes.length);
            }
            io.flush();
            final DatagramPacket received = new DatagramPacket(new byte[100], 100);
            for (int i = 0; i < 200; i++) {
                peer.receive(received);
                assertThat(text(received)).isEqualTo("message " + i);
            }
            assertThat(io.counters().get(TransportCounter.UDP_SENT)).isEqualTo(200);
        }
    }

    @Test
    void shouldReportReturnedDatagramWhenPortIsUnreachable() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        final InetSocketAddress nobody;
        try (DatagramSocket gone = new DatagramSocket(at("127.0.0.3", 0))) {
            nobody = address(gone);
        }
        send(UDP, 0, nobody, "INVITE sip:nobody SIP/2.0\r\n\r\n");
        turnUntil(() -> !sink.inputs.isEmpty());
        final RecordingSink.Input failure = sink.inputs.getFirst();
        assertThat(failure.kind()).isEqualTo(InputKind.TRANSPORT_FAILURE);
        assertThat(failure.low()).isEqualTo(0x0000_FFFF_7F00_0003L);
        assertThat(failure.port()).isEqualTo(nobody.getPort());
        assertThat(failure.text()).isEqualTo("INVITE sip:nobody SIP/2.0\r\n\r\n");
        assertThat(io.counters().get(TransportCounter.UDP_UNREACHABLE)).isOne();
        assertThat(open.bind().getPort()).isPositive();
    }

    @Test
    void shouldGoOnSendingAndReceivingAmongUnreachablePeers() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        final InetSocketAddress nobody;
        try (DatagramSocket gone = new DatagramSocket(at("127.0.0.3", 0))) {
            nobody = address(gone);
        }
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.1", 0))) {
            peer.setSoTimeout(10_000);
            final DatagramPacket received = new DatagramPacket(new byte[100], 100);
            for (int i = 0; i < 50; i++) {
                send(UDP, 0, nobody, "lost " + i);
                send(UDP, 0, address(peer), "arrives " + i);
                peer.receive(received);
                assertThat(text(received)).isEqualTo("arrives " + i);
                peer.send(packet("answer " + i, open));
            }
            turnUntil(() -> sink.of(InputKind.MESSAGE).size() == 50
                    && sink.of(InputKind.TRANSPORT_FAILURE).size() == 50);
            assertThat(sink.of(InputKind.MESSAGE).stream().map(RecordingSink.Input::text))
                    .startsWith("answer 0")
                    .endsWith("answer 49");
            assertThat(io.counters().get(TransportCounter.UDP_SEND_FAILED)).isZero();
        }
    }

    @Test
    void shouldSpeakIpv6() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "::1"));
        try (DatagramSocket peer = new DatagramSocket(at("::1", 0))) {
            peer.setSoTimeout(10_000);
            peer.send(packet("over six", open));
            turnUntil(() -> !sink.inputs.isEmpty());
            final RecordingSink.Input input = sink.inputs.getFirst();
            assertThat(input.high()).isZero();
            assertThat(input.low()).isEqualTo(1);
            assertThat(input.port()).isEqualTo(peer.getLocalPort());
            send(UDP, 0, address(peer), "back over six");
            final DatagramPacket received = new DatagramPacket(new byte[100], 100);
            peer.receive(received);
            assertThat(text(received)).isEqualTo("back over six");
        }
    }

    @Test
    void shouldReportUnreachablePortOverIpv6() throws IOException {
        open(listener(TransportKind.UDP, "::1"));
        final InetSocketAddress nobody;
        try (DatagramSocket gone = new DatagramSocket(at("::1", 0))) {
            nobody = address(gone);
        }
        send(UDP, 0, nobody, "BYE sip:nobody SIP/2.0\r\n\r\n");
        turnUntil(() -> !sink.inputs.isEmpty());
        assertThat(sink.inputs.getFirst().text()).isEqualTo("BYE sip:nobody SIP/2.0\r\n\r\n");
        assertThat(sink.inputs.getFirst().low()).isEqualTo(1);
    }

    @Test
    void shouldReportPeerOfOtherAddressFamily() throws IOException {
        open(listener(TransportKind.UDP, "127.0.0.1"));
        send(UDP, 0, at("2001:db8::1", 5060), "wrong family");
        assertThat(sink.inputs.getFirst().kind()).isEqualTo(InputKind.TRANSPORT_FAILURE);
        assertThat(sink.inputs.getFirst().text()).isEqualTo("wrong family");
        assertThat(sink.inputs.getFirst().high()).isEqualTo(0x2001_0DB8_0000_0000L);
    }

    @Test
    void shouldDropKeepAlivesAtTheDoor() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.1", 0))) {
            peer.send(packet("\r\n\r\n", open));
            peer.send(packet("\0", open));
            peer.send(packet("", open));
            peer.send(packet("BYE", open));
            turnUntil(() -> !sink.inputs.isEmpty());
            assertThat(sink.inputs)
                    .singleElement()
                    .extracting(RecordingSink.Input::text)
                    .isEqualTo("BYE");
            assertThat(io.counters().get(TransportCounter.UDP_KEEP_ALIVE)).isEqualTo(3);
        }
    }

    @Test
    void shouldCountWhatAFullRingRefuses() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        sink.full = true;
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.1", 0))) {
            peer.send(packet("one too many", open));
            turnUntil(() -> io.counters().get(TransportCounter.REFUSED_FULL) == 1);
            assertThat(sink.inputs).isEmpty();
        }
    }

    @Test
    void shouldReportMessageForListenerThatIsNotOpen() {
        send(UDP, 0, at("127.0.0.1", 5060), "nowhere to go");
        assertThat(sink.inputs.getFirst().kind()).isEqualTo(InputKind.TRANSPORT_FAILURE);
        assertThat(io.counters().get(TransportCounter.SEND_UNKNOWN_LISTENER)).isOne();
    }

    @Test
    void shouldNameListenerAndReasonWhenPortIsInUse() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        final Listener same = new Listener(6, "second", TransportKind.UDP, open.bind(), open.bind(), 0);
        assertThatThrownBy(() -> io.open(same))
                .isInstanceOf(IOException.class)
                .hasMessage("listener cannot be opened: listener=second udp 127.0.0.1:"
                        + open.bind().getPort() + " reason=bind: Address already in use");
    }

    @Test
    void shouldTapBothDirections() throws IOException {
        io.close();
        final List<String> seen = new ArrayList<>();
        io = new SipIo(
                0,
                false,
                1,
                limits(),
                sink,
                (inbound, listener, transport, high, low, port, timeNs, buffer, offset, length) ->
                        seen.add((inbound ? "in " : "out ") + buffer.getStringWithoutLengthAscii(offset, length)));
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        try (DatagramSocket peer = new DatagramSocket(at("127.0.0.1", 0))) {
            peer.send(packet("ping", open));
            turnUntil(() -> !sink.inputs.isEmpty());
            send(UDP, 0, address(peer), "pong");
            assertThat(seen).containsExactly("in ping", "out pong");
        }
    }

    /**
     * The budget of the datagram path is zero bytes; the bound leaves room for what the loop itself does per wake-up. The least
     * of several windows counts: code that is not compiled yet allocates what compiled code does not, and on a busy machine the
     * compiler comes late.
     */
    @Test
    void shouldAllocateNothingPerDatagram() throws IOException {
        final Listener open = open(listener(TransportKind.UDP, "127.0.0.1"));
        sink.counting = true;
        final ByteBuffer bytes = ByteBuffer.allocateDirect(700);
        final UnsafeBuffer view = new UnsafeBuffer(bytes);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (DatagramChannel peer = DatagramChannel.open()) {
            peer.bind(at("127.0.0.1", 0));
            peer.connect(open.bind());
            final int port = ((InetSocketAddress) peer.getLocalAddress()).getPort();
            peer.configureBlocking(false);
            final ByteBuffer answer = ByteBuffer.allocateDirect(700);
            exchange(peer, bytes, view, answer, port, 40_000);
            final int rounds = 10_000;
            double least = Double.MAX_VALUE;
            for (int window = 0; window < 100 && least >= ALLOCATED_MAX; window++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                exchange(peer, bytes, view, answer, port, rounds);
                least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / (2.0 * rounds));
            }
            System.out.printf("udp: allocated bytes per datagram, in and out: %.3f%n", least);
            assertThat(least).isLessThan(ALLOCATED_MAX);
        }
    }

    private void exchange(
            final DatagramChannel peer,
            final ByteBuffer bytes,
            final UnsafeBuffer view,
            final ByteBuffer answer,
            final int port,
            final int rounds)
            throws IOException {
        final long end = sink.count + rounds;
        while (sink.count < end) {
            final long target = sink.count + 8;
            for (int i = 0; i < 8; i++) {
                bytes.clear();
                peer.write(bytes);
            }
            while (sink.count < target) {
                io.turn(0);
            }
            for (int i = 0; i < 8; i++) {
                io.send(UDP, 5, 0, 0, 0x0000_FFFF_7F00_0001L, port, view, 0, 700);
            }
            io.flush();
            for (int i = 0; i < 8; ) {
                answer.clear();
                i += peer.read(answer) > 0 ? 1 : 0;
            }
        }
    }

    private static DatagramPacket packet(final String text, final Listener to) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new DatagramPacket(bytes, bytes.length, to.bind());
    }

    private static InetSocketAddress address(final DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static String text(final DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }
}
