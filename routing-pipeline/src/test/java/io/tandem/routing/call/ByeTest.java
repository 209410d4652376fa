package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.counter.CoreCounter;
import org.junit.jupiter.api.Test;

/** The end of calls (RFC 3261 section 15, RFC 5407 section 3.2). */
@AlsoThroughSnapshots
class ByeTest {
    private final CoreRig rig;

    ByeTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    @Test
    void shouldAnswerBothWhenBothHangUpAtOnce() {
        final CoreRig.Up up = rig.up("b");
        rig.fromCaller(inDialog("BYE", 2, up.answer(), "bye", ""));
        rig.caller("SIP/2.0 200 ");
        final String bye = rig.callee("BYE ");
        rig.fromCallee(fromCalleeInDialog("BYE", 1, up.invite(), "bob", "mine"));
        rig.callee("SIP/2.0 200 ");
        rig.fromCallee(response(bye, "200 OK", ""));
        assertThat(rig.records).containsExactly("200 1 hung up");
        assertThat(rig.count(CoreCounter.CALLS_ENDED)).isEqualTo(1);
        rig.over();
    }

    @Test
    void shouldAnswerARepeatedByeAgainAndPassItOnce() {
        final CoreRig.Up up = rig.up("b");
        final String bye = inDialog("BYE", 2, up.answer(), "bye", "");
        rig.fromCaller(bye);
        final String answer = rig.caller("SIP/2.0 200 ");
        final String passed = rig.callee("BYE ");
        rig.fromCaller(bye);
        assertThat(rig.caller("SIP/2.0 200 ")).isEqualTo(answer);
        rig.quiet();
        rig.pass(500);
        assertThat(rig.callee("BYE ")).isEqualTo(passed);
        rig.fromCallee(response(passed, "200 OK", ""));
        rig.fromCaller(bye);
        rig.caller("SIP/2.0 200 ");
        assertThat(rig.records).hasSize(1);
        rig.over();
    }

    @Test
    void shouldKnowNothingOfTheCallAfterwards() {
        final CoreRig.Up up = rig.up("b");
        rig.hangUp(up, 2);
        rig.fromCaller(inDialog("INFO", 3, up.answer(), "i", ""));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(inDialog("BYE", 4, up.answer(), "bye-again", ""));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(inDialog("INVITE", 5, up.answer(), "re", "", "v=0"));
        rig.caller("SIP/2.0 481 ");
        rig.fromCallee(fromCalleeInDialog("BYE", 1, up.invite(), "bob", "mine"));
        rig.callee("SIP/2.0 481 ");
        rig.over();
    }

