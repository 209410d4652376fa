package io.tandem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.ConsoleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dtandem.docs.write=true} after a change of the command table. */
class ConsoleReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "console.md");

    @Test
    void shouldBeThePageInTheDocumentation() throws IOException {
        if (Boolean.getBoolean("tandem.docs.write")) {
            Files.writeString(PAGE, ConsoleReference.markdown());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(ConsoleReference.markdown());
    }

    @Test
    void shouldStateTheLimitsInForce() {
        assertThat(ConsoleReference.markdown())
                .contains(
                        "127.0.0.1:" + ConsoleSettings.PORT,
                        "Up to " + ConsoleSettings.CLIENTS_MAX + " clients",
                        "up to " + ConsoleSettings.LINE_MAX,
                        "unread for " + ConsoleSettings.STALL_MAX.toSeconds() + " seconds",
                        "silent for " + ConsoleSettings.PROBE_AFTER.toMillis() + " ms",
                        "silent for an hour");
        assertThat(ConsoleSettings.IDLE_MAX.toMinutes()).isEqualTo(60);
    }
}
