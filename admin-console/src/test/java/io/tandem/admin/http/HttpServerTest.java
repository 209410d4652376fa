package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tandem.admin.FakeAppliance;
import io.tandem.admin.InMemoryDesk;
import io.tandem.admin.http.media.MediaFiles;
import io.tandem.admin.http.pbx.PresenceView;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    private final InMemoryDesk desk = new InMemoryDesk(() -> 1_700_000_000_000_000L);

    @Test
    void shouldNotCarryKeysInTheClearBeyondLoopback() {
        final HttpSettings settings = HttpSettings.loopback(0);
        final InetSocketAddress anywhere = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withBind(anywhere, false))
                .withMessageContaining("in the clear");
        assertThat(settings.withBind(anywhere, true).bind()).isEqualTo(anywhere);
        final Path file = Path.of("x");
        assertThat(settings.withTls(file, file).withBind(anywhere, false).bind())
                .isEqualTo(anywhere);
        assertThatIllegalArgumentException().isThrownBy(() -> HttpLimits.DEFAULT.withBodies(10, 10, 10, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withBind(InetSocketAddress.createUnresolved("host", 1), false));
    }

    @Test
    void shouldFreeItsPortWhenClosed() throws IOException {
        final int port;
        try (HttpServer server = start(HttpSettings.loopback(0))) {
            port = server.port();
            assertThat(port).isPositive();
        }
        try (HttpServer again = start(HttpSettings.loopback(port))) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    @Test
    void shouldSayWhyItCannotListenAndLogNothingOfTheServerItself() throws IOException {
        final List<LogRecord> logged = new CopyOnWriteArrayList<>();
        final Handler recorder = new Handler() {
            @Override
            public void publish(final LogRecord line) {
                logged.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        final Logger root = Logger.getLogger("");
        root.addHandler(recorder);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatIOException()
                    .isThrownBy(() -> start(HttpSettings.loopback(other.getLocalPort())))
                    .isInstanceOf(BindException.class)
                    .withMessage("another process listens there");
            final InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0);
            assertThatIOException()
                    .isThrownBy(() -> start(HttpSettings.loopback(0).withBind(elsewhere, true)))
                    .withMessage("the address is not this machine's");
        } finally {
            root.removeHandler(recorder);
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void shouldNotStartWithoutItsFiles() {
        final HttpSettings settings = HttpSettings.loopback(0);
        final Path missing = directory.resolve("missing");

        assertThatIOException().isThrownBy(() -> start(settings.withOperatorToken(missing)));
        assertThatIOException().isThrownBy(() -> start(settings.withTls(missing, missing)));
    }

    @Test
    void shouldServeTls() throws Exception {
        final Path store = directory.resolve("server.p12");
        final Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        final Path certificate =
                pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        final Path key = pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
        try (HttpServer server = start(HttpSettings.loopback(0).withTls(certificate, key));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(keys.getCertificate("server")))
                        .build()) {
            final HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/docs"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.sslSession()).isPresent();
        }
        final Path noKey = pem("CERTIFICATE", new byte[] {1});
        assertThatIOException().isThrownBy(() -> start(HttpSettings.loopback(0).withTls(certificate, noKey)));
    }

    @Test
    void shouldAnswerWhatIsNoRequestAndGoOn() throws IOException {
        try (HttpServer server = start(HttpSettings.loopback(0))) {
            assertThat(raw(server, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(raw(server, "nonsense\r\n\r\n")).isIn("", "HTTP/1.1 400");
            assertThat(raw(
                            server,
                            "GET /docs HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: " + "x".repeat(20_000)
                                    + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 4");
            assertThat(raw(server, "GET /v1/openapi.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static String raw(final HttpServer server, final String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            final byte[] head = socket.getInputStream().readNBytes(12);
            return new String(head, StandardCharsets.US_ASCII);
        }
    }

    private HttpServer start(final HttpSettings settings) throws IOException {
        return HttpServer.start(
                settings,
                desk,
                new FakeAppliance(),
                PresenceView.NOBODY,
                MediaFiles.open(directory.resolve("media"), 0, 0));
    }

    private Path pem(final String what, final byte[] der) throws IOException {
        final String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
        return Files.writeString(Files.createTempFile(directory, "tls", ".pem"), text);
    }

    private static SSLContext trusting(final Certificate certificate) throws Exception {
        final KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate);
        final TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
