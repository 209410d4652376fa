package io.tandem.appliance.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleAddressTest {
    private static final InetSocketAddress FIRST = address("127.0.0.1", 40_001);
    private static final InetSocketAddress SECOND = address("::1", 40_002);

    @TempDir
    private Path data;

    @Test
    void shouldLeadClientsToTheConsoleOfTheDataDirectory() throws IOException {
        ConsoleAddress.write(data, FIRST);
        assertThat(ConsoleAddress.of(settings())).contains(FIRST);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("console"))))
                .isEqualTo("rw-------");

        ConsoleAddress.write(data, SECOND);
        assertThat(ConsoleAddress.of(settings())).contains(SECOND);
        assertThat(ConsoleAddress.of(settings().with(Setting.CONSOLE_BIND, "127.0.0.1:0")))
                .contains(SECOND);
        assertThat(ConsoleAddress.of(settings().with(Setting.CONSOLE_BIND, "off")))
                .contains(SECOND);
        assertThat(data).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void shouldFallBackToTheSettingsWhenNothingRuns() throws IOException {
        ConsoleAddress.write(data, FIRST);
        ConsoleAddress.remove(data);
        ConsoleAddress.remove(data);

        assertThat(ConsoleAddress.of(settings())).contains(address("127.0.0.1", 2323));
        assertThat(ConsoleAddress.of(settings().with(Setting.CONSOLE_BIND, "off")))
                .isEmpty();
    }

    @Test
    void shouldSayThatTheFileHoldsNoAddress() throws IOException {
        Files.writeString(data.resolve("console"), "nowhere");

        assertThatThrownBy(() -> ConsoleAddress.of(settings()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("value=nowhere");
    }

    private Settings settings() {
        return Settings.defaults().with(Setting.DATA, data.toString());
    }

    private static InetSocketAddress address(final String host, final int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
