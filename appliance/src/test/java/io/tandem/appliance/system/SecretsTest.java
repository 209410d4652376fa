package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tandem.admin.view.SecretsView;
import io.tandem.appliance.operator.LiveControl;
import io.tandem.appliance.operator.LiveDesk;
import io.tandem.appliance.operator.LiveView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** References to secrets, as an operator sees them. */
@Timeout(60)
class SecretsTest {
    private static final String CONFIGURATION = """
            {"resource":"accounts","name":"acme"}
            {"resource":"trunks","account_id":"name:acme","name":"pbx",\
            "proxy":"127.0.0.3","auth_secret_ref":"trunk.main"}
            {"resource":"voicemail-boxes","account_id":"name:acme","name":"a","pin_secret_ref":"kv:vm:7:pin"}
            {"resource":"voicemail-boxes","account_id":"name:acme","name":"b"}
            {"resource":"conferences","account_id":"name:acme","name":"board","pin_secret_ref":"kv:vm:7:pin",\
            "admin_pin_secret_ref":"open"}
            """;

    @TempDir
    private Path data;

    @Test
    @DisplayName("R-003 D8 each reference is resolved in the store of the data directory; a secret is never shown")
    void shouldSayWhichReferencesResolve() throws IOException {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final LiveView view = new LiveView(
                    running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
            final LiveControl control = new LiveControl(running.appliance(), view, desk);
            assertThat(Files.getPosixFilePermissions(data.resolve("secrets")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            entry("kv:vm:7:pin", "rw-------");
            entry("open", "rw-rw----");

            final SecretsView secrets = control.secrets(100);

            assertThat(secrets.shown())
                    .extracting(SecretsView.Reference::name, SecretsView.Reference::state, SecretsView.Reference::field)
                    .containsExactly(
                            tuple("trunk.main", "missing", "auth_secret_ref"),
                            tuple("open", "refused", "admin_pin_secret_ref"),
                            tuple("kv:vm:7:pin", "file", "pin_secret_ref"),
                            tuple("kv:vm:7:pin", "file", "pin_secret_ref"));
            assertThat(secrets.references()).isEqualTo(4);
            assertThat(secrets.missing()).isOne();
            assertThat(secrets.refused()).isOne();
            assertThat(secrets.toString()).doesNotContain("4711").contains("TANDEM_SECRET_trunk_2Emain");

            final SecretsView first = control.secrets(1);
            assertThat(first.references()).isEqualTo(4);
            assertThat(first.shown()).extracting(SecretsView.Reference::name).containsExactly("trunk.main");
        }
    }

    private void entry(final String name, final String permissions) throws IOException {
        final Path file = Files.writeString(data.resolve("secrets").resolve(name), "4711\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
