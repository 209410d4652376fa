package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens between exec and {@code ready}. */
@Timeout(120)
class StartIT {
    @TempDir
    private Path directory;

    /**
     * Chronicle compiles classes that it does not find: seconds of a start. What it needs is made by the build. Its
     * look-up of the compiler loads a few classes of the interface to it and does no harm.
     */
    @Test
    void shouldNotRunTheJavaCompiler() throws Exception {
        final Path data = directory.resolve("data");
        startAndStop(data, directory.resolve("first.log"));
        startAndStop(data, directory.resolve("second.log"));
        for (final String log : List.of("first.log", "second.log")) {
            final List<String> classes = Files.readAllLines(directory.resolve(log));
            assertThat(classes).anyMatch(line -> line.contains("VanillaGlobalMutableState$$Native"));
            assertThat(classes)
                    .filteredOn(line -> line.contains("com.sun.tools.javac.main.")
                            || line.contains("com.sun.tools.javac.parser.")
                            || line.contains("com.sun.tools.javac.comp."))
                    .isEmpty();
        }
    }

    private static void startAndStop(final Path data, final Path log) throws Exception {
        try (ApplianceProcess appliance = ApplianceProcess.start(
                List.of("-Xlog:class+load:file=" + log),
                data,
                "sip.bind=127.0.0.1:0",
                "console.bind=127.0.0.1:0",
                "journal.block=1MiB",
                "journal.reserve=0B")) {
            assertThat(appliance.ready())
                    .containsPattern(
                            Pattern.compile("recovered calls=0 transactions=0 snapshotRecords=\\d+ tailTurns=\\d+"
                                    + " tailInputs=\\d+ ms=\\d+ warmUpCalls=\\d+ sinceExecMs=\\d+"));
            assertThat(appliance.stop()).isZero();
        }
    }
}
