package io.tandem.appliance.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpConnectionTest extends TransportTestBase {
    private static final String OPTIONS = """
            OPTIONS sip:a@127.0.0.1 SIP/2.0\r
            Via: SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bK1\r
            From: <sip:b@127.0.0.1>;tag=1\r
            To: <sip:a@127.0.0.1>\r
            Call-ID: CALL-ID\r
            CSeq: 1 OPTIONS\r
            Max-Forwards: 70\r
            Content-Length: 4\r
            \r
            body""";

    @Test
    void shouldFrameManyMessagesInOneSegment() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("one") + "\r\n" + message("two") + message("three"));
            turnUntil(() -> sink.inputs.size() == 3);
            assertThat(sink.inputs.stream().map(RecordingSink.Input::text))
                    .containsExactly(message("one"), message("two"), message("three"));
            final RecordingSink.Input input = sink.inputs.getFirst();
            assertThat(input.kind()).isEqualTo(InputKind.MESSAGE);
            assertThat(input.transport()).isEqualTo(TCP);
            assertThat(input.listener()).isEqualTo(5);
            assertThat(input.flow()).isEqualTo((3L << 56) | (7L << 32) | 1);
            assertThat(input.low()).isEqualTo(0x0000_FFFF_7F00_0001L);
            assertThat(input.port()).isEqualTo(peer.getLocalPort());
        }
    }

    @Test
    void shouldFrameMessageSplitAtEveryByte() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            peer.setTcpNoDelay(true);
            final byte[] bytes = (message("a") + message("b")).getBytes(StandardCharsets.ISO_8859_1);
            for (final byte octet : bytes) {
                peer.getOutputStream().write(octet);
                io.turn(0);
            }
            turnUntil(() -> sink.inputs.size() == 2);
            assertThat(sink.inputs.stream().map(RecordingSink.Input::text)).containsExactly(message("a"), message("b"));
        }
    }

    @Test
    void shouldAnswerPingWithPong() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, "\r\n\r\n");
            turnUntil(() -> available(peer) >= 2);
            assertThat(peer.getInputStream().readNBytes(2)).containsExactly('\r', '\n');
            assertThat(sink.inputs).isEmpty();
            assertThat(io.counters().get(TransportCounter.TCP_PING)).isOne();
        }
    }

    @Test
    void shouldAnswerOverTheFlowAndReportItsEnd() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        final long flow;
        try (Socket peer = connect(open)) {
            write(peer, message("x"));
            turnUntil(() -> sink.inputs.size() == 1);
            flow = sink.inputs.getFirst().flow();
            send(TCP, flow, at("127.0.0.9", 9), "SIP/2.0 200 OK\r\n\r\n");
            turnUntil(() -> available(peer) >= 18);
            assertThat(new String(peer.getInputStream().readNBytes(18), StandardCharsets.ISO_8859_1))
                    .isEqualTo("SIP/2.0 200 OK\r\n\r\n");
        }
        turnUntil(() -> sink.inputs.size() == 2);
        assertThat(sink.inputs.get(1).kind()).isEqualTo(InputKind.FLOW_CLOSED);
        assertThat(sink.inputs.get(1).flow()).isEqualTo(flow);
        assertThat(io.connectionCount()).isZero();
    }

    @Test
    void shouldKeepFlowsEndUntilTheRingHasRoom() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x"));
            turnUntil(() -> sink.inputs.size() == 1);
            sink.full = true;
        }
        turnUntil(() -> io.connectionCount() == 0);
        assertThat(sink.of(InputKind.FLOW_CLOSED)).isEmpty();
        sink.full = false;
        io.flush();
        assertThat(sink.of(InputKind.FLOW_CLOSED)).hasSize(1);
    }

    @Test
    void shouldOpenConnectionFromListenersAddressAndUseItAgain() throws IOException {
        open(listener(TransportKind.TCP, "127.0.0.4"));
        try (ServerSocket server = new ServerSocket()) {
            server.bind(at("127.0.0.1", 0));
            final InetSocketAddress to = (InetSocketAddress) server.getLocalSocketAddress();
            send(TCP, 0, to, "first ");
            send(TCP, 0, to, "second");
            turnUntil(() -> io.counters().get(TransportCounter.TCP_CONNECTED) == 1);
            try (Socket accepted = server.accept()) {
                turnUntil(() -> available(accepted) == 12);
                assertThat(new String(accepted.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                        .isEqualTo("first second");
                assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.4");
                write(accepted, message("back"));
                turnUntil(() -> sink.inputs.size() == 1);
                assertThat(sink.inputs.getFirst().port()).isEqualTo(to.getPort());
            }
        }
    }

    @Test
    void shouldReportMessagesOfRefusedConnection() throws IOException {
        open(listener(TransportKind.TCP, "127.0.0.1"));
        final InetSocketAddress nobody;
        try (ServerSocket gone = new ServerSocket()) {
            gone.bind(at("127.0.0.3", 0));
            nobody = (InetSocketAddress) gone.getLocalSocketAddress();
        }
        send(TCP, 0, nobody, "INVITE 1");
        send(TCP, 0, nobody, "INVITE 2");
        turnUntil(() -> sink.of(InputKind.TRANSPORT_FAILURE).size() == 2);
        assertThat(sink.of(InputKind.TRANSPORT_FAILURE).stream().map(RecordingSink.Input::text))
                .containsExactly("INVITE 1", "INVITE 2");
        assertThat(sink.of(InputKind.TRANSPORT_FAILURE).getFirst().port()).isEqualTo(nobody.getPort());
        assertThat(io.connectionCount()).isZero();
    }

    @Test
    void shouldReportMessageThatBrokenConnectionDidNotTake() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x"));
            turnUntil(() -> sink.inputs.size() == 1);
            peer.setSoLinger(true, 0);
        }
        final RecordingSink.Input first = sink.inputs.getFirst();
        final InetSocketAddress peerAddress = at("127.0.0.1", first.port());
        turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
        send(TCP, first.flow(), peerAddress, "too late");
        turnUntil(() -> !sink.of(InputKind.TRANSPORT_FAILURE).isEmpty());
        assertThat(sink.of(InputKind.TRANSPORT_FAILURE).getFirst().text()).isEqualTo("too late");
    }

    @Test
    void shouldCloseIdleConnection() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x"));
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(io.counters().get(TransportCounter.TCP_CLOSED_IDLE)).isOne();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldCloseConnectionThatDoesNotFinishItsMessage() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, "OPTIONS sip:a SIP/2.0\r\nVia: ");
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(io.counters().get(TransportCounter.TCP_CLOSED_SLOW_SENDER))
                    .isOne();
        }
    }

    @Test
    void shouldCloseConnectionWhosePeerDoesNotReadAndReportWhatWaited() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = new Socket()) {
            peer.setReceiveBufferSize(4096);
            peer.connect(open.bind());
            write(peer, message("x"));
            turnUntil(() -> sink.inputs.size() == 1);
            final RecordingSink.Input first = sink.inputs.getFirst();
            final String large = "z".repeat(60_000);
            for (int i = 0; i < 200 && sink.of(InputKind.TRANSPORT_FAILURE).isEmpty(); i++) {
                send(TCP, first.flow(), at("127.0.0.1", first.port()), large);
                io.turn(0);
            }
            assertThat(sink.of(InputKind.TRANSPORT_FAILURE)).isNotEmpty();
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(io.counters().get(TransportCounter.TCP_CLOSED_SLOW_READER))
                    .isPositive();
        }
    }

    @Test
    void shouldHandLostFramingToTheCoreAndCloseAfterTheAnswer() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x").replace("Content-Length: 4", "Content-Length: four"));
            turnUntil(() -> sink.inputs.size() == 1);
            assertThat(sink.inputs.getFirst().text()).contains("Content-Length: four");
            send(TCP, sink.inputs.getFirst().flow(), at("127.0.0.1", 1), "SIP/2.0 400 Bad Request\r\n\r\n");
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(new String(peer.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("SIP/2.0 400 Bad Request\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\r\nfoo bar\r\n\r\n", "\0\1\2 \3\r\n\r\n"})
    void shouldAnswerTheGoodRequestsBeforeBytesThatAreNoSipAndThenClose(final String noSip) throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x") + message("y") + noSip);
            turnUntil(() -> sink.inputs.size() == 2 && io.counters().get(TransportCounter.TCP_CLOSED_BAD_FRAMING) == 1);
            final long flow = sink.inputs.getFirst().flow();
            send(TCP, flow, at("127.0.0.1", 1), "SIP/2.0 200 X\r\n\r\n");
            send(TCP, flow, at("127.0.0.1", 1), "SIP/2.0 200 Y\r\n\r\n");
            turnUntil(() -> available(peer) >= 34);
            assertThat(io.connectionCount()).isOne();
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(new String(peer.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("SIP/2.0 200 X\r\n\r\nSIP/2.0 200 Y\r\n\r\n");
            assertThat(sink.of(InputKind.TRANSPORT_FAILURE)).isEmpty();
        }
    }

    @Test
    void shouldAnswerBothTheGoodRequestAndTheBadOneBehindIt() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x") + message("y").replace("Content-Length: 4", "Content-Length: four"));
            turnUntil(() -> sink.inputs.size() == 2);
            final long flow = sink.inputs.getFirst().flow();
            send(TCP, flow, at("127.0.0.1", 1), "SIP/2.0 200 OK\r\n\r\n");
            send(TCP, flow, at("127.0.0.1", 1), "SIP/2.0 400 Bad Request\r\n\r\n");
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(new String(peer.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("SIP/2.0 200 OK\r\n\r\nSIP/2.0 400 Bad Request\r\n\r\n");
        }
    }

    @Test
    void shouldReportAnAnswerThatComesTooLateForAConnectionWithoutFraming() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x") + "no SIP at all\r\n\r\n");
            turnUntil(() -> sink.inputs.size() == 1 && endOfStream(peer));
            send(TCP, sink.inputs.getFirst().flow(), at("127.0.0.1", 1), "SIP/2.0 200 OK\r\n\r\n");
            turnUntil(() -> !sink.of(InputKind.TRANSPORT_FAILURE).isEmpty());
            assertThat(io.counters().get(TransportCounter.TCP_CLOSED_SLOW_READER))
                    .isZero();
            assertThat(io.counters().get(TransportCounter.TCP_SEND_FAILED)).isOne();
        }
    }

    @Test
    void shouldCloseConnectionThatIsNotSip() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(sink.of(InputKind.MESSAGE)).isEmpty();
        }
    }

    @Test
    void shouldCloseFlowOnRequestAfterWhatWasSent() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        try (Socket peer = connect(open)) {
            write(peer, message("x"));
            turnUntil(() -> sink.inputs.size() == 1);
            final long flow = sink.inputs.getFirst().flow();
            send(TCP, flow, at("127.0.0.1", 1), "last words");
            io.closeFlow(TCP, 5, flow);
            turnUntil(() -> !sink.of(InputKind.FLOW_CLOSED).isEmpty());
            assertThat(new String(peer.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("last words");
        }
    }

    @Test
    void shouldRefuseConnectionsAboveTheLimit() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "127.0.0.1"));
        final List<Socket> peers = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                peers.add(connect(open));
            }
            turnUntil(() -> io.counters().get(TransportCounter.TCP_REFUSED_FULL) == 1);
            assertThat(io.connectionCount()).isEqualTo(4);
            assertThat(peers.get(4).getInputStream().read()).isEqualTo(-1);
        } finally {
            for (final Socket peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void shouldSpeakIpv6() throws IOException {
        final Listener open = open(listener(TransportKind.TCP, "::1"));
        try (Socket peer = connect(open)) {
            write(peer, message("six"));
            turnUntil(() -> sink.inputs.size() == 1);
            assertThat(sink.inputs.getFirst().high()).isZero();
            assertThat(sink.inputs.getFirst().low()).isEqualTo(1);
        }
    }

    private static String message(final String callId) {
        return OPTIONS.replace("CALL-ID", callId);
    }

    private Socket connect(final Listener listener) throws IOException {
        final Socket peer = new Socket();
        peer.connect(listener.bind());
        return peer;
    }

    private static void write(final Socket peer, final String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        peer.getOutputStream().flush();
    }

    /** Whether the other side has said that nothing more comes; looks for a moment. */
    private static boolean endOfStream(final Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (final SocketTimeoutException e) {
            return false;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int available(final Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
