package io.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.admin.command.Caller;
import io.tandem.admin.command.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleServerTest {

    private static final InetAddress EVERYWHERE = InetAddress.ofLiteral("0.0.0.0");

    @Test
    void shouldRefuseTheClientBeyondTheLimitWithOneLineAndLetInTheNextWhenOneLeaves() throws IOException {
        try (var rig = new ConsoleRig()) {
            var peers = new ArrayList<Peer>();
            for (int i = 0; i < ConsoleSettings.CLIENTS_MAX; i++) {
                peers.add(rig.peer());
            }
            try (var refused = rig.peer()) {
                assertThat(refused.line())
                        .isEqualTo("ERROR console is full: clients=100 limit=100 (leave another client first)");
                assertThat(refused.line()).isNull();
            }
            assertThat(rig.counter("console.refused.full")).isEqualTo(1);
            for (var peer : peers) {
                peer.send("latency\n");
                assertThat(peer.answer()).hasSize(3);
            }
            peers.getFirst().close();
            ConsoleRig.await("place given back", () -> rig.counter("console.clients") == 99);
            try (var next = rig.peer()) {
                next.send("latency\n");
                assertThat(next.line()).startsWith("stage");
            }
            for (var peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void shouldCloseAClientThatDoesNotReadAndServeTheOthersMeanwhile() throws IOException {
        try (var rig = new ConsoleRig();
                var slow = new Peer(rig.server.address(), 4096)) {
            rig.appliance.counterCount = 100_000;
            slow.send("counters\ncounters\ncounters\n");
            ConsoleRig.await("slow client is served", () -> rig.counter("console.commands") == 1);
            askAndLeave(rig);
            ConsoleRig.await("other client gone", () -> rig.counter("console.clients") == 1);
            ConsoleRig.await("stalled client closed", () -> {
                rig.clock.advance(ConsoleSettings.STALL_MAX.plusNanos(1));
                rig.server.sweep();
                return rig.counter("console.closed.stalled") > 0;
            });
            ConsoleRig.await("slow client gone", () -> rig.counter("console.clients") == 0);
            askAndLeave(rig);
        }
    }

    private static void askAndLeave(ConsoleRig rig) throws IOException {
        try (var peer = rig.peer()) {
            peer.send("latency\nquit\n");
            assertThat(peer.answer()).hasSize(3);
        }
    }

    @Test
    void shouldCloseASilentClientAfterTheIdleLimitAndNotBefore() throws IOException {
        try (var rig = new ConsoleRig();
                var silent = rig.peer()) {
            ConsoleRig.await("client let in", () -> rig.counter("console.clients") == 1);
            rig.clock.advance(ConsoleSettings.IDLE_MAX);
            rig.server.sweep();
            assertThat(rig.counter("console.closed.idle")).isZero();
            rig.clock.advance(Duration.ofNanos(1));
            rig.server.sweep();
            assertThat(silent.line()).isNull();
            assertThat(rig.counter("console.closed.idle")).isEqualTo(1);
        }
    }

    @Test
    void shouldServeAUnixSocketOfItsOwnerOnlyAndRemoveItAtTheEnd(@TempDir Path folder) throws IOException {
        var path = folder.resolve("console.sock");
        try (var rig = new ConsoleRig(ConsoleRig.SETTINGS.withSocket(path))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                var out = Channels.newOutputStream(channel);
                out.write("drain\nquit\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("draining: new calls are refused since 2026-11-20T17:00:00.123Z")
                        .endsWith("\nOK\nOK\n");
            }
            assertThat(rig.audit.entered.getFirst().who()).isEqualTo("unix:" + path);
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldReplaceASocketFileThatAKilledProcessLeft(@TempDir Path folder) throws IOException {
        var path = folder.resolve("console.sock");
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        try (var rig = new ConsoleRig(ConsoleRig.SETTINGS.withSocket(path))) {
            assertThat(rig.server.port()).isPositive();
            assertThat(path).exists();
        }
    }

    @Test
    void shouldLeaveASocketThatIsInUseAndAFileThatIsNoSocket(@TempDir Path folder) throws IOException {
        var used = folder.resolve("used.sock");
        var file = Files.writeString(folder.resolve("file"), "kept");
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(used));
            assertThatThrownBy(() -> new ConsoleRig(ConsoleRig.SETTINGS.withSocket(used)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("console cannot listen: socket=" + used + " reason=another process");
        }
        assertThatThrownBy(() -> new ConsoleRig(ConsoleRig.SETTINGS.withSocket(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a socket");
        assertThat(file).hasContent("kept");
        assertThat(used).exists();
    }

    @Test
    void shouldNameThePortThatIsInUse() throws IOException {
        try (var rig = new ConsoleRig()) {
            assertThatThrownBy(() -> new ConsoleRig(ConsoleSettings.loopback(rig.server.port())))
                    .isInstanceOf(IOException.class)
                    .hasMessage("console cannot listen: address=127.0.0.1:" + rig.server.port()
                            + " reason=another process listens there");
        }
    }

    @Test
    void shouldRefuseToListenBeyondLoopback() {
        assertThatThrownBy(() -> ConsoleSettings.loopback(0).withBind(new InetSocketAddress(EVERYWHERE, 2323)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("console has no login and listens on loopback only: bind=0.0.0.0"
                        + " (bind it to 127.0.0.1 or ::1 and come by way of ssh)");
    }

    @Test
    void shouldServeIpv6Loopback() throws IOException {
        var bind = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
        try (var rig = new ConsoleRig(ConsoleRig.SETTINGS.withBind(bind));
                var peer = rig.peer()) {
            peer.send("latency\n");
            assertThat(peer.answer()).hasSize(3);
        }
    }

    @Test
    void shouldKeepObserversFromChangingTheState() throws IOException {
        try (var rig = new ConsoleRig(ConsoleRig.SETTINGS.withRole(Role.OBSERVER));
                var peer = rig.peer()) {
            peer.send("drain\nlatency\n");
            assertThat(peer.answer()).last().asString().startsWith("ERROR this client may not run the command");
            assertThat(peer.answer()).hasSize(3);
            assertThat(rig.appliance.draining).isFalse();
        }
    }

    @Test
    void shouldEndEveryConnectionWhenClosed() throws IOException {
        var rig = new ConsoleRig();
        try (var peer = rig.peer()) {
            peer.send("latency\n");
            assertThat(peer.answer()).hasSize(3);
            rig.close();
            assertThat(peer.line()).isNull();
            ConsoleRig.await("clients gone", () -> rig.counter("console.clients") == 0);
        }
    }

    @Test
    void shouldAskASilentTcpClientForItsTerminalAndTakeAPlainOneAfterAll() throws IOException {
        try (var rig = new ConsoleRig(ConsoleRig.SETTINGS.withProbeAfter(Duration.ofMillis(1)));
                var peer = rig.peer()) {
            assertThat(peer.bytes(8)).containsExactly(255, 253, 24, '\r', ' ', ' ', ' ', '\r');
            peer.send("latency\n");
            assertThat(peer.answer()).hasSize(3).first().asString().startsWith("stage");
        }
    }

    @Test
    void shouldNeverAskAProgramThatSpokeFirst() throws Exception {
        try (var listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var peer = new Peer((InetSocketAddress) listener.getLocalAddress());
                var rig = new ConsoleRig()) {
            var connection = rig.server.connection(listener.accept(), new Caller("test", Role.OPERATOR));
            var thread = Thread.ofVirtual().start(connection::run);
            peer.send("\nlatency\n");
            assertThat(peer.answer()).hasSize(3);
            connection.probe();
            peer.send("latency\nquit\n");
            assertThat(peer.line()).startsWith("stage");
            thread.join();
        }
    }
}
