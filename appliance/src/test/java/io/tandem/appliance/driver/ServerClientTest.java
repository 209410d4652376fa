package io.tandem.appliance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tandem.routing.call.ServerAnswer;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.flow.FlowInterpreter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ServerClientTest {
    private final BlockingQueue<ServerAnswer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        answer("/found", 200, "{\"a\":{\"b\":1}}");
        answer("/empty", 204, "");
        answer("/gone", 404, "{\"a\":{\"b\":1}}");
        answer("/moved", 302, "");
        answer("/broken", 200, "{\"a\":");
        answer("/long", 200, "{\"a\":\"" + "x".repeat(FlowInterpreter.ANSWER_MAX) + "\"}");
        answer("/huge", 200, "x".repeat(5 * FlowInterpreter.ANSWER_MAX));
        server.createContext("/never", exchange -> {
            waiting.countDown();
            try {
                release.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    private void answer(final String path, final int status, final String text) {
        server.createContext(path, exchange -> {
            final byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
    }

    private ServerClient client(final int underWayMax, final boolean privateServers) {
        return new ServerClient(underWayMax, privateServers, "test", answers::add);
    }

    private static ServerQuestion question(final String url, final int timeoutMs) {
        return new ServerQuestion(1, 2, 3, 4, 5, 6, "GET", url, "", timeoutMs, List.of("/a/b"));
    }

    private String url(final String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/found|default|{\"a\":{\"b\":\"1\"}}",
                "/empty|error|''",
                "/gone|error|''",
                "/moved|error|''",
                "/broken|error|''",
                "/long|error|''",
                "/huge|error|''"
            })
    void shouldTellWhatCameOfAQuestion(final String path, final String outcome, final String found)
            throws InterruptedException {
        try (ServerClient client = client(2, true)) {
            client.ask(question(url(path), 5_000));
            assertThat(answers.take()).isEqualTo(new ServerAnswer(1, 2, 3, 4, outcome, found));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/", "nonsense", "http:///x", "ftp://127.0.0.1/"})
    void shouldTakeWhatCannotBeAskedForAnError(final String url) throws InterruptedException {
        try (ServerClient client = client(2, true)) {
            client.ask(question(url, 5_000));
            assertThat(answers.take().outcome()).isEqualTo("error");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "10.0.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "[::1]",
                "[fd00::1]",
                "0.0.0.0",
                "100.100.100.200",
                "198.18.0.1",
                "240.0.0.1",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[::ffff:10.0.0.1]"
            })
    void shouldAskNoPrivateAddress(final String host) throws InterruptedException {
        try (ServerClient client = client(2, false)) {
            client.ask(question("http://" + host + ":" + server.getAddress().getPort() + "/found", 5_000));
            assertThat(answers.take().outcome()).isEqualTo("error");
        }
    }

    @Test
    void shouldNotWaitLongerThanItMay() throws InterruptedException {
        try (ServerClient client = client(2, true)) {
            client.ask(question(url("/never"), 100));
            assertThat(answers.take().outcome()).isEqualTo("timeout");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "192.0.1.1", "100.63.0.1", "172.32.0.1", "223.255.255.1", "2606:4700::1"})
    void shouldKnowPublicAddresses(final String address) {
        assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void shouldLeaveRoomToOtherAccounts() throws InterruptedException {
        try (ServerClient client = client(4, true)) {
            client.ask(question(url("/never"), 20_000));
            waiting.await();
            client.ask(question(url("/found"), 5_000));
            assertThat(answers.take().outcome()).as("one of four is the share of an account").isEqualTo("error");
            client.ask(new ServerQuestion(1, 2, 3, 4, 7, 8, "GET", url("/found"), "", 5_000, List.of("/a/b")));
            assertThat(answers.take().outcome()).isEqualTo("default");
        }
    }

    @Test
    void shouldRefuseAQuestionTooManyAndTakeTheNext() throws InterruptedException {
        try (ServerClient client = client(1, true)) {
            client.ask(question(url("/never"), 20_000));
            waiting.await();
            client.ask(question(url("/found"), 5_000));
            assertThat(answers.take().outcome()).isEqualTo("error");
            release.countDown();
            assertThat(answers.take().outcome()).isEqualTo("error");
        }
    }
}
