package io.tandem.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a command line that is wrong gets: one sentence and an exit status. */
class MainTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain 1 2 --at foo|--at is not a time: given=foo (write it as",
                "explain 1 2 --source here|--source is not an IP address: given=here (write it as",
                "cdr --last -3|--last must be a whole number from 1 on: given=-3",
                "check|Missing required parameter: ",
                "cdr --last 0|--last must be a whole number from 1 on: given=0",
                "cdr --config /nonexist.toml|tandem: settings file cannot be read: file=/nonexist.toml"
                        + " reason=no such file or directory (give another by --config FILE)"
            })
    void shouldAnswerWrongUsageWithStatusTwo(final String command, final String sentence) {
        assertThat(run(command.split(" ", -1))).startsWith("2 " + sentence).doesNotContain("Exception");
    }

    @Test
    void shouldSayWhyTheDataDirectoryCannotBeWritten() throws IOException {
        final Path file = Files.createFile(directory.resolve("file"));

        assertThat(run("run", "--data", file.resolve("data").toString()))
                .startsWith("1 tandem: data directory cannot be written: path=" + file.resolve("data") + " user=")
                .contains("(give one that this user may write: --data DIR)")
                .doesNotContain("Exception");
    }

    @Test
    void shouldRefuseAnImportWithoutAnyResource() throws IOException {
        final Path file = Files.writeString(directory.resolve("empty.ndjson"), "\n");
        final Path data = directory.resolve("data");

        assertThat(run("import", file.toString(), "--data", data.toString()))
                .startsWith("1 file has no resource, and an import replaces the whole configuration")
                .contains("refused, nothing was changed");
        assertThat(data.resolve("config/pending")).doesNotExist();
    }

    @Test
    void shouldNameEveryCommandAfterItsClass() {
        final List<Class<? extends TandemCommand>> commands = ServiceLoader.load(TandemCommand.class).stream()
                .<Class<? extends TandemCommand>>map(ServiceLoader.Provider::type)
                .toList();
        assertThat(commands).isNotEmpty().allSatisfy(command -> assertThat(Main.name(command))
                .isEqualTo(command.getAnnotation(CommandLine.Command.class).name()));
    }

    @Test
    void shouldTellTheVersionWithEveryCommand() {
        final String version = run("--version");
        assertThat(version).startsWith("0 tandem ");
        assertThat(run("run", "--version")).isEqualTo(version);
        assertThat(run("cdr", "-V")).isEqualTo(version);
        assertThat(run("prepare", "-V")).isEqualTo(version);
    }

    @Test
    void shouldExplainWhatTheLauncherDoesItself() {
        assertThat(run("prepare", "--help")).startsWith("0 ").contains("after every upgrade");
        assertThat(run("--help")).contains("  prepare  ");
        assertThat(run("prepare")).startsWith("1 tandem: a start is prepared by the launcher");
    }

    @Test
    void shouldListEveryCommandInOneSentence() {
        final List<String> commands = run("--help")
                .lines()
                .dropWhile(line -> !line.startsWith("Commands:"))
                .skip(1)
                .toList();

        assertThat(commands).hasSizeGreaterThanOrEqualTo(8).allMatch(line -> line.matches("  [a-z]+ +[A-Z].*\\."));
    }

    private static String run(final String... arguments) {
        final PrintStream out = System.out;
        final PrintStream err = System.err;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            final int status = Main.run(arguments);
            return status + " " + bytes.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
