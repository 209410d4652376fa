package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unmodified SIPp scenarios between caller and callee through one appliance; then its books are held against them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SippScenariosIT {
    private static final String NUMBER = "12025550123";
    private static final String CALLER = "127.0.0.2";
    private static final String CALLEE = "127.0.0.3";
    private static final int CALL_SECONDS = 40;

    private Path directory;
    private ApplianceProcess appliance;
    private int calleePort;

    @BeforeAll
    void start(@TempDir final Path temporary) throws IOException, InterruptedException {
        Sipp.require();
        directory = temporary;
        calleePort = Sipp.freePort(CALLEE);
        final Path data = directory.resolve("data");
        final Path configuration = directory.resolve("configuration.ndjson");
        Files.writeString(configuration, """
                {"resource":"accounts","name":"acme"}
                {"resource":"trunks","account_id":"name:acme","name":"carrier","role":"carrier","direction":"inbound","inbound_auth":"ip","acl":["127.0.0.2/32"]}
                {"resource":"trunks","account_id":"name:acme","name":"pbx","role":"pbx","direction":"outbound","proxy":"127.0.0.3:%d","transport":"udp"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"trunk","dest_id":"name:pbx"}
                """.formatted(calleePort));
        assertThat(ApplianceProcess.run("import", configuration.toString(), "--data", data.toString()))
                .startsWith("0 ");
        appliance = ApplianceProcess.start(data, "sip.bind=127.0.0.1:0", "console.bind=127.0.0.1:0");
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (appliance != null) {
            assertThat(appliance.stop()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-sn uac, -sn uas",
        "sipp-siphon-rs/invite_bye.xml, -sn uas",
        "sipp-siphon-rs/invite_multi_codec.xml, -sn uas",
        "sipp-siphon-rs/max_forwards_decrement.xml, -sn uas",
        "sipp-siphon-rs/max_forwards_edge_case.xml, -sn uas",
        "sipp-siphon-rs/forking_invite.xml, -sn uas",
        "sipp-siphon-rs/route_bye.xml, -sn uas",
        "sipp-siphon-rs/invite_bye_ipv6.xml, -sn uas",
        "sipp-siphon-rs/reinvite.xml, tandem/uas-reinvite.xml",
        "sipp-siphon-rs/session_timer_refresh.xml, tandem/uas-reinvite.xml",
        "sipp-siphon-rs/prack.xml, tandem/uas-prack.xml",
        "sipp-siphon-rs/info.xml, tandem/uas-info.xml",
        "sipp-siphon-rs/message.xml, tandem/uas-message.xml",
        "sipp-siphon-rs/options.xml, none",
        "sipp-drachtio-server/uac-options-expect-200.xml, none",
        "sipp-siphon-rs/max_forwards_zero.xml, none",
        "sipp-siphon-rs/info_out_of_dialog.xml, none",
        "sipp-siphon-rs/update_out_of_dialog.xml, none",
        "sipp-siphon-rs/unsupported_method.xml, none"
    })
    void shouldPass(final String caller, final String callee) throws Exception {
        if (callee.equals("none")) {
            call(caller);
            return;
        }
        try (Sipp uas = Sipp.start(directory, CALLEE, calleePort, scenario(callee), "-m", "1", "-timeout", "30")) {
            call(caller);
            assertThat(uas.await(CALL_SECONDS)).as(uas.log()).isZero();
        }
    }

    private void call(final String scenario) throws Exception {
        try (Sipp uac = Sipp.start(
                directory,
                CALLER,
                Sipp.freePort(CALLER),
                scenario(scenario),
                "-s",
                NUMBER,
                "-m",
                "1",
                "-timeout",
                "30",
                "-timeout_error",
                "127.0.0.1:" + appliance.sipPort())) {
            assertThat(uac.await(CALL_SECONDS)).as(uac.log()).isZero();
        }
    }

    private static List<String> scenario(final String name) throws URISyntaxException {
        if (name.startsWith("-sn ")) {
            return List.of("-sn", name.substring(4));
        }
        return List.of(
                "-sf",
                Path.of(Objects.requireNonNull(SippScenariosIT.class.getResource("/sipp/" + name), name)
                                .toURI())
                        .toString());
    }

    @Test
    @SuppressWarnings("try") // the callee only has to be there
    void shouldCarryAHundredCallsAndReplayThem() throws Exception {
        try (Sipp uas = Sipp.start(directory, CALLEE, calleePort, List.of("-sn", "uas"));
                Sipp uac = Sipp.start(
                        directory,
                        CALLER,
                        Sipp.freePort(CALLER),
                        List.of("-sn", "uac"),
                        "-s",
                        NUMBER,
                        "-m",
                        "100",
                        "-r",
                        "50",
                        "127.0.0.1:" + appliance.sipPort())) {
            assertThat(uac.await(CALL_SECONDS)).as(uac.log()).isZero();
            assertThat(uas.isRunning()).as(uas.log()).isTrue();
        }
        assertThat(appliance.console("status")).startsWith("0 ");
        final String data = directory.resolve("data").toString();
        assertThat(ApplianceProcess.run("replay", "--data", data))
                .startsWith("0 ")
                .contains("replay agrees");
        assertThat(ApplianceProcess.run("cdr", "--data", data, "--last", "1")).startsWith("0 {");
    }
}
