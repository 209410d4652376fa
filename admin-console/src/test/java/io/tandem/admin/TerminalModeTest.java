package io.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalModeTest {

    private static final String ARROW_UP = "\u001b[A";
    private static final byte[] ESCAPE = {0x1b};

    private final ConsoleRig rig;

    TerminalModeTest() throws IOException {
        rig = new ConsoleRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** A telnet client that says at once what it is, as PuTTY and our own do. */
    private Peer terminal(String type) throws IOException {
        var peer = rig.peer();
        peer.send(Telnet.command(Telnet.WILL, Telnet.TERMINAL_TYPE));
        assertThat(peer.bytes(12)).containsExactly(255, 251, 1, 255, 251, 3, 255, 253, 31, 255, 253, 24);
        assertThat(peer.bytes(6)).containsExactly(255, 250, 24, 1, 255, 240);
        peer.send(Telnet.command(Telnet.DO, Telnet.ECHO)).send(Telnet.command(Telnet.DO, Telnet.SUPPRESS_GO_AHEAD));
        peer.send(Telnet.command(Telnet.WILL, Telnet.WINDOW_SIZE)).send(Telnet.windowSize(132, 50));
        peer.send(Telnet.subnegotiation(Telnet.TERMINAL_TYPE, ("\0" + type).getBytes(StandardCharsets.US_ASCII)));
        peer.expect("tandem> ");
        return peer;
    }

    @Test
    void shouldGreetWithAPromptAndAnswerCommands() throws IOException {
        try (var peer = terminal("XTERM-256COLOR")) {
            peer.send("latency\r\0");
            assertThat(peer.expect("1234.6")).contains("stage  count  p50 us");
            peer.expect("tandem> ");
            peer.send("stauts\r\n");
            peer.expect("error: unknown command: name=stauts");
            peer.expect("did you mean status?");
            peer.expect("tandem> ");
        }
        assertThat(rig.counter("console.terminals")).isEqualTo(1);
    }

    @Test
    void shouldCompleteACommandByTab() throws IOException {
        try (var peer = terminal("xterm")) {
            peer.send("lat\t");
            peer.expect("latency");
            peer.send("\r");
            peer.expect("1234.6");
        }
    }

    @Test
    void shouldListLiveCallsByTab() throws IOException {
        try (var peer = terminal("xterm")) {
            peer.send("call \t");
            peer.expect("call_01  (442071838751 -> 12025550121 Confirmed)");
            peer.expect("call_03");
            peer.expect("call_02  (.[2J.OK.442 -> 12025550122 Proceeding)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[A", "\u001bOA"})
    void shouldBringBackTheLastLineByArrowUp(String arrowUp) throws IOException {
        try (var peer = terminal("xterm")) {
            peer.send("explain 442071838750 12025550123\r");
            peer.expect("accepted");
            peer.expect("tandem> ");
            peer.send(arrowUp);
            peer.expect("explain 442071838750 12025550123");
            peer.send("\r");
            peer.expect("accepted");
        }
        assertThat(rig.appliance.questions).hasSize(2);
    }

    @Test
    void shouldBringBackTheLinesOfAnEarlierTerminal() throws IOException {
        try (var peer = terminal("xterm")) {
            peer.send("latency\r");
            peer.expect("1234.6");
        }
        try (var peer = terminal("xterm")) {
            peer.send(ARROW_UP);
            peer.expect("latency");
        }
    }

    @Test
    void shouldLeaveOnQuitAndOnCtrlD() throws IOException {
        try (var peer = terminal("xterm")) {
            peer.send("quit\r");
            peer.rest();
        }
        try (var peer = terminal("vt100")) {
            peer.send((byte) 4);
            peer.rest();
        }
        ConsoleRig.await("clients gone", () -> rig.counter("console.clients") == 0);
    }

    @Test
    void shouldDiscardTheLineOnCtrlCAndOnTelnetInterrupt() throws IOException {
        try (var peer = terminal("xterm")) {
            peer.send("drain\003\r\0");
            peer.send("drain").send(255, Telnet.IP).send("\r\0");
            peer.send("latency\r");
            peer.expect("1234.6");
        }
        assertThat(rig.appliance.draining).isFalse();
    }

    @Test
    void shouldServeATerminalThatWillNotNameItsType() throws IOException {
        try (var peer = rig.peer()) {
            peer.send(Telnet.command(Telnet.WONT, Telnet.TERMINAL_TYPE));
            peer.expect("tandem> ");
            peer.send("latency\r\n");
            peer.expect("1234.6");
        }
    }

    @Test
    void shouldTurnAClientThatAnswersTheQuestionIntoATerminal() throws IOException {
        try (var asking = new ConsoleRig(ConsoleRig.SETTINGS.withProbeAfter(Duration.ofMillis(1)));
                var peer = asking.peer()) {
            assertThat(peer.bytes(3)).containsExactly(255, 253, 24);
            peer.send(Telnet.command(Telnet.WILL, Telnet.TERMINAL_TYPE));
            peer.send(Telnet.subnegotiation(Telnet.TERMINAL_TYPE, "\0linux".getBytes(StandardCharsets.US_ASCII)));
            peer.expect("tandem> ");
            peer.send("latency\r\0");
            peer.expect("1234.6");
        }
    }

    @Test
    void shouldRefuseOptionsThatItDoesNotKnowAndAnswerAreYouThere() throws IOException {
        try (var peer = rig.peer()) {
            peer.send(255, Telnet.DO, 39);
            assertThat(peer.bytes(15)).endsWith(255, Telnet.WONT, 39);
            peer.send(255, Telnet.WILL, 34);
            assertThat(peer.bytes(3)).containsExactly(255, Telnet.DONT, 34);
            peer.send(255, Telnet.AYT);
            assertThat(peer.bytes(9)).asString().contains("[yes]");
        }
    }

    @Test
    void shouldStopAnsweringAClientThatNegotiatesWithoutEnd() throws IOException {
        try (var peer = rig.peer()) {
            for (int i = 0; i < 10_000; i++) {
                peer.send(255, Telnet.DO, 100 + i % 100);
            }
            peer.send(255, Telnet.EOF);
            assertThat(peer.rest().length).isLessThan(2_000);
        }
    }

    @Test
    void shouldCloseATerminalWhoseLineHasNoEnd() throws IOException {
        try (var peer = terminal("dumb")) {
            peer.send("x".repeat(ConsoleSettings.LINE_MAX + 1));
            peer.expect("line is too long: limit=4096");
            peer.rest();
        }
        assertThat(rig.counter("console.lines.overlong")).isEqualTo(1);
        ConsoleRig.await("client gone", () -> rig.counter("console.clients") == 0);
    }

    @Test
    void shouldKeepEscapeSequencesOfPeersFromTheTerminal() throws IOException {
        try (var peer = terminal("dumb")) {
            peer.send("calls\r");
            assertThat(peer.expect("matched=3"))
                    .contains(".[2J.OK.442")
                    .doesNotContain(new String(ESCAPE, StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "XTERM-256COLOR,xterm-256color",
        "xterm,xterm",
        "VT220,xterm",
        "linux,xterm",
        "tmux-256color,screen",
        "screen.xterm-256color,screen",
        "rxvt-unicode,rxvt",
        "ansi-bbs,ansi",
        "network,dumb",
        "'$(reboot)',dumb",
        "'',dumb"
    })
    void shouldServeUnknownTypesAsTheNearestKnownOne(String name, String type) {
        assertThat(TerminalMode.type(name)).isEqualTo(type);
    }

    @Test
    void shouldLetGoOfAClientThatTypesOnAfterItHasLeft() throws IOException {
        try (var peer = terminal("xterm")) {
            peer.send("quit\r" + "x".repeat(ConsoleSettings.LINE_MAX - 1));
            ConsoleRig.await("client gone", () -> rig.counter("console.clients") == 0);
        }
    }

    @Test
    void shouldSurviveRandomBytesBehindATelnetCommand() throws IOException {
        long seed = Long.getLong("tandem.seed", 815);
        System.out.println("seed: tandem.seed=" + seed);
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            var bytes = new byte[2 + random.nextInt(1_500)];
            random.nextBytes(bytes);
            bytes[0] = (byte) Telnet.IAC;
            try (var peer = rig.peer()) {
                peer.send(bytes);
                peer.halfClose();
                peer.rest();
            } catch (IOException reset) {
                assertThat(reset).hasMessageMatching("Connection reset.*|Broken pipe.*");
            }
        }
        ConsoleRig.await("clients gone", () -> rig.counter("console.clients") == 0);
        try (var peer = terminal("xterm")) {
            peer.send("latency\r");
            peer.expect("1234.6");
        }
    }
}
