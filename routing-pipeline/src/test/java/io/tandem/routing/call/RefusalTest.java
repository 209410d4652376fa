package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.body;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.stage.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The callee refuses, or never answers (RFC 3261 section 13.2.2, 16.7, 16.8; D5). */
@AlsoThroughSnapshots
class RefusalTest {
    private final CoreRig rig;

    RefusalTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    private String refused(final String sent, final String status, final String extra) {
        rig.fromCallee(response(sent, status, "bob", extra, ""));
        final String ack = rig.callee("ACK sip:12025550123@127.0.0.3:5080 SIP/2.0");
        assertThat(headers(ack, "Via")).isEqualTo(headers(sent, "Via"));
        assertThat(header(ack, "To")).endsWith(";tag=bob");
        assertThat(header(ack, "CSeq")).isEqualTo("1 ACK");
        return ack;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"404 Not Found", "480 Nobody", "486 Busy Here", "488 No", "500 Oops", "600 Busy", "603 Decline"})
    void shouldPassARefusal(final String status) {
        final String sent = rig.offered("r");
        final String ack = refused(sent, status, "Reason: Q.850;cause=17\nRetry-After: 60\nX-Why: so\n");
        final String passed = rig.caller("SIP/2.0 " + status);
        assertThat(header(passed, "Reason")).isEqualTo("Q.850;cause=17");
        assertThat(header(passed, "X-Why")).isEqualTo("so");
        assertThat(headers(passed, "Retry-After"))
                .as("only ours, when the box is full")
                .isEmpty();
        assertThat(Texts.tag(header(passed, "To"))).isNotEqualTo("bob");

        rig.fromCallee(response(sent, status, "bob"));
        assertThat(rig.callee("ACK ")).as("for the repeated refusal").isEqualTo(ack);
        rig.fromCaller(invite("r", "", "v=0 offer"));
        assertThat(rig.caller("SIP/2.0 ")).as("INVITE again").isEqualTo(passed);
        rig.fromCaller(failureAck(invite("r", "", ""), passed));
        rig.fromCaller(failureAck(invite("r", "", ""), passed));
        assertThat(rig.records).containsExactly(status.substring(0, 3) + " 2 callee refused");
        rig.over();
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized", "407 Proxy Authentication Required", "503 Service Unavailable"})
    void shouldKeepToItselfWhatIsBetweenUsAndTheCallee(final String status) {
        final String sent = rig.offered("r");
        refused(
                sent,
                status,
                "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\nRetry-After: 60\nReason: Q.850;cause=47\n");
        final String answer = rig.caller("SIP/2.0 500 ");
        assertThat(headers(answer, "WWW-Authenticate")).isEmpty();
        assertThat(headers(answer, "Retry-After")).isEmpty();
        assertThat(header(answer, "Reason")).isEqualTo("Q.850;cause=38;text=\"no trunk left to try\"");
        rig.fromCaller(failureAck(invite("r", "", ""), answer));
        assertThat(rig.records).containsExactly("500 3 callee refused");
        assertThat(rig.attemptStatuses).as("what the callee said").hasSize(1).doesNotContain(500);
        rig.over();
    }

    @Test
    void shouldPassWhatTheCalleeDoesNotSupport() {
        rig.fromCaller(invite("r", "Require: 100rel\n", ""));
        rig.caller("SIP/2.0 100 ");
        refused(rig.callee("INVITE "), "420 Bad Extension", "Unsupported: 100rel\n");
        final String answer = rig.caller("SIP/2.0 420 ");
        assertThat(header(answer, "Unsupported")).isEqualTo("100rel");
        rig.fromCaller(failureAck(invite("r", "", ""), answer));
        rig.over();
    }

    @Test
    void shouldRepeatARefusalUntilItIsAcknowledged() {
        final String sent = rig.offered("r");
        refused(sent, "486 Busy Here", "");
        final String busy = rig.caller("SIP/2.0 486 ");
        rig.pass(31_900);
        assertThat(rig.toCaller)
                .as("timer G: 0.5, 1.5, 3.5 s, then every 4 s")
                .hasSize(10)
                .allMatch(busy::equals);
        rig.toCaller.clear();
        rig.pass(5_000);
        rig.over();
    }

    @Test
    void shouldTakeNoAnswerAtAllForATimeout() {
        rig.offered("r");
        rig.pass(31_900);
        for (int again = 0; again < 6; again++) {
            assertThat(body(rig.callee("INVITE "))).isEqualTo("v=0 offer");
        }
        rig.quiet();
        rig.pass(200);
        final String answer = rig.caller("SIP/2.0 480 ");
        assertThat(header(answer, "Reason")).isEqualTo("Q.850;cause=19;text=\"no answer\"");
        rig.fromCaller(failureAck(invite("r", "", ""), answer));
        assertThat(rig.records).containsExactly("480 3 no answer");
        assertThat(rig.attemptStatuses).containsExactly(408);
        rig.over();
    }

    @Test
    void shouldCancelACalleeThatRingsTooLong() {
        final CoreRig.Ringing ringing = rig.ringing("r", "bob");
        rig.pass(184_900);
        rig.quiet();
        rig.pass(200);
        final String answer = rig.caller("SIP/2.0 480 ");
        assertThat(header(answer, "Reason")).isEqualTo("Q.850;cause=19;text=\"no answer\"");
        rig.fromCaller(failureAck(invite("r", "", ""), answer));
        final String cancel = rig.callee("CANCEL ");
        assertThat(header(cancel, "Reason")).isEqualTo("SIP;cause=408;text=\"no answer\"");
        rig.fromCallee(response(cancel, "200 OK", ""));
        rig.fromCallee(response(ringing.invite(), "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        assertThat(rig.records).containsExactly("480 3 no answer");
        assertThat(rig.attemptStatuses).containsExactly(408);
        rig.over();
    }

    @Test
    void shouldWaitLongerWhenTheCalleeKeepsRinging() {
        final CoreRig.Ringing ringing = rig.ringing("r", "bob");
        for (int minute = 0; minute < 5; minute++) {
            rig.pass(60_000);
            rig.fromCallee(response(ringing.invite(), "180 Ringing", "bob"));
            rig.caller("SIP/2.0 180 ");
        }
        rig.fromCallee(response(ringing.invite(), "100 Trying", ""));
        rig.pass(184_900);
        rig.quiet();
        rig.pass(200);
        rig.caller("SIP/2.0 480 ");
        rig.callee("CANCEL ");
        rig.pass(100_000);
        rig.empty();
    }

    @Test
    void shouldEndACalleeWhoseAnswerDoesNotFit() {
        final String invite =
                invite("r", ("Via: SIP/2.0/UDP 127.0.0.9;branch=z9hG4bK" + "x".repeat(8_000) + "\n").repeat(3), "");
        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        rig.fromCallee(Texts.ok(rig.callee("INVITE "), "bob", "x".repeat(64_800)));
        final String answer = rig.caller("SIP/2.0 513 ");
        assertThat(header(answer, "Reason")).isEqualTo("Q.850;cause=127;text=\"message too large for the other side\"");
        rig.fromCaller(failureAck(invite, answer));
        rig.callee("ACK ");
        final String bye = rig.callee("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=513;text=\"answer too large\"");
        rig.fromCallee(response(bye, "200 OK", ""));
        assertThat(rig.rules).containsExactly(Rule.TOO_LARGE);
        rig.over();
    }

    @Test
    void shouldEndACalleeThatAnswersTooLate() {
        final CoreRig.Ringing ringing = rig.ringing("r", "bob");
        rig.pass(185_100);
        rig.fromCaller(failureAck(invite("r", "", ""), rig.caller("SIP/2.0 480 ")));
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", ""));
        rig.fromCallee(Texts.ok(ringing.invite(), "bob", "v=0"));
        rig.callee("ACK ");
        final String bye = rig.callee("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=408;text=\"no answer\"");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.over();
    }
}