    @Test
    void shouldPassReasonAndBodyOfTheBye() {
        final CoreRig.Up up = rig.up("b");
        rig.fromCallee(fromCalleeInDialog(
                "BYE", 1, up.invite(), "bob", "mine", "Reason: Q.850;cause=16\nUser-to-User: 04aa\n", "v=0"));
        rig.callee("SIP/2.0 200 ");
        final String bye = rig.caller("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("Q.850;cause=16");
        assertThat(header(bye, "User-to-User")).isEqualTo("04aa");
        assertThat(bye).endsWith("v=0");
        rig.fromCaller(okOfCaller(bye, ""));
        rig.over();
    }

    @Test
    void shouldTakeAByeInAnEarlyDialogForGivingUp() {
        final CoreRig.Ringing ringing = rig.ringing("b", "bob");
        rig.fromCaller(inDialog("BYE", 2, ringing.progress(), "bye", "Reason: SIP;cause=486\n"));
        assertThat(header(rig.caller("SIP/2.0 200 "), "CSeq")).isEqualTo("2 BYE");
        final String terminated = rig.caller("SIP/2.0 487 ");
        rig.fromCaller(failureAck(invite("b", "", ""), terminated));
        final String cancel = rig.callee("CANCEL ");
        assertThat(header(cancel, "Reason")).isEqualTo("SIP;cause=486");
        rig.fromCallee(response(cancel, "200 OK", ""));
        rig.fromCallee(response(ringing.invite(), "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        assertThat(rig.records).containsExactly("487 1 caller gave up");
        rig.over();
    }

    @Test
    void shouldRefuseAByeOfACalleeThatOnlyRings() {
        final CoreRig.Ringing ringing = rig.ringing("b", "bob");
        rig.fromCallee(fromCalleeInDialog("BYE", 1, ringing.invite(), "bob", "mine"));
        rig.callee("SIP/2.0 481 ");
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        rig.fromCallee(response(ringing.invite(), "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("b", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    /** A call whose callee hangs up before the caller's ACK: our 2xx to the caller. */
    private String hungUpBeforeTheAck() {
        final String sent = rig.offered("b");
        rig.fromCallee(ok(sent, "bob", "v=0"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCallee(fromCalleeInDialog("BYE", 1, sent, "bob", "mine", "Reason: Q.850;cause=16\n", ""));
        rig.callee("SIP/2.0 200 ");
        rig.callee("ACK ");
        assertThat(rig.core.stats().liveCalls()).isZero();
        assertThat(rig.records).containsExactly("200 2 hung up");
        return answer;
    }

    @Test
    void shouldHoldTheByeBackUntilTheCallersAck() {
        final String answer = hungUpBeforeTheAck();
        rig.quietCaller();
        rig.pass(500);
        assertThat(rig.caller("SIP/2.0 200 ")).isEqualTo(answer);
        rig.fromCaller(inDialog("INFO", 2, answer, "i", ""));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "late", ""));
        final String bye = rig.caller("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("Q.850;cause=16");
        rig.fromCaller(inDialog("ACK", 1, answer, "late", ""));
        rig.quietCaller();
        rig.fromCaller(okOfCaller(bye, ""));
        rig.over();
    }

    @Test
    void shouldHoldTheByeBackNoLongerThanTheAnswerIsRepeated() {
        final String answer = hungUpBeforeTheAck();
        rig.pass(31_900);
        assertThat(rig.toCaller).hasSize(10).allMatch(answer::equals);
        rig.toCaller.clear();
        rig.pass(200);
        rig.fromCaller(okOfCaller(rig.caller("BYE "), ""));
        assertThat(rig.count(CoreCounter.CALLS_ENDED)).isEqualTo(1);
        rig.over();
    }

    @Test
    void shouldSendNoByeToACallerWhoHangsUpInsteadOfTheAckThatItWaitedFor() {
        final String answer = hungUpBeforeTheAck();
        rig.fromCaller(inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.quiet();
        assertThat(rig.records).hasSize(1);
        rig.over();
    }

    @Test
    void shouldAcknowledgeTheCalleeOfACallerThatHangsUpInsteadOfItsAck() {
        final String sent = rig.offered("b");
        rig.fromCallee(ok(sent, "bob", "v=0"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.callee("ACK ");
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        rig.over();
    }

    @Test
    void shouldForgetACalleeThatDoesNotAnswerTheBye() {
        final CoreRig.Up up = rig.up("b");
        rig.fromCaller(inDialog("BYE", 2, up.answer(), "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.pass(31_900);
        assertThat(rig.toCallee).hasSize(11).allMatch(m -> m.startsWith("BYE "));
        rig.toCallee.clear();
        assertThat(rig.core.stats().tableCalls()).isEqualTo(1);
        rig.over();
    }

    @Test
    void shouldRefuseAByeWithALowerCSeq() {
        final CoreRig.Up up = rig.up("b");
        rig.fromCaller(inDialog("INFO", 5, up.answer(), "i", ""));
        rig.fromCallee(response(rig.callee("INFO "), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("BYE", 4, up.answer(), "bye", ""));
        rig.caller("SIP/2.0 500 ");
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        rig.hangUp(up, 6);
        rig.over();
    }

    @Test
    void shouldPassAByeWithoutHops() {
        final CoreRig.Up up = rig.up("b");
        rig.fromCaller(inDialog("BYE", 2, up.answer(), "bye", "Max-Forwards: 0\n"));
        rig.caller("SIP/2.0 200 ");
        final String bye = rig.callee("BYE ");
        assertThat(header(bye, "Max-Forwards")).isEqualTo("0");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.over();
    }

    @Test
    void shouldEndBothSidesWhenTheCallerNeverAcknowledges() {
        final String sent = rig.offered("b");
        rig.fromCallee(ok(sent, "bob", "v=0"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.pass(31_900);
        assertThat(rig.toCaller)
                .as("after 0.5, 1.5, 3.5 s, then every 4 s")
                .hasSize(10)
                .allMatch(answer::equals);
        rig.toCaller.clear();
        rig.pass(200);
        final String bye = rig.caller("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=408;text=\"no ACK\"");
        rig.fromCaller(okOfCaller(bye, ""));
        rig.callee("ACK ");
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly("200 3 no ACK for the answer");
        assertThat(rig.count(CoreCounter.ACKS_MISSING)).isEqualTo(1);
        rig.over();
    }
}
