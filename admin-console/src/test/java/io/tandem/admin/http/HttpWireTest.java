package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients put on the wire, byte for byte. */
class HttpWireTest {
    private HttpRig rig;
    private String key;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        key = rig.key("acme", "*");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @DisplayName("a connection whose client asks for it is closed behind the answer, so that reading to its end ends")
    void shouldCloseWhenAskedTo() throws IOException {
        assertThat(toTheEnd(get("/v1/whoami", "Connection: close\r\n")))
                .startsWith("HTTP/1.1 200")
                .contains("Connection: close")
                .endsWith("}");
        assertThat(toTheEnd(get("/v1/nothing", "Connection: close\r\n"))).startsWith("HTTP/1.1 404");
        assertThat(toTheEnd(get("/v1/export", "Connection: close\r\n"))).startsWith("HTTP/1.1 200");
        assertThat(toTheEnd(get("/docs", "Connection: close\r\n").replace("GET", "HEAD")))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.0", "0.9"})
    @DisplayName("another version of HTTP is answered 505, not with silence")
    void shouldSayWhichVersionIsSpoken(final String version) throws IOException {
        assertThat(toTheEnd(get("/docs", "").replace("HTTP/1.1", "HTTP/" + version)))
                .startsWith("HTTP/1.1 505 ")
                .contains("use HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "FFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n"})
    @DisplayName("chunks that are none are the client's fault: 400, and the connection ends, since its framing is lost")
    void shouldRefuseBrokenChunks(final String chunks) throws IOException {
        final String answer = toTheEnd(post("/v1/voicemail-boxes", "Transfer-Encoding: chunked\r\n", chunks)
                + get("/v1/whoami", "Connection: close\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("Connection: close")
                .doesNotContain("accountId");
        assertThat(rig.ask("GET", "/v1/voicemail-boxes", key).json().path("data"))
                .isEmpty();
    }

    @Test
    @DisplayName("a body that breaks off is 400 and changes nothing")
    void shouldRefuseABodyThatBreaksOff() throws IOException {
        try (Socket socket = connect()) {
            write(socket, post("/v1/voicemail-boxes", "Content-Length: 100\r\n", "{\"name\":\"a\"}"));
            socket.shutdownOutput();
            assertThat(rest(socket)).startsWith("HTTP/1.1 400");
        }
        assertThat(rig.ask("GET", "/v1/voicemail-boxes", key).json().path("data"))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "what follows a refused request with a short body is the next request; behind a long one the connection ends")
    void shouldNotTakeARefusedBodyForARequest() throws IOException {
        final String inside = get("/v1/whoami", "");
        final String refused = post("/v1/nothing", "Content-Length: " + inside.length() + "\r\n", inside);
        assertThat(toTheEnd(refused + get("/docs", "Connection: close\r\n")))
                .startsWith("HTTP/1.1 404")
                .containsOnlyOnce("HTTP/1.1 200")
                .doesNotContain("accountId");

        final String padded = " ".repeat(70_000) + inside;
        assertThat(toTheEnd(post("/v1/nothing", "Content-Length: " + padded.length() + "\r\n", padded)))
                .startsWith("HTTP/1.1 404")
                .contains("Connection: close")
                .doesNotContain("accountId");
    }

    @Test
    @DisplayName("a body above the limit gets its 413 whole, whatever of it is still on its way")
    void shouldAnswerATooLargeBodyWhole() throws IOException {
        final String body = "{\"name\":\"" + "a".repeat(3 << 20) + "\"}";
        assertThat(toTheEnd(post("/v1/voicemail-boxes", "Content-Length: " + body.length() + "\r\n", body)))
                .startsWith("HTTP/1.1 413")
                .endsWith("}");
    }

    @Test
    @DisplayName("who waits to be asked for his body is refused without it")
    void shouldRefuseBeforeTheBodyIsSent() throws IOException {
        try (Socket socket = connect()) {
            write(socket, post("/v1/nothing", "Expect: 100-continue\r\nContent-Length: 12\r\n", ""));
            assertThat(rest(socket)).startsWith("HTTP/1.1 404").doesNotContain("100 Continue");
        }
    }

    private String get(final String path, final String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\nx-api-key: " + key + "\r\n" + headers + "\r\n";
    }

    private String post(final String path, final String headers, final String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nx-api-key: " + key + "\r\n"
                + headers + "\r\n" + body;
    }

    private String toTheEnd(final String requests) throws IOException {
        try (Socket socket = connect()) {
            write(socket, requests);
            return rest(socket);
        }
    }

    private Socket connect() throws IOException {
        final Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), rig.server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(final Socket socket, final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What comes until the connection ends, which it has to within ten seconds. */
    private static String rest(final Socket socket) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final InputStream in = socket.getInputStream();
        in.transferTo(all);
        return all.toString(StandardCharsets.UTF_8);
    }
}
