package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.ImportProgress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running appliance looks after its journal whenever a snapshot was finished. */
@Timeout(60)
class UpkeepWiringTest {
    private static final String ACCOUNT = "{\"resource\":\"accounts\",\"name\":\"acme\"}\n";

    @TempDir
    private Path data;

    @Test
    void shouldRememberSwitchesAfterASnapshot() throws IOException {
        final Path switches = data.resolve("config/switches");
        try (RunningAppliance running = new RunningAppliance(data, ACCOUNT, "snapshot.tail=1000")) {
            final var imported = running.appliance()
                    .generations()
                    .importFrom(
                            () -> new ByteArrayInputStream(ACCOUNT.getBytes(StandardCharsets.UTF_8)),
                            0,
                            ImportProgress.SILENT);
            assertThat(running.appliance()
                            .offerConfiguration(imported.generation().orElseThrow()))
                    .isTrue();
            while (!Files.exists(switches)) {
                if (!running.appliance().offerCommand("drain off")) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
        assertThat(Files.readString(switches)).contains(" g00000001\n", " g00000002\n");
    }
}
