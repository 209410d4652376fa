package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.branch;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.stage.Rule;
import org.junit.jupiter.api.Test;

/** Messages that come back undeliverable, and calls over TCP (RFC 3261 section 8.1.3.1, 16.9, 18.1.1, 18.4; D11). */
@AlsoThroughSnapshots
class TransportFailureTest {
    private static final String LARGE = "X-Large: " + "x".repeat(1_300) + "\n";

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    TransportFailureTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    @Test
    void shouldTellTheCallerAtOnceThatTheCalleeCannotBeReached() {
        final String sent = rig.offered("t");
        rig.undeliverable(sent);
        final String answer = rig.caller("SIP/2.0 500 ");
        assertThat(header(answer, "Reason")).isEqualTo("Q.850;cause=38;text=\"no trunk left to try\"");
        assertThat(rig.rules).containsExactly(Rule.NO_CANDIDATE_LEFT);
        rig.fromCaller(failureAck(invite("t", "", ""), answer));
        rig.undeliverable(sent);
        assertThat(rig.records).containsExactly("500 3 callee unreachable");
        assertThat(rig.core.stats().admissionCounters()).isZero();
        rig.over();
    }

    @Test
    void shouldRecogniseAMessageThatCameBackCutShort() {
        final String sent = rig.offered("t");
        rig.undeliverable(
                sent.substring(0, sent.indexOf(branch(sent)) + branch(sent).length()));
        rig.caller("SIP/2.0 500 ");
    }

    @Test
    void shouldNotMindAMessageThatCameBackWithoutItsBranch() {
        final String sent = rig.offered("t");
        rig.undeliverable(sent.substring(0, 40));
        rig.undeliverable("garbage");
        rig.undeliverable("");
        rig.quiet();
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
    }

