package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of {@code sip.*.max} over real sockets: the same on both transports, each with its answer (D2, RFC 3261 18.3). */
@Timeout(60)
class MessageLimitsTest {
    private static final int MESSAGE_BYTES = 4_096;
    private static final int HEAD_BYTES = 2_048;
    private static final int HEADERS = 20;
    private static final int HEADER_BYTES = 512;
    private static final int URI_BYTES = 128;

    @TempDir
    private static Path data;

    private static RunningAppliance running;

    @BeforeAll
    static void start() {
        running = new RunningAppliance(
                data,
                "{\"resource\":\"accounts\",\"name\":\"acme\"}\n",
                "sip.message.bytes.max=" + MESSAGE_BYTES + "B",
                "sip.head.bytes.max=" + HEAD_BYTES + "B",
                "sip.headers.max=" + HEADERS,
                "sip.header.bytes.max=" + HEADER_BYTES + "B",
                "sip.uri.bytes.max=" + URI_BYTES + "B");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "udp, uri, 414 Request-URI Too Long",
        "udp, headers, 513 Too Many Header Fields",
        "udp, header, 513 Header Field Too Long",
        "udp, head, 513 Header Section Too Large",
        "udp, message, 513 Message Too Large",
        "tcp, uri, 414 Request-URI Too Long",
        "tcp, headers, 513 Too Many Header Fields",
        "tcp, header, 513 Header Field Too Long",
        "tcp, head, 513 Header Section Too Large",
        "tcp, message, 513 Message Too Large"
    })
    void shouldTakeWhatIsAtTheLimitAndRefuseOneMore(final String transport, final String limit, final String refusal) {
        assertThat(answer(transport, atLimit(limit, 0))).startsWith("SIP/2.0 200 OK\n");
        assertThat(answer(transport, atLimit(limit, 1)))
                .startsWith("SIP/2.0 " + refusal + "\n")
                .contains("Via: SIP/2.0/", "branch=z9hG4bK-limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri", "headers", "header"})
    void shouldGoOnWithAConnectionWhoseFramingIsSound(final String limit) {
        try (StreamPeer peer = new StreamPeer(tcp())) {
            peer.send(atLimit(limit, 1) + atLimit(limit, 0));
            assertThat(peer.receive()).doesNotStartWith("SIP/2.0 2");
            assertThat(peer.receive()).startsWith("SIP/2.0 200 OK\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "message"})
    void shouldReadNoFurtherThanTheLimit(final String limit) {
        try (StreamPeer peer = new StreamPeer(tcp())) {
            peer.send(atLimit(limit, 1) + atLimit(limit, 0));
            assertThat(peer.receive()).startsWith("SIP/2.0 513 ");
            assertThat(peer.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400 Missing Content-Length",
        "'Content-Length: four', 400 Malformed Content-Length",
        "'Content-Length: -1', 400 Malformed Content-Length",
        "'Content-Length: 0, 0', 400 Malformed Content-Length",
        "'Content-Length: 0;l: 0', 400 Duplicate Content-Length",
        "'Content-Length: 4096', 513 Message Too Large",
        "'Content-Length: 99999999999999999999', 513 Message Too Large"
    })
    void shouldAnswerAndCloseWhenFramingIsLost(final String contentLength, final String refusal) {
        final String fields = contentLength.isEmpty() ? "" : contentLength.replace(";", "\n") + "\n";
        final String lost = options("sip:127.0.0.1", fields, "").replaceFirst("Content-Length: 0\n", "");
        try (StreamPeer peer = new StreamPeer(tcp())) {
            peer.send(lost + "x".repeat(100_000));
            assertThat(peer.receive()).startsWith("SIP/2.0 " + refusal + "\n");
            assertThat(peer.isEnded()).isTrue();
        }
    }

    /** As the message {@code dblreq} of RFC 4475 is: a request, a line too many, another request and more than its body. */
    @Test
    void shouldAnswerWhatCameWholeBeforeBytesThatAreNoSip() {
        final String register = options("sip:127.0.0.1", "", "")
                .replace("OPTIONS", "REGISTER")
                .replace("Call-ID: limits", "Call-ID: register");
        final String invite = options("sip:joe@127.0.0.1", "Max-Forwards: 8\n", "v=0\n")
                .replace("OPTIONS", "INVITE")
                .replace("v=0\n", "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\n");
        try (StreamPeer peer = new StreamPeer(tcp())) {
            peer.send(register + "\n" + invite + "a=rtpmap:31 LPC\n\n");
            assertThat(peer.receive()).startsWith("SIP/2.0 405 ").contains("Call-ID: register\n");
            assertThat(peer.receive()).startsWith("SIP/2.0 ").contains("Call-ID: limits\n");
            assertThat(peer.isEnded()).isTrue();
        }
    }

    @Test
    void shouldAnswerAndCloseWhenTheHeadHasNoEnd() {
        try (StreamPeer peer = new StreamPeer(tcp())) {
            peer.send(options("sip:127.0.0.1", "Subject: " + "x".repeat(100_000), ""));
            assertThat(peer.receive()).startsWith("SIP/2.0 513 Header Section Too Large\n");
            assertThat(peer.isEnded()).isTrue();
        }
    }

    @Test
    void shouldCloseWithoutAWordWhatCannotBeAnswered() {
        final String response = options("sip:127.0.0.1", "", "").replaceFirst(".*\n", "SIP/2.0 200 OK\n");
        try (StreamPeer peer = new StreamPeer(tcp())) {
            peer.send(response.replaceFirst("Content-Length: 0\n", ""));
            assertThat(peer.isEnded()).isTrue();
        }
    }

    /** A request that is at a limit, or so much above it. */
    private static String atLimit(final String limit, final int more) {
        return switch (limit) {
            case "uri" -> options("sip:" + "a".repeat(URI_BYTES - 4 + more), "", "");
            case "headers" ->
                options("sip:127.0.0.1", fields(HEADERS - count(options("sip:127.0.0.1", "", "")) + more), "");
            case "header" -> options("sip:127.0.0.1", "Subject: " + "x".repeat(HEADER_BYTES - 11 + more) + "\n", "");
            case "head" ->
                options("sip:127.0.0.1", filler(HEAD_BYTES - size(options("sip:127.0.0.1", "", "")) + more), "");
            case "message" -> {
                final int digits = 3;
                final String empty = options("sip:127.0.0.1", "", "");
                yield options("sip:127.0.0.1", "", "b".repeat(MESSAGE_BYTES - size(empty) - digits + more));
            }
            default -> throw new IllegalArgumentException(limit);
        };
    }

    private static String fields(final int count) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": x\n").collect(Collectors.joining());
    }

    /** Fields of so many octets on the wire, none of them too long. */
    private static String filler(final int octets) {
        final StringBuilder filler = new StringBuilder();
        int left = octets;
        while (left > 0) {
            final int line = left > 400 ? 200 : left > 200 ? left - 200 : left;
            filler.append("X: ").append("x".repeat(line - 5)).append('\n');
            left -= line;
        }
        return filler.toString();
    }

    private static int count(final String message) {
        return (int) message.lines().takeWhile(line -> !line.isEmpty()).count() - 1;
    }

    private static int size(final String message) {
        return message.replace("\n", "\r\n").length();
    }

    private static String options(final String uri, final String fields, final String body) {
        return """
                OPTIONS %s SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.2:5060;branch=z9hG4bK-limit;rport
                From: <sip:b@127.0.0.2>;tag=1
                To: <sip:127.0.0.1>
                Call-ID: limits
                CSeq: 1 OPTIONS
                Content-Length: %d
                %s
                %s""".formatted(uri, body.length(), fields, body);
    }

    private static String answer(final String transport, final String request) {
        if (transport.equals("udp")) {
            try (SipPeer peer = new SipPeer("127.0.0.2", running.udp())) {
                peer.send(request);
                return peer.receive("SIP/2.0");
            }
        }
        try (StreamPeer peer = new StreamPeer(tcp())) {
            peer.send(request);
            return peer.receive();
        }
    }

    private static InetSocketAddress tcp() {
        return running.appliance().listeners().get(1).bind();
    }
}
