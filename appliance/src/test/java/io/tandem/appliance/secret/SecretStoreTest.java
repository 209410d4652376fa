package io.tandem.appliance.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.appliance.secret.Resolution.Found;
import io.tandem.appliance.secret.Resolution.Missing;
import io.tandem.appliance.secret.Resolution.Refused;
import io.tandem.appliance.secret.Resolution.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretStoreTest {
    private static final String NAME = "kv:vm:7:pin";
    private static final String VARIABLE = "TANDEM_SECRET_kv_3Avm_3A7_3Apin";

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private SecretStore store;

    @BeforeEach
    void open() throws IOException {
        permit(directory, "rwx------");
        store = new SecretStore(directory, environment::get);
    }

    @Test
    @DisplayName("D8 an entry is a file of its name, and is read whenever it is asked for")
    void shouldReadAnEntryFromItsFile() throws IOException {
        entry(NAME, "4711\n");
        assertThat(found(NAME)).isEqualTo("4711");
        entry(NAME, "0815");
        assertThat(found(NAME)).isEqualTo("0815");
        entry(NAME, " geheim ü\r\n");
        assertThat(found(NAME)).as("nothing but the end of the line is cut").isEqualTo(" geheim ü");
    }

    @Test
    @DisplayName("D8 an entry is a variable of the environment when there is no file of its name")
    void shouldReadAnEntryFromTheEnvironment() throws IOException {
        environment.put(VARIABLE, "4711");
        assertThat(store.resolve(NAME)).isInstanceOfSatisfying(Found.class, found -> assertThat(found.source())
                .isEqualTo(Source.ENVIRONMENT));
        assertThat(found(NAME)).isEqualTo("4711");

        entry(NAME, "0815");
        assertThat(found(NAME)).as("the file goes before it").isEqualTo("0815");
        permit(directory.resolve(NAME), "rw-r-----");
        assertThat(store.resolve(NAME)).as("also when it is refused").isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "kv:vm:7:pin, TANDEM_SECRET_kv_3Avm_3A7_3Apin",
        "board-pin, TANDEM_SECRET_board_2Dpin",
        "board_pin, TANDEM_SECRET_board_5Fpin",
        "board.pin, TANDEM_SECRET_board_2Epin",
        "BoardPin, TANDEM_SECRET_BoardPin",
        "board_2Dpin, TANDEM_SECRET_board_5F2Dpin"
    })
    void shouldGiveEachNameAVariableOfItsOwn(final String name, final String variable) {
        assertThat(SecretStore.variable(name)).isEqualTo(variable).matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    @Test
    void shouldSayWhereAnEntryThatIsMissingMayBePut() {
        assertThat(store.resolve(NAME))
                .isEqualTo(new Missing("put it into the file " + directory.resolve(NAME)
                        + ", for its owner only, or into the variable " + VARIABLE));
        assertThat(new SecretStore(directory.resolve("none"), environment::get).resolve(NAME))
                .isInstanceOf(Missing.class);
    }

    @ParameterizedTest
    @DisplayName("D8 what a group or the world can read is refused")
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
    void shouldRefuseAFileThatOthersCanUse(final String permissions) throws IOException {
        entry(NAME, "4711");
        permit(directory.resolve(NAME), permissions);

        assertThat(store.resolve(NAME))
                .isEqualTo(new Refused("secret may be read by others than its owner: file=" + directory.resolve(NAME)
                        + " permissions=" + permissions + " (chmod 600 it)"));
        assertThat(store.faults(10)).hasSize(1);
    }

    @Test
    @DisplayName("D8 a directory that a group or the world can enter is refused with all that is in it")
    void shouldRefuseADirectoryThatOthersCanEnter() throws IOException {
        entry(NAME, "4711");
        permit(directory, "rwxr-x---");

        final String why = "secret store may be entered by others than its owner: directory=" + directory
                + " permissions=rwxr-x--- (chmod 700 it)";
        assertThat(store.resolve(NAME)).isEqualTo(new Refused(why));
        assertThat(store.faults(10)).containsExactly(why);
    }

    @Test
    void shouldRefuseWhatIsNoFileOfTheDirectory() throws IOException {
        final Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "4711");
        permit(elsewhere, "rw-------");
        Files.createSymbolicLink(directory.resolve("link"), elsewhere);
        Files.createDirectory(directory.resolve("directory"));

        assertThat(refusal("link")).startsWith("secret must be a file, not a link or a directory: ");
        assertThat(refusal("directory")).startsWith("secret must be a file, not a link or a directory: ");
        assertThat(refusal("../" + directory.getFileName() + "/elsewhere")).startsWith("a secret's name must be ");
    }

    @Test
    void shouldRefuseWhatIsNoSecret() throws IOException {
        entry("empty", "\n");
        entry("lines", "a\nb\n");
        Files.write(entry("bytes", ""), new byte[] {(byte) 0xff, 'a'});
        environment.put("TANDEM_SECRET_unset", "");

        assertThat(refusal("empty")).startsWith("secret is empty: file=");
        assertThat(refusal("lines")).startsWith("secret must be one line without control characters: file=");
        assertThat(refusal("bytes")).startsWith("secret is not UTF-8 text: file=");
        assertThat(refusal("unset")).isEqualTo("secret is empty: variable=TANDEM_SECRET_unset");
    }

    @Test
    void shouldTakeNoSecretThatIsTooLong() throws IOException {
        entry("longest", "x".repeat(SecretStore.BYTES_MAX) + "\r\n");
        entry("longer", "x".repeat(SecretStore.BYTES_MAX + 1));
        entry("huge", "x".repeat(1 << 20));
        environment.put("TANDEM_SECRET_long", "ü".repeat(SecretStore.BYTES_MAX));

        assertThat(found("longest")).hasSize(SecretStore.BYTES_MAX);
        assertThat(refusal("longer")).startsWith("secret is too long: ").endsWith(" most_bytes=4096");
        assertThat(refusal("huge")).startsWith("secret is too long: ");
        assertThat(refusal("long")).isEqualTo("secret is too long: variable=TANDEM_SECRET_long most_bytes=4096");
    }

    @Test
    @DisplayName("R-003 D8 a secret is in nothing that is printed")
    void shouldPrintNoSecret() throws IOException {
        entry(NAME, "4711");
        assertThat(store.resolve(NAME).toString()).doesNotContain("4711");
        entry("two-lines", "4711\n4711\n");
        assertThat(store.resolve("two-lines").toString()).doesNotContain("4711");
    }

    @Test
    void shouldNameTheFirstFaultsOfAllFiles() throws IOException {
        assertThat(store.faults(10)).isEmpty();
        entry(NAME, "4711");
        entry("no name", "4711");
        permit(entry("open", "4711"), "rw-rw-rw-");

        assertThat(store.faults(10))
                .hasSize(2)
                .anyMatch(fault -> fault.equals(
                        "file of the secret store bears no name of a secret: file=" + directory.resolve("no name")))
                .anyMatch(fault -> fault.contains(directory.resolve("open").toString()));
        assertThat(store.faults(1)).hasSize(1);
        assertThat(new SecretStore(directory.resolve("none"), environment::get).faults(10))
                .isEmpty();
    }

    private Path entry(final String name, final String text) throws IOException {
        final Path file = directory.resolve(name);
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        permit(file, "rw-------");
        return file;
    }

    private static void permit(final Path path, final String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private String found(final String name) {
        return ((Found) store.resolve(name)).secret().text();
    }

    private String refusal(final String name) {
        return ((Refused) store.resolve(name)).why();
    }
}
