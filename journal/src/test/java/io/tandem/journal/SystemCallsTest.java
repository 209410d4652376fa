package io.tandem.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SystemCallsTest {
    private static final int EINVAL = 22;
    private static final int NO_CPU = 4000;

    @Test
    void shouldKeepTheCallingThreadOnOneCpu() {
        final CompletableFuture<String> allowed = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            final int error = SystemCalls.pin(0);
            allowed.complete(error == 0 ? allowedCpus() : "errno=" + error);
        });
        assertThat(allowed.join()).isEqualTo("0");
        assertThat(allowedCpus()).as("of the thread that asked for nothing").isNotEmpty();
    }

    @Test
    void shouldReturnTheErrorNumberForACpuThatIsNotThere() {
        assertThat(SystemCalls.pin(NO_CPU)).isEqualTo(EINVAL);
    }

    private static String allowedCpus() {
        try (var lines = Files.lines(Path.of("/proc/thread-self/status"))) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
