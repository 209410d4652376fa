package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a source checkout, with a JDK and a Maven that only say that they were called. */
@Timeout(60)
class LauncherTest {
    private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    private Path home;

    @BeforeEach
    void makeACheckoutThatIsBuilt() throws IOException {
        Files.copy(Path.of("..", "tandem"), home.resolve("tandem"));
        executable("tandem");
        for (final String file : new String[] {
            "pom.xml",
            "appliance/src/main/java/A.java",
            "appliance/src/test/java/ATest.java",
            "appliance/src/main/resources/logback.xml",
            "journal/src/main/resources/tandem-journal.xml",
            "perf/src/main/c/relay.c",
            "perf/src/main/assembly/archive.xml",
            "systemd/tandem.jvmargs",
            "systemd/tandem.toml",
            "docs/sample-configuration.ndjson",
            "docs/operations.md",
            "appliance/target/class-path",
            "perf/target/class-path",
            "perf/target/tandem-perf-1.jar"
        }) {
            write(file, "");
            age(file, file.contains("/target/") ? BUILT : BUILT.minusSeconds(3_600));
        }
        write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
        write("jdk/bin/java", "#!/bin/sh\necho java\n");
        executable("jdk/bin/java");
        write("bin/mvn", "#!/bin/sh\necho mvn\n");
        executable("bin/mvn");
    }

    @Test
    void shouldStartWhatIsBuilt() throws Exception {
        assertThat(run()).isEqualTo("java\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "appliance/src/main/java/A.java",
                "appliance/src/main/resources/logback.xml",
                "journal/src/main/resources/tandem-journal.xml",
                "perf/src/main/c/relay.c",
                "perf/src/main/assembly/archive.xml",
                "systemd/tandem.jvmargs",
                "systemd/tandem.toml",
                "docs/sample-configuration.ndjson"
            })
    void shouldBuildAgainWhenASourceIsNewer(final String source) throws Exception {
        age(source, BUILT.plusSeconds(60));
        assertThat(run()).contains("tandem: building", "mvn\n").endsWith("java\n");
        assertThat(run()).as("built once").isEqualTo("java\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"appliance/src/test/java/ATest.java", "docs/operations.md"})
    void shouldNotBuildForWhatIsNoPartOfIt(final String file) throws Exception {
        age(file, BUILT.plusSeconds(60));
        assertThat(run()).isEqualTo("java\n");
    }

    @Test
    void shouldLeaveHelpOnPreparingToTheProgram() throws Exception {
        assertThat(run("prepare", "--help")).isEqualTo("java\n");
    }

    @Test
    void shouldSayThatAStartCannotBePreparedWhereNothingCanBeWritten() throws Exception {
        Files.createDirectories(home.resolve("perf/target/tandem.aot.new"));
        final Process process = start("prepare");
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("tandem: start cannot be prepared: file=" + home.resolve("perf/target/tandem.aot") + " user="
                        + System.getProperty("user.name")
                        + " reason=its directory cannot be written (prepare as the owner of the installation)\n");
        assertThat(process.waitFor()).isOne();
    }

    private String run() throws IOException, InterruptedException {
        return run("--version");
    }

    private String run(final String... arguments) throws IOException, InterruptedException {
        final Process process = start(arguments);
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Process start(final String... arguments) throws IOException {
        final List<String> command =
                new ArrayList<>(List.of(home.resolve("tandem").toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        return builder.redirectErrorStream(true).start();
    }

    private void write(final String file, final String text) throws IOException {
        final Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void executable(final String file) throws IOException {
        Files.setPosixFilePermissions(home.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void age(final String file, final Instant modified) throws IOException {
        Files.setLastModifiedTime(home.resolve(file), FileTime.from(modified));
    }
}
