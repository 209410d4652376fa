package io.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ConsoleClientTest {

    private final ConsoleRig rig;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    ConsoleClientTest() throws IOException {
        rig = new ConsoleRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ConsoleClient client(SocketAddress address, String input) {
        return new ConsoleClient(
                address,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int run(String command) {
        return client(rig.server.address(), "").run(Optional.of(command));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldPrintTheAnswerWithoutItsEndAndSucceed() {
        assertThat(run("drain off")).isZero();
        assertThat(out()).isEqualTo("serving: new calls are taken, calls in progress=3\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void shouldPrintOneLineOfJson() {
        assertThat(run("status -j")).isZero();
        assertThat(out().lines()).hasSize(1);
        assertThat(JsonMapper.shared().readTree(out()).get("version").asString())
                .isEqualTo("0.1.0");
    }

    @Test
    void shouldExitWithOneWhenTheAnswerIsAnError() {
        assertThat(run("call nosuch")).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err()).startsWith("error: no live call has this id: id=nosuch (");
    }

    @Test
    void shouldExitWithOneWhenTheJsonIsAnErrorAndStillPrintIt() {
        rig.appliance.drifting = true;
        assertThat(run("audit -j")).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(out()).has("error")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "status\nquit"})
    void shouldExitWithTwoWhenItIsNotOneCommand(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(err()).startsWith("console: not one command: length=" + command.length());
        assertThat(rig.counter("console.accepted")).isZero();
    }

    @Test
    void shouldQuit() {
        assertThat(run("quit")).isZero();
        assertThat(out()).isEmpty();
    }

    @Test
    void shouldSayThatNothingListensThere() throws IOException {
        SocketAddress nobody;
        try (var listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            nobody = listener.getLocalAddress();
        }
        assertThat(client(nobody, "").run(Optional.of("status"))).isEqualTo(1);
        assertThat(err()).startsWith("console: cannot connect: address=").contains("is the appliance running?");
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void shouldSayThatTheAnswerIsCutOff() throws Exception {
        try (var listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var killed = Thread.ofVirtual().start(() -> {
                try (var channel = listener.accept()) {
                    channel.write(ByteBuffer.wrap("half of\n".getBytes(StandardCharsets.US_ASCII)));
                    channel.shutdownOutput();
                    channel.read(ByteBuffer.allocate(100));
                } catch (IOException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
            assertThat(client(listener.getLocalAddress(), "").run(Optional.of("status")))
                    .isEqualTo(1);
            killed.join();
        }
        assertThat(out()).isEqualTo("half of\n");
        assertThat(err()).startsWith("console: the answer is cut off");
    }

    @Test
    void shouldTellThatTheConsoleIsFull() throws IOException {
        try (var full = new ConsoleRig(ConsoleRig.SETTINGS.withClientsMax(1));
                var first = full.peer()) {
            first.send("latency\n");
            assertThat(first.answer()).hasSize(3);
            assertThat(client(full.server.address(), "").run(Optional.of("status")))
                    .isEqualTo(1);
            assertThat(err()).startsWith("error: console is full: clients=1 limit=1");
        }
    }

    @Test
    void shouldReachTheUnixSocket(@TempDir Path folder) throws IOException {
        var path = folder.resolve("console.sock");
        try (var unix = new ConsoleRig(ConsoleRig.SETTINGS.withSocket(path))) {
            assertThat(client(UnixDomainSocketAddress.of(path), "").run(Optional.of("config")))
                    .isZero();
            assertThat(out()).contains("generation  g-000012");
            assertThat(unix.counter("console.accepted")).isEqualTo(1);
        }
        assertThat(client(UnixDomainSocketAddress.of(path), "").run(Optional.of("config")))
                .isEqualTo(1);
    }

    @Test
    void shouldPassLinesOfAPipeWithTheEndsOfTheirAnswers() throws IOException {
        try (var channel = SocketChannel.open(rig.server.address())) {
            assertThat(client(rig.server.address(), "drain off\nnosuch").pass(channel))
                    .isEqualTo(1);
        }
        assertThat(out().lines())
                .containsExactly(
                        "serving: new calls are taken, calls in progress=3",
                        "OK",
                        "ERROR unknown command: name=nosuch (help lists the commands)");
    }

    @Test
    void shouldTurnALocalTerminalIntoOneOfTheConsole() throws Exception {
        var screen = new Screen();
        var terminal = new LineDisciplineTerminal("test", "xterm", screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(100, 30));
        try (var channel = SocketChannel.open(rig.server.address())) {
            var before = terminal.getAttributes();
            TerminalClient.announce(channel);
            var client = new TerminalClient(channel, terminal);
            var done = Thread.ofVirtual().start(() -> {
                try {
                    client.run();
                } catch (IOException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
            screen.await("tandem> ");
            terminal.processInputBytes("lat\t".getBytes(StandardCharsets.US_ASCII));
            screen.await("latency");
            terminal.processInputBytes("\r".getBytes(StandardCharsets.US_ASCII));
            screen.await("1234.6");
            terminal.processInputBytes("drain\003\r".getBytes(StandardCharsets.US_ASCII));
            terminal.processInputBytes("quit\r".getBytes(StandardCharsets.US_ASCII));
            done.join();
            assertThat(terminal.getAttributes().toString()).isEqualTo(before.toString());
            assertThat(rig.counter("console.terminals")).isEqualTo(1);
            assertThat(rig.appliance.draining).isFalse();
        }
    }

    /** What the terminal shows, readable from another thread. */
    private static final class Screen extends OutputStream {

        private final StringBuilder painted = new StringBuilder();

        @Override
        public synchronized void write(int b) {
            painted.append((char) (b & 0xff));
        }

        private synchronized boolean shows(String text) {
            return painted.indexOf(text) >= 0;
        }

        void await(String text) {
            ConsoleRig.await("painted " + text, () -> shows(text));
        }
    }
}
