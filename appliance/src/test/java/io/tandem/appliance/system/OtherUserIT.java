package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories of somebody else: to make them takes root, to be refused by them a root that has given up its rights. */
@Timeout(120)
class OtherUserIT {
    private static final int NOBODY = 65_534;
    private static final List<String> WITHOUT_RIGHTS = List.of(
            "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search");

    @TempDir
    private Path directory;

    @BeforeEach
    void requireRights() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && canGiveUpRights(),
                "not run: takes root and setpriv (Debian package util-linux)");
    }

    @Test
    void shouldRefuseToReadTheJournalOfAnotherUser() throws Exception {
        final Path data = Files.createDirectory(directory.resolve("data"));
        for (final String queue : List.of("inputs", "records", "snapshots")) {
            give(Files.createDirectory(data.resolve(queue)), "rwx------");
        }
        give(data, "rwx------");
        final String sentence = "1 tandem: data directory cannot be read: path=" + data
                + " user=root reason=permission denied (ask as the user that the appliance runs as)\n";
        assertThat(ApplianceProcess.runBy(WITHOUT_RIGHTS, "cdr", "--data", data.toString()))
                .isEqualTo(sentence);
        assertThat(ApplianceProcess.runBy(WITHOUT_RIGHTS, "replay", "--data", data.toString()))
                .isEqualTo(sentence);
        assertThat(ApplianceProcess.runBy(WITHOUT_RIGHTS, "trace", "a", "--data", data.toString()))
                .isEqualTo(sentence);
    }

    @Test
    void shouldSayThatTheApplianceCannotReadAFileThatWhoImportsItCan() throws Exception {
        final Path data = directory.resolve("data");
        final Path file = Files.writeString(
                directory.resolve("configuration.ndjson"), "{\"resource\":\"accounts\",\"name\":\"acme\"}\n");
        give(file, "rw-------");
        try (ApplianceProcess appliance = ApplianceProcess.startBy(
                WITHOUT_RIGHTS,
                data,
                "sip.bind=127.0.0.1:0",
                "console.bind=127.0.0.1:0",
                "http.bind=off",
                "journal.block=1MiB",
                "journal.reserve=0B")) {
            assertThat(ApplianceProcess.run("import", "--data", data.toString(), file.toString()))
                    .startsWith("1 ")
                    .contains(
                            "the appliance cannot read the file: file=" + file + " user=root reason=permission denied")
                    .contains("put it where that user may read it");
            assertThat(ApplianceProcess.run("import", "--data", data.toString(), directory.toString()))
                    .startsWith("1 tandem: file cannot be read: file=" + directory)
                    .contains("reason=it is a directory");
            assertThat(ApplianceProcess.run(
                            "apply",
                            "--data",
                            data.toString(),
                            directory.resolve("none").toString()))
                    .startsWith("1 ")
                    .contains("the appliance cannot read the file: ", "reason=no such file or directory");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(ApplianceProcess.run("import", "--data", data.toString(), file.toString()))
                    .startsWith("0 ");
            assertThat(appliance.stop()).isZero();
        }
    }

    private static void give(final Path path, final String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        Files.setAttribute(path, "unix:uid", NOBODY);
    }

    private static boolean canGiveUpRights() throws Exception {
        final List<String> command = new ArrayList<>(WITHOUT_RIGHTS);
        command.add("true");
        try {
            final Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException e) {
            return false;
        }
    }
}
