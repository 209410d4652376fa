package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another graph is imported under the same version while a call waits in it, and the process is killed. */
@Timeout(120)
class FlowVersionsIT {
    private static final int TIMEOUT_MS = 10_000;

    @TempDir
    private Path directory;

    private ApplianceProcess start(final int port) throws Exception {
        return ApplianceProcess.start(
                directory.resolve("data"),
                "sip.bind=127.0.0.1:" + port,
                "console.bind=127.0.0.1:0",
                "profile=shared",
                "journal.block=1MiB",
                "journal.reserve=0B",
                "flows.private.servers=true");
    }

    @Test
    @DisplayName("a call goes on in the version it began with over an import, kill -9, a clean stop, and kill -9 again")
    void shouldKeepTheVersionOverAnImportAndAKill() throws Exception {
        try (SilentServer server = new SilentServer();
                SipPeer callee = new SipPeer("127.0.0.3", null);
                SipPeer caller = new SipPeer("127.0.0.2", null)) {
            final Path first = Files.writeString(
                    directory.resolve("first"), FlowVersionsTest.configuration(callee, server, TIMEOUT_MS, "pbx"));
            final Path second = Files.writeString(
                    directory.resolve("second"), FlowVersionsTest.configuration(callee, server, TIMEOUT_MS, "bye"));
            assertThat(ApplianceProcess.run(
                            "import", "--data", directory.resolve("data").toString(), first.toString()))
                    .contains("imported: ");
            final int port;
            try (ApplianceProcess appliance = start(0)) {
                port = appliance.sipPort();
                final InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
                caller.towards(address);
                callee.towards(address);
                caller.send(caller.invite("old", "12025550123", caller.branch()));
                assertThat(server.asked()).isEqualTo("/pbx");
                assertThat(appliance.ask("import " + second)).contains("imported");
                appliance.kill();
            }
            try (ApplianceProcess appliance = start(port)) {
                assertThat(appliance.stop()).isZero();
            }
            try (ApplianceProcess appliance = start(port)) {
                appliance.kill();
            }
            try (ApplianceProcess appliance = start(port)) {
                final String invite = callee.receive("INVITE");
                callee.send(callee.response(486, "Busy Here", invite, "callee"));
                caller.receive("SIP/2.0 486");
                assertThat(server.wasAsked()).isFalse();
                assertThat(appliance.ask("audit")).startsWith("0 ");
            }
        }
    }
}
