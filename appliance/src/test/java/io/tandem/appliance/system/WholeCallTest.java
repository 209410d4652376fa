package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.driver.ApplianceException;
import io.tandem.appliance.driver.Step;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.routing.core.CoreStats;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WholeCallTest {
    private static final String NUMBER = "12025550123";

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void shouldCarryACallFromInviteToBye(final String profile) {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(callee, "profile=" + profile);
                SipPeer caller = new SipPeer("127.0.0.2", running.udp());
                SipPeer answering = callee.towards(running.udp())) {
            final String answered = answer(caller, answering, "call-1");
            caller.send(caller.inDialog("BYE", 2, answered));
            answering.send(answering.response(200, "OK", answering.receive("BYE"), ""));
            assertThat(caller.receive("SIP/2.0 200")).contains("CSeq: 2 BYE");
            assertThat(stats(running).liveCalls()).isZero();
            assertThat(running.appliance().latency().total(Step.WHOLE).getTotalCount())
                    .isGreaterThanOrEqualTo(7);
        }
    }

    @Test
    void shouldRefuseUnknownNumber() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(callee);
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            caller.send(caller.invite("unknown", "19995550000", caller.branch()));
            assertThat(caller.receive("SIP/2.0 404")).contains("Call-ID: unknown");
        }
    }

    @Test
    void shouldGoOnWithACallAfterARestart() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null)) {
            final String answered;
            final InetSocketAddress address;
            final String place;
            SipPeer caller;
            try (RunningAppliance first = start(callee)) {
                address = first.udp();
                caller = new SipPeer("127.0.0.2", address);
                answered = answer(caller, callee.towards(address), "survivor");
                place = address.getAddress().getHostAddress() + ":" + address.getPort();
            }
            try (RunningAppliance second = start(callee, "sip.bind=" + place)) {
                assertThat(stats(second).liveCalls()).isOne();
                assertThat(second.appliance().recoveredText()).contains("calls=1");
                final SipPeer answering = callee.towards(address);
                caller.send(caller.inDialog("BYE", 2, answered));
                answering.send(answering.response(200, "OK", answering.receive("BYE"), ""));
                assertThat(caller.receive("SIP/2.0 200")).contains("CSeq: 2 BYE");
                assertThat(stats(second).liveCalls()).isZero();
            } finally {
                caller.close();
            }
        }
    }

    @Test
    void shouldRepeatInviteWhileCalleeIsSilent() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(callee);
                SipPeer caller = new SipPeer("127.0.0.2", running.udp());
                SipPeer answering = callee.towards(running.udp())) {
            caller.send(caller.invite("silent", NUMBER, caller.branch()));
            final String first = answering.receive("INVITE");
            assertThat(answering.receive("INVITE")).isEqualTo(first);
        }
    }

    @Test
    void shouldSayInOneSentenceThatDataDirectoryIsInUse() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(callee)) {
            assertThat(running.udp().getPort()).isPositive();
            assertThatThrownBy(() -> Appliance.open(RunningAppliance.settings(data), "test", MessageTap.NONE))
                    .isInstanceOf(ApplianceException.class)
                    .hasMessage("data directory is in use by another process: path=" + data.toAbsolutePath());
        }
    }

    @Test
    void shouldSayInOneSentenceThatPortIsInUseAndLetGoOfEverything() {
        try (SipPeer taken = new SipPeer("127.0.0.1", null)) {
            final String bind = "sip.bind=127.0.0.1:" + taken.port();
            assertThatThrownBy(() -> Appliance.open(RunningAppliance.settings(data, bind), "test", MessageTap.NONE))
                    .isInstanceOf(ApplianceException.class)
                    .hasMessage("listener cannot be opened: listener=main udp 127.0.0.1:" + taken.port()
                            + " reason=bind: Address already in use");
        }
        Appliance.open(RunningAppliance.settings(data), "test", MessageTap.NONE).close();
    }

    private RunningAppliance start(final SipPeer callee, final String... assignments) {
        return new RunningAppliance(data, configuration(callee), assignments);
    }

    static String configuration(final SipPeer callee) {
        return """
                {"resource":"accounts","name":"acme"}
                {"resource":"trunks","account_id":"name:acme","name":"carrier","role":"carrier","direction":"inbound",\
                "acl":["127.0.0.2/32"]}
                {"resource":"trunks","account_id":"name:acme","name":"pbx","role":"pbx","direction":"outbound",\
                "proxy":"%s","transport":"udp"}
                {"resource":"numbers","account_id":"name:acme","e164":"%s","dest_kind":"trunk","dest_id":"name:pbx"}
                """.formatted(callee.place(), NUMBER);
    }

    /** Takes a call up to the ACK; returns the 200 that the caller received. */
    private static String answer(final SipPeer caller, final SipPeer callee, final String callId) {
        caller.send(caller.invite(callId, NUMBER, caller.branch()));
        final String invite = callee.receive("INVITE");
        assertThat(caller.receive("SIP/2.0 100")).contains("Call-ID: " + callId);
        callee.send(callee.response(180, "Ringing", invite, "callee"));
        caller.receive("SIP/2.0 180");
        callee.send(callee.response(200, "OK", invite, "callee"));
        final String answered = caller.receive("SIP/2.0 200");
        caller.send(caller.inDialog("ACK", 1, answered));
        callee.receive("ACK");
        return answered;
    }

    private static CoreStats stats(final RunningAppliance running) {
        return running.appliance().queries().ask(core -> core.stats());
    }
}
