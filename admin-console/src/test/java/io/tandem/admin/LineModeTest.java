package io.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LineModeTest {

    private final ConsoleRig rig;

    LineModeTest() throws IOException {
        rig = new ConsoleRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldAnswerAPlainSocketWithTextAndOkAlone() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("drain off\n");
            assertThat(peer.answer()).containsExactly("serving: new calls are taken, calls in progress=3", "OK");
        }
    }

    @Test
    void shouldEndAFailedAnswerWithAnErrorThatSaysHowToMendIt() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("stauts\r\n");
            assertThat(peer.answer())
                    .containsExactly(
                            "ERROR unknown command: name=stauts (did you mean status? help lists the commands)");
        }
    }

    @Test
    void shouldAnswerJsonInExactlyOneLine() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("status -j\ncall nosuch -j\nhelp quit\n");
            assertThat(JsonMapper.shared()
                            .readTree(peer.line())
                            .get("calls_live")
                            .asInt())
                    .isEqualTo(3);
            assertThat(peer.line()).startsWith("{\"error\":{\"what\":\"no live call has this id: id=nosuch\"");
            assertThat(peer.answer()).last().isEqualTo("OK");
        }
    }

    @Test
    void shouldAnswerPipelinedCommandsInOrderAndLeaveAfterQuit() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("calls limit 1\n\n\nlatency\nquit\nstatus\n");
            assertThat(peer.answer()).last().isEqualTo("OK");
            assertThat(peer.answer()).first().asString().startsWith("stage");
            assertThat(peer.answer()).containsExactly("OK");
            assertThat(peer.line()).isNull();
        }
        assertThat(rig.counter("console.commands")).isEqualTo(3);
    }

    @Test
    void shouldAnswerALastLineWithoutLineEndWhenTheClientHalfCloses() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("listeners\nlatency");
            peer.halfClose();
            assertThat(peer.answer()).first().asString().startsWith("listener");
            assertThat(peer.answer()).first().asString().startsWith("stage");
            assertThat(peer.line()).isNull();
        }
    }

    @Test
    void shouldTakeLinesThatArriveByteByByte() throws IOException {
        try (var peer = rig.peer()) {
            for (byte b : "latency\r\n".getBytes(StandardCharsets.US_ASCII)) {
                peer.send(b);
            }
            assertThat(peer.answer()).hasSize(3);
        }
    }

    @Test
    void shouldIndentALineThatWouldReadAsTheEndOfTheAnswer() throws IOException {
        try (var listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var near = SocketChannel.open(listener.getLocalAddress());
                var far = listener.accept()) {
            var output = new ClientOutput(far, rig.clock);
            var mode = new LineMode(output, null, null, new ConsoleCounters(), 64);
            mode.line("OK");
            mode.line("ERROR of a peer");
            mode.line("OKAY");
            mode.done();
            far.shutdownOutput();
            assertThat(new String(Channels.newInputStream(near).readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(" OK\n ERROR of a peer\nOKAY\nOK\n");
        }
    }

    @Test
    void shouldKeepWhatPeersSentFromForgingTheEndOfAnAnswer() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("calls\n");
            assertThat(peer.answer()).hasSize(6);
        }
    }

    @Test
    void shouldRefuseALineBeyondTheLimitAndClose() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("x".repeat(ConsoleSettings.LINE_MAX + 1) + "\nstatus\n");
            assertThat(peer.line()).isEqualTo("ERROR line is too long: limit=4096 (the connection is closed)");
        }
        assertThat(rig.counter("console.lines.overlong")).isEqualTo(1);
        assertThat(rig.counter("console.commands")).isZero();
    }

    @Test
    void shouldTakeALineOfExactlyTheLimit() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("calls " + "x".repeat(ConsoleSettings.LINE_MAX - 6) + "\n");
            assertThat(peer.answer()).last().isEqualTo("OK");
        }
    }

    @Test
    void shouldRefuseBytesThatAreNotTextAndGoOn() throws IOException {
        try (var peer = rig.peer()) {
            peer.send(new byte[] {'a', 0, '\n', 'b', (byte) 0xc3, '\n', 'c', (byte) 0xff, (byte) 0xfd, 1, '\n'});
            assertThat(peer.line())
                    .isEqualTo("ERROR line is not UTF-8 text: bytes=2 at=1 byte=0 (send one command a line)");
            assertThat(peer.line()).isEqualTo("ERROR line is not UTF-8 text: bytes=2 (send one command a line)");
            assertThat(peer.line())
                    .isEqualTo("ERROR line is not UTF-8 text: bytes=4 at=3 byte=1 (send one command a line)");
            peer.send("latency\n");
            assertThat(peer.answer()).hasSize(3);
        }
        assertThat(rig.counter("console.lines.unreadable")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1", "GET /drain HTTP/1.0", "PRI * HTTP/2.0"})
    void shouldNotRunCommandsInTheBodyOfAnHttpRequest(String request) throws IOException {
        try (var peer = rig.peer()) {
            peer.send(request + "\r\nHost: localhost\r\n\r\ndrain\r\n");
            assertThat(peer.line()).startsWith("ERROR this is a console and not HTTP");
        }
        ConsoleRig.await("client closed", () -> rig.counter("console.clients") == 0);
        assertThat(rig.appliance.draining).isFalse();
        assertThat(rig.audit.entered).isEmpty();
    }

    @Test
    void shouldAnswerEveryLineOfRandomBytesAndStayOfUse() throws IOException {
        long seed = Long.getLong("tandem.seed", 4711);
        System.out.println("seed: tandem.seed=" + seed);
        var random = new Random(seed);
        try (var peer = rig.peer()) {
            peer.send("\n");
            for (int i = 0; i < 500; i++) {
                var line = new byte[1 + random.nextInt(200)];
                random.nextBytes(line);
                line[0] = 'z';
                for (int j = 0; j < line.length; j++) {
                    line[j] = line[j] == '\n' || line[j] == '\r' ? (byte) 'n' : line[j];
                }
                peer.send(line).send("\n");
                assertThat(peer.line()).startsWith("ERROR ");
            }
            peer.send("latency\n");
            assertThat(peer.answer()).hasSize(3);
        }
    }

    @Test
    void shouldReportWhoChangedTheState() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("drain\n");
            assertThat(peer.answer()).last().isEqualTo("OK");
        }
        assertThat(rig.audit.entered).singleElement().satisfies(command -> {
            assertThat(command.who()).startsWith("127.0.0.1:");
            assertThat(command.what()).isEqualTo("drain");
        });
        assertThat(rig.audit.answered).isEqualTo(List.of("drain true OK"));
    }

    @Test
    void shouldFinishAnImportWhoseClientHasLeft() throws IOException {
        try (var peer = rig.peer()) {
            peer.send("import /tmp/x.ndjson\n");
        }
        ConsoleRig.await("import answered", () -> !rig.audit.answered.isEmpty());
        assertThat(rig.audit.answered).containsExactly("import /tmp/x.ndjson true OK");
    }
}