    @Test
    void shouldAnswerARequestInADialogThatCannotBeDelivered() {
        rig.up("t");
        final CoreRig.Up up = rig.up("t2");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "i", ""));
        rig.undeliverable(rig.callee("INFO "));
        rig.caller("SIP/2.0 500 ");
        rig.fromCaller(okOfCaller(rig.caller("BYE "), ""));
        final String bye = rig.callee("BYE ");
        rig.undeliverable(bye);
        assertThat(rig.records).containsExactly("200 2 party does not answer");
        assertThat(rig.core.stats().tableCalls()).isEqualTo(1);
        rig.quiet();
    }

    @Test
    void shouldAnswerAReinviteThatCannotBeDelivered() {
        final CoreRig.Up up = rig.up("t");
        final String again = inDialog("INVITE", 2, up.answer(), "re", "", "v=0");
        rig.fromCaller(again);
        rig.undeliverable(rig.callee("INVITE "));
        rig.fromCaller(failureAck(again, rig.caller("SIP/2.0 500 ")));
        rig.fromCaller(okOfCaller(rig.caller("BYE "), ""));
        rig.undeliverable(rig.callee("BYE "));
        rig.over();
    }

    @Test
    void shouldNotMindResponsesAcksAndCancelsThatAreLost() {
        final CoreRig.Ringing ringing = rig.ringing("t", "bob");
        rig.undeliverable(ringing.progress());
        rig.fromCallee(ok(ringing.invite(), "bob", "v=0"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.undeliverable(answer);
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.undeliverable(rig.callee("ACK "));
        rig.quiet();
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        rig.hangUp(new CoreRig.Up(ringing.invite(), answer), 2);
        rig.over();
    }

    @Test
    void shouldWaitForTheCalleeWhenTheCancelIsLost() {
        final CoreRig.Ringing ringing = rig.ringing("t", "bob");
        rig.fromCaller(Texts.cancel(invite("t", "", ""), ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(invite("t", "", ""), rig.caller("SIP/2.0 487 ")));
        rig.undeliverable(rig.callee("CANCEL "));
        rig.fromCallee(response(ringing.invite(), "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.over();
    }

    @Test
    void shouldSendALargeInviteByTcpWhereTheTrunkAllowsIt() {
        configuration.pbx = ",'large':'tcp'";
        rig.configure();
        rig.fromCaller(invite("t", LARGE, ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE sip:12025550123@127.0.0.3:5080;transport=tcp SIP/2.0");
        assertThat(rig.last().transport()).isEqualTo(TransportKind.TCP.value());
        assertThat(header(sent, "Via")).startsWith("SIP/2.0/TCP 127.0.0.1:5060;");
        assertThat(header(sent, "Contact")).isEqualTo("<sip:127.0.0.1:5060;transport=tcp>");
        rig.pass(10_000);
        rig.quiet();

        rig.undeliverable(sent);
        final String again = rig.callee("INVITE sip:12025550123@127.0.0.3:5080 SIP/2.0");
        assertThat(rig.last().transport()).isEqualTo(TransportKind.UDP.value());
        assertThat(header(again, "Via")).startsWith("SIP/2.0/UDP ");
        assertThat(branch(again)).isNotEqualTo(branch(sent));
        assertThat(header(again, "Call-ID")).isEqualTo(header(sent, "Call-ID"));
        rig.undeliverable(again);
        rig.fromCaller(failureAck(invite("t", "", ""), rig.caller("SIP/2.0 500 ")));
        assertThat(rig.core.stats().admissionCounters()).isZero();
        rig.over();
    }

    @Test
    void shouldSendALargeInviteByUdpWhereTheTrunkSaysNothing() {
        rig.fromCaller(invite("t", LARGE, ""));
        rig.caller("SIP/2.0 100 ");
        rig.callee("INVITE ");
        assertThat(rig.last().transport()).isEqualTo(TransportKind.UDP.value());
    }

    @Test
    void shouldSendASmallInviteByUdpEvenSo() {
        configuration.pbx = ",'large':'tcp'";
        rig.configure();
        rig.offered("t");
        assertThat(rig.last().transport()).isEqualTo(TransportKind.UDP.value());
    }

    @Test
    void shouldCarryACallOverTcpWithoutRepeatingAnything() {
        configuration.pbx = ",'transport':'tcp'";
        rig.configure();
        rig.flow(77);
        rig.fromCaller(tcp(invite("t", "", "v=0")));
        rig.caller("SIP/2.0 100 ");
        assertThat(rig.sent.getFirst().flow()).as("the caller's own connection").isEqualTo(77);
        final String sent = rig.callee("INVITE ");
        assertThat(rig.last().transport()).isEqualTo(TransportKind.TCP.value());
        rig.pass(5_000);
        rig.quiet();
        rig.flow(88);
        rig.fromCallee(ok(sent, "bob", "v=0"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(rig.last().flow()).isEqualTo(77);
        rig.pass(1_000);
        assertThat(rig.caller("SIP/2.0 200 "))
                .as("2xx are repeated on every transport")
                .isEqualTo(answer);
        rig.flow(77);
        rig.fromCaller(tcp(inDialog("ACK", 1, answer, "ack", "")));
        rig.callee("ACK ");
        assertThat(rig.last().transport()).isEqualTo(TransportKind.TCP.value());

        rig.flow(88);
        rig.fromCallee(tcp(fromCalleeInDialog("BYE", 1, sent, "bob", "bye")));
        rig.callee("SIP/2.0 200 ");
        assertThat(rig.last().flow()).isNotEqualTo(88);
        final CoreRig.Sent answered = rig.sent.get(rig.sent.size() - 2);
        assertThat(answered.flow()).isEqualTo(88);
        final String bye = rig.caller("BYE ");
        assertThat(rig.last().flow()).isEqualTo(77);
        rig.pass(5_000);
        rig.quiet();
        rig.flow(77);
        rig.fromCaller(okOfCaller(bye, ""));
        rig.over();
    }

    private static String tcp(final String message) {
        return message.replace("SIP/2.0/UDP", "SIP/2.0/TCP");
    }
}
