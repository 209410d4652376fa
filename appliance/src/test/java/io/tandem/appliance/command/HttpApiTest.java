package io.tandem.appliance.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.admin.http.HttpServer;
import io.tandem.appliance.driver.ApplianceException;
import io.tandem.appliance.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpApiTest {
    @TempDir
    private Path data;

    @Test
    void shouldDoWithoutItsDefaultPortWhenThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            final InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8080);
            try {
                other.bind(address);
            } catch (final IOException e) {
                assertThat(e).as("another process has it, which is as good").hasMessageContaining("in use");
            }
            assertThat(start()).isEmpty();
        }
    }

    @Test
    void shouldNotDoWithoutAPortThatWasChosen() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> start("http.bind=127.0.0.1:" + other.getLocalPort()))
                    .isInstanceOf(ApplianceException.class)
                    .hasMessage("http cannot be opened: http.bind=127.0.0.1:" + other.getLocalPort()
                            + " reason=another process listens there");
        }
    }

    @Test
    void shouldNotStartWithHalfACertificateEvenOnItsDefaultPort() {
        assertThatThrownBy(() -> start("http.certificate=/x.pem"))
                .isInstanceOf(ApplianceException.class)
                .hasMessageContaining("go together");
    }

    @Test
    void shouldMakeATokenOnceThatOnlyItsOwnerReads() throws IOException {
        Files.createFile(data.resolve("operator.token.new"));
        start("http.bind=127.0.0.1:0").orElseThrow().close();
        final String token = Files.readString(data.resolve("operator.token"));
        start("http.bind=127.0.0.1:0").orElseThrow().close();

        assertThat(token).hasSize(65);
        assertThat(Files.getPosixFilePermissions(data.resolve("operator.token")))
                .hasSize(2);
        assertThat(data.resolve("operator.token")).hasContent(token);
        assertThat(data.resolve("operator.token.new")).doesNotExist();
    }

    private Optional<HttpServer> start(final String... assignments) {
        return HttpApi.start(Settings.load(null, List.of(assignments)), data, null, null);
    }
}
