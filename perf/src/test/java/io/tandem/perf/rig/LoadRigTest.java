package io.tandem.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.perf.rig.Latencies.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets on ports that the system chooses; rates low enough for a busy machine. */
class LoadRigTest {
    private static final int RATE = 100;

    private static RigSettings settings(final InetSocketAddress target, final long pid) {
        return new RigSettings(
                RATE,
                0,
                1,
                50,
                10_000,
                target,
                BenchCommand.address("127.0.0.2:0"),
                BenchCommand.address("127.0.0.3:0"),
                "12025550123",
                pid);
    }

    @Test
    void shouldCompleteEveryCallToItsOwnCallee() throws IOException {
        try (LoadRig rig = LoadRig.openDirect(settings(null, RigSettings.FIND_PID), Progress.silent())) {
            final RigResult result = rig.run();
            assertThat(result.phase().counts().completed).as(result.toText()).isEqualTo(RATE);
            assertThat(result.phase().counts().failed).isZero();
            assertThat(result.phase().latencies().of(Span.INVITE_TO_ANSWER).getTotalCount())
                    .isEqualTo(RATE);
            assertThat(result.used())
                    .as("its own process listens at the target")
                    .isNotNull();
            assertThat(result.used().cpuNs()).isPositive();
            assertThat(result.toMap()).containsEntry("completed", (long) RATE);
        }
    }

    @Test
    void shouldFailAtOnceWhenNobodyListens() throws IOException {
        final InetSocketAddress closed;
        try (UdpEndpoint endpoint = UdpEndpoint.open(BenchCommand.address("127.0.0.1:0"), null)) {
            closed = endpoint.localAddress();
        }
        try (LoadRig rig = LoadRig.open(settings(closed, RigSettings.NO_PID), Progress.silent())) {
            final RigResult result = rig.run();
            assertThat(result.isOk()).isFalse();
            assertThat(result.failure()).startsWith("nobody listens at the target");
            assertThat(result.toText()).contains("FAIL nobody listens");
        }
    }

    @Test
    void shouldCallThroughTheRelay(@TempDir final Path directory) throws IOException, InterruptedException {
        final Path relay = CompareCommand.compileRelay(directory);
        final InetSocketAddress caller = freePort("127.0.0.2");
        final InetSocketAddress callee = freePort("127.0.0.3");
        final InetSocketAddress address = freePort("127.0.0.1");
        final List<String> command = List.of(
                relay.toString(),
                "127.0.0.1",
                Integer.toString(address.getPort()),
                "127.0.0.2",
                Integer.toString(caller.getPort()),
                "127.0.0.3",
                Integer.toString(callee.getPort()));
        try (Contender contender = Contender.start("relay", address, directory, 0, true, command)) {
            final RigSettings run =
                    new RigSettings(RATE, 0, 1, 0, 10_000, address, caller, callee, "1", contender.pid());
            try (LoadRig rig = LoadRig.open(run, Progress.silent())) {
                final RigResult result = rig.run();
                assertThat(result.phase().counts().completed)
                        .as(result.toText())
                        .isEqualTo(RATE);
                assertThat(result.phase().latencies().of(Span.INVITE_TO_TRYING).getTotalCount())
                        .isEqualTo(RATE);
                assertThat(result.used().contextSwitches()).isPositive();
            }
            assertThat(ServerProcess.listeningAt(address)).hasValue(contender.pid());
        }
        assertThat(ServerProcess.listeningAt(address))
                .as("the relay was stopped")
                .isEmpty();
        assertThat(Files.readString(directory.resolve("relay.log"))).isEqualTo("ready\n");
    }

    private static InetSocketAddress freePort(final String host) throws IOException {
        try (UdpEndpoint endpoint = UdpEndpoint.open(BenchCommand.address(host + ":0"), null)) {
            return endpoint.localAddress();
        }
    }
}
