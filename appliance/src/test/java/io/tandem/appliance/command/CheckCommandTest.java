package io.tandem.appliance.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    private static final String ACME = "{\"resource\":\"accounts\",\"name\":\"acme\"}\n";
    private static final String PBX =
            "{\"resource\":\"trunks\",\"account_id\":\"name:acme\",\"name\":\"pbx\",\"proxy\":\"127.0.0.3:5080\"}\n";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayWhatAFileWithoutProblemsHolds() throws IOException {
        final Path file = file(ACME + PBX + number("12025550123") + number("12025550124"));

        assertThat(check(file.toString())).isEqualTo(TandemCommand.FINE);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        "fine: file=" + file + " lines=4 accounts=1 numbers=2 trunks=1 (nothing was changed)");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldNameEveryProblemWithItsLineAndField() throws IOException {
        final Path file = file(ACME + PBX.replace("5080", "99999") + number("12x") + number("12025550123") + "{\n");

        assertThat(check(file.toString())).isEqualTo(TandemCommand.WRONG);
        assertThat(err.toString().lines())
                .anyMatch(line -> line.startsWith("line 2: resource=trunks field=proxy value=127.0.0.3:99999: "))
                .anyMatch(line -> line.startsWith("line 3: resource=numbers field=e164 value=12x: "))
                .anyMatch(line -> line.startsWith("line 5: "))
                .endsWith("has problems: file=" + file + " problems=3")
                .hasSize(4);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldSayTheSameOfProblemsAsImport() throws IOException {
        final Path file = file(ACME
                + PBX.replace("acme", "nobody")
                + number("12x")
                + number("12025550123").repeat(2));
        final String data = directory.resolve("data").toString();

        assertThat(check(file.toString())).isEqualTo(TandemCommand.WRONG);
        final String checked = err.toString();
        err.getBuffer().setLength(0);
        assertThat(run(new ImportCommand(), file.toString(), "--data", data)).isEqualTo(TandemCommand.WRONG);

        assertThat(problems(checked)).isNotEmpty().isEqualTo(problems(err.toString()));
    }

    @Test
    void shouldAskTheApplianceAboutAChange() throws IOException {
        final Path file = file(number("12025550123"));

        assertThat(run(new CheckCommand(), file.toString(), "--change", "--data", directory.toString()))
                .as("nothing listens")
                .isEqualTo(TandemCommand.WRONG);
        assertThat(out.toString()).doesNotContain("fine:");
    }

    @Test
    void shouldCountTheProblemsThatItDoesNotPrint() throws IOException {
        assertThat(check(file(number("12x").repeat(1_003)).toString())).isEqualTo(TandemCommand.WRONG);

        assertThat(err.toString().lines().filter(line -> line.startsWith("line ")))
                .hasSize(1_000);
        assertThat(err.toString()).contains(" further problems").contains("line 1: ");
    }

    @Test
    void shouldWarnOfWhatHasNoEffectYet() throws IOException {
        final Path file = file(ACME + "{\"resource\":\"schedules\",\"account_id\":\"name:acme\",\"name\":\"hours\"}\n");

        assertThat(check(file.toString())).isEqualTo(TandemCommand.FINE);
        assertThat(err.toString()).startsWith("warning: line 2: resource=schedules field=rules ");
        assertThat(out.toString()).contains("schedules=1");
    }

    @Test
    @DisplayName("R-003 a reference to a secret that this machine does not have is a warning, and no secret is printed")
    void shouldWarnOfSecretsThatAreNotHere() throws IOException {
        final Path file = file(ACME + box("a", "kv:vm:7:pin") + box("b", "open") + box("c", "mine"));
        final Path secrets = Files.createDirectory(
                directory.resolve("store"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(secrets.resolve("mine"), "4711\n");
        Files.setPosixFilePermissions(secrets.resolve("mine"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(secrets.resolve("open"), "4711\n");
        Files.setPosixFilePermissions(secrets.resolve("open"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(check(file.toString(), "--set", "secrets=" + secrets)).isEqualTo(TandemCommand.FINE);
        assertThat(err.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(
                                "warning: resource=voicemail-boxes field=pin_secret_ref value=kv:vm:7:pin: of" + " vm_")
                        && line.endsWith(" names no entry of this machine's secret store; put it into the file "
                                + secrets.resolve("kv:vm:7:pin")
                                + ", for its owner only, or into the variable TANDEM_SECRET_kv_3Avm_3A7_3Apin"))
                .anyMatch(line -> line.contains("value=open: of vm_")
                        && line.endsWith("is refused; secret may be read by others than its owner: file="
                                + secrets.resolve("open") + " permissions=rw-r--r-- (chmod 600 it)"));
        assertThat(err.toString() + out).doesNotContain("4711");
    }

    @Test
    void shouldWarnWhenRulesAskForCountriesAndNoFileTellsThem() throws IOException {
        final Path file = file(ACME + accessRule("geo_deny", "DE") + accessRule("ip_deny", "192.0.2.0/24"));

        assertThat(check(file.toString())).isEqualTo(TandemCommand.FINE);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "warning: resource=policies/acl-rules field=rule_type value=geo_deny: asks for the country of a"
                                + " source and no file tells it: rules=1; name one by sip.countries");
        err.getBuffer().setLength(0);
        assertThat(check(file.toString(), "--set", "sip.countries=some.mmdb")).isEqualTo(TandemCommand.FINE);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldRefuseAFileWithoutAnyResource() throws IOException {
        assertThat(check(file("\n").toString())).isEqualTo(TandemCommand.WRONG);
        assertThat(err.toString()).startsWith("file has no resource");
    }

    @Test
    void shouldLeaveNothingBehind() throws IOException {
        check(file(ACME).toString());

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("configuration.ndjson"));
        }
    }

    @Test
    void shouldSayThatAFileDoesNotExist() {
        final Path file = directory.resolve("none.ndjson");

        assertThat(check(file.toString())).isEqualTo(TandemCommand.WRONG);
        assertThat(err.toString())
                .startsWith("tandem: file cannot be read: file=" + file)
                .endsWith(" reason=no such file or directory\n");
    }

    @Test
    void shouldSayThatADirectoryIsNoFile() {
        assertThat(check(directory.toString())).isEqualTo(TandemCommand.WRONG);
        assertThat(err.toString()).contains("file=" + directory + " user=").endsWith(" reason=it is a directory\n");
    }

    @Test
    void shouldAnswerWrongUsageWithStatusTwo() {
        assertThat(check()).isEqualTo(TandemCommand.USAGE);
        assertThat(check("one", "two")).isEqualTo(TandemCommand.USAGE);
    }

    private int check(final String... arguments) {
        return run(new CheckCommand(), arguments);
    }

    private int run(final TandemCommand command, final String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private Path file(final String text) throws IOException {
        return Files.writeString(directory.resolve("configuration.ndjson"), text);
    }

    private static String box(final String name, final String pin) {
        return "{\"resource\":\"voicemail-boxes\",\"account_id\":\"name:acme\",\"name\":\"" + name
                + "\",\"pin_secret_ref\":\"" + pin + "\"}\n";
    }

    private static String accessRule(final String type, final String value) {
        return "{\"resource\":\"policies/acl-rules\",\"account_id\":\"name:acme\",\"rule_type\":\"" + type
                + "\",\"value\":\"" + value + "\"}\n";
    }

    private static String number(final String e164) {
        return "{\"resource\":\"numbers\",\"account_id\":\"name:acme\",\"e164\":\"" + e164
                + "\",\"dest_kind\":\"trunk\",\"dest_id\":\"name:pbx\"}\n";
    }

    private static List<String> problems(final String text) {
        return text.lines().filter(line -> line.startsWith("line ")).toList();
    }
}
