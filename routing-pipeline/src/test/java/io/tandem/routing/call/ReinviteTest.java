package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.body;
import static io.tandem.routing.call.Texts.cancel;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** INVITE inside a dialog that is up (RFC 3261 section 14; RFC 6141; RFC 5407 section 3.1 and 3.3). */
@AlsoThroughSnapshots
class ReinviteTest {
    private final CoreRig rig;
    private CoreRig.Up up;
    private String hold;

    ReinviteTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    @BeforeEach
    void callIsUp() {
        up = rig.up("r");
        hold = inDialog("INVITE", 2, up.answer(), "re1", "", "v=0 hold");
    }

    /** The caller's re-INVITE, as the callee gets it. */
    private String held() {
        rig.fromCaller(hold);
        return rig.callee("INVITE sip:bob@127.0.0.3:5080 SIP/2.0");
    }

    private void over(final int cSeq) {
        rig.hangUp(up, cSeq);
        rig.over();
    }

    @Test
    void shouldPassTheCallersOfferAndTheCalleesAnswer() {
        final String sent = held();
        assertThat(body(sent)).isEqualTo("v=0 hold");
        assertThat(header(sent, "CSeq")).isEqualTo("2 INVITE");
        assertThat(header(sent, "Contact")).isEqualTo("<sip:127.0.0.1:5060>");
        assertThat(header(sent, "To")).isEqualTo(header(up.invite(), "To") + ";tag=bob");
        rig.fromCaller(hold);
        rig.quiet();

        rig.fromCallee(response(sent, "180 Ringing", ""));
        rig.caller("SIP/2.0 180 ");
        rig.fromCallee(ok(sent, "", "v=0 held"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(body(answer)).isEqualTo("v=0 held");
        rig.fromCaller(hold);
        rig.quiet();
        final String ack = inDialog("ACK", 2, up.answer(), "ack2", "");
        rig.fromCaller(ack);
        assertThat(header(rig.callee("ACK "), "CSeq")).isEqualTo("2 ACK");
        rig.fromCaller(ack);
        rig.quiet();
        rig.fromCallee(ok(sent, "", "v=0 held"));
        rig.callee("ACK ");
        over(3);
    }

    @Test
    void shouldPassTheCalleesOfferAndAcknowledgeTheCallerWhenTheCalleeHas() {
        rig.fromCallee(fromCalleeInDialog("INVITE", 7, up.invite(), "bob", "re", "", "v=0 music"));
        final String sent = rig.caller("INVITE sip:alice@127.0.0.2:5070 SIP/2.0");
        assertThat(body(sent)).isEqualTo("v=0 music");
        assertThat(header(sent, "CSeq")).isEqualTo("1 INVITE");
        assertThat(header(sent, "From")).isEqualTo(header(up.answer(), "To"));
        assertThat(header(sent, "To")).isEqualTo(header(up.answer(), "From"));
        rig.fromCaller(okOfCaller(sent, "v=0 listens"));
        assertThat(body(rig.callee("SIP/2.0 200 "))).isEqualTo("v=0 listens");
        rig.quiet();
        rig.fromCallee(fromCalleeInDialog("ACK", 7, up.invite(), "bob", "ack7", "", ""));
        assertThat(header(rig.caller("ACK "), "CSeq")).isEqualTo("1 ACK");
        over(2);
    }

    @Test
    void shouldPassALateOfferBothWays() {
        rig.fromCaller(inDialog("INVITE", 2, up.answer(), "late", ""));
        final String sent = rig.callee("INVITE ");
        assertThat(body(sent)).isEmpty();
        rig.fromCallee(ok(sent, "", "v=0 full offer"));
        assertThat(body(rig.caller("SIP/2.0 200 "))).isEqualTo("v=0 full offer");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", "", "v=0 answer"));
        assertThat(body(rig.callee("ACK "))).isEqualTo("v=0 answer");
        over(3);
    }

    @Test
    void shouldPassNoReliabilityThatWasNotOffered() {
        final String sent = held();
        final String reliable = "Require: 100rel\nRSeq: 9\n";
        rig.fromCallee(response(sent, "183 Session Progress", "", reliable, ""));
        final String progress = rig.caller("SIP/2.0 183 ");
        assertThat(headers(progress, "Require")).isEmpty();
        assertThat(headers(progress, "RSeq")).isEmpty();
        rig.fromCallee(ok(sent, "", "v=0 held"));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK ");
        over(3);
    }

    @Test
    void shouldRefuseTheCalleesWhileTheCallersIsUnderWay() {
        final String sent = held();
        rig.fromCallee(fromCalleeInDialog("INVITE", 1, up.invite(), "bob", "glare", "", "v=0"));
        final String pending = rig.callee("SIP/2.0 491 Request Pending");
        rig.fromCallee(failureAck(fromCalleeInDialog("INVITE", 1, up.invite(), "bob", "glare", "", "v=0"), pending));
        rig.fromCallee(response(sent, "491 Request Pending", ""));
        rig.callee("ACK ");
        final String relayed = rig.caller("SIP/2.0 491 ");
        rig.fromCaller(failureAck(hold, relayed));
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        over(3);
    }

    @Test
    void shouldRefuseASecondOneOfTheSameSideForAWhile() {
        final String sent = held();
        final String second = inDialog("INVITE", 3, up.answer(), "re2", "", "v=0");
        rig.fromCaller(second);
        final String refused = rig.caller("SIP/2.0 500 ");
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(0, 10);
        rig.fromCaller(second);
        assertThat(rig.caller("SIP/2.0 500 ")).isEqualTo(refused);
        rig.fromCaller(failureAck(second, refused));
        rig.fromCallee(ok(sent, "", "v=0"));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK ");
        over(4);
    }

    @Test
    void shouldLeaveTheSessionAloneWhenRefused() {
        final String sent = held();
        rig.fromCallee(response(sent, "488 Not Acceptable Here", "", "Warning: 304 x \"codec\"\n", ""));
        final String ack = rig.callee("ACK ");
        assertThat(header(ack, "Via")).isEqualTo(header(sent, "Via"));
        final String refused = rig.caller("SIP/2.0 488 ");
        assertThat(header(refused, "Warning")).isEqualTo("304 x \"codec\"");
        rig.fromCaller(failureAck(hold, refused));
        rig.fromCallee(response(sent, "488 Not Acceptable Here", ""));
        assertThat(rig.callee("ACK ")).isEqualTo(ack);
        assertThat(rig.records).isEmpty();
        over(3);
    }

    @Test
    void shouldEndTheCallWhenTheCalleeHasForgottenIt() {
        lost("481 Call/Transaction Does Not Exist", "481");
    }

    @Test
    void shouldEndTheCallWhenTheCalleeSaysTimeout() {
        lost("408 Request Timeout", "408");
    }

    private void lost(final String status, final String code) {
        final String sent = held();
        rig.fromCallee(response(sent, status, ""));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(hold, rig.caller("SIP/2.0 " + code)));
        rig.fromCaller(response(rig.caller("BYE "), "200 OK", ""));
        rig.fromCallee(response(rig.callee("BYE "), "481 Call/Transaction Does Not Exist", ""));
        assertThat(rig.records).containsExactly("200 2 party has lost the call");
        rig.over();
    }

    @Test
    void shouldCancelTheCallees() {
        final String sent = held();
        rig.fromCallee(response(sent, "180 Ringing", ""));
        rig.caller("SIP/2.0 180 ");
        rig.fromCaller(cancel(hold, "Reason: SIP;cause=487\n"));
        rig.caller("SIP/2.0 200 ");
        final String cancel = rig.callee("CANCEL ");
        assertThat(headers(cancel, "Via")).isEqualTo(headers(sent, "Via"));
        assertThat(header(cancel, "Reason")).isEqualTo("SIP;cause=487");
        rig.fromCallee(response(cancel, "200 OK", ""));
        rig.fromCallee(response(sent, "487 Request Terminated", ""));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(hold, rig.caller("SIP/2.0 487 ")));
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        over(3);
    }

    @Test
    void shouldRefuseOneBeforeTheFirstIsAnswered() {
        final CoreRig.Ringing ringing = rig.ringing("early", "bob");
        final String early = inDialog("INVITE", 2, ringing.progress(), "re-early", "", "v=0");
        rig.fromCaller(early);
        final String refused = rig.caller("SIP/2.0 500 ");
        assertThat(header(refused, "Retry-After")).isNotEmpty();
        rig.fromCaller(failureAck(early, refused));
        rig.fromCallee(fromCalleeInDialog("INVITE", 1, ringing.invite(), "bob", "re-mine", "", "v=0"));
        rig.callee("SIP/2.0 491 ");
        rig.fromCallee(response(ringing.invite(), "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("early", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.hangUp(up, 2);
        rig.pass(1_000);
        rig.toCallee.clear();
        rig.pass(CoreRig.LONGEST_MS);
        rig.empty();
    }

    @Test
    void shouldSayTryingWhenTheCalleeIsSlow() {
        final String sent = held();
        rig.fromCaller(hold);
        rig.pass(140);
        rig.quiet();
        rig.pass(55);
        final String trying = rig.caller("SIP/2.0 100 ");
        rig.fromCaller(hold);
        assertThat(rig.caller("SIP/2.0 100 ")).isEqualTo(trying);
        rig.fromCallee(response(sent, "488 Not Acceptable Here", ""));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(hold, rig.caller("SIP/2.0 488 ")));
        over(3);
    }

    @Test
    void shouldRefuseOneWithoutHops() {
        final String spent = inDialog("INVITE", 2, up.answer(), "hops", "Max-Forwards: 0\n", "v=0");
        rig.fromCaller(spent);
        rig.fromCaller(failureAck(spent, rig.caller("SIP/2.0 483 ")));
        over(3);
    }

    @Test
    void shouldPassReliableProvisionalsAndTheirAcknowledgement() {
        rig.fromCaller(inDialog("INVITE", 2, up.answer(), "re1", "Supported: 100rel\n", "v=0 hold"));
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(response(sent, "183 Session Progress", "", "Require: 100rel\nRSeq: 42\n", "v=0"));
        final String progress = rig.caller("SIP/2.0 183 ");
        assertThat(header(progress, "RSeq")).isEqualTo("42");
        rig.fromCaller(inDialog("PRACK", 3, up.answer(), "prack", "RAck: 42 2 INVITE\n"));
        final String prack = rig.callee("PRACK ");
        assertThat(header(prack, "RAck")).isEqualTo("42 2 INVITE");
        rig.fromCallee(response(prack, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCallee(ok(sent, "", "v=0"));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK ");
        over(4);
    }

    @Test
    void shouldAnswerThePendingOneWhenItsOwnSideHangsUp() {
        final String sent = held();
        rig.fromCaller(inDialog("BYE", 3, up.answer(), "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(hold, rig.caller("SIP/2.0 487 ")));
        final String bye = rig.callee("BYE ");
        rig.fromCallee(ok(sent, "", "v=0 crossing"));
        assertThat(header(rig.callee("ACK "), "CSeq")).isEqualTo("2 ACK");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.over();
    }

    @Test
    void shouldNotWaitForEverForACalleeThatOnlyRings() {
        final String sent = held();
        rig.fromCallee(response(sent, "100 Trying", ""));
        rig.pass(184_000);
        rig.caller("SIP/2.0 100 ");
        rig.quiet();
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        rig.pass(2_000);
        rig.caller("SIP/2.0 408 ");
        rig.caller("BYE ");
        rig.callee("BYE ");
        assertThat(rig.records).containsExactly("200 2 party does not answer");
        rig.pass(100_000);
        rig.empty();
    }

    @Test
    void shouldForgetOneThatIsPendingWhenTheCallEnds() {
        final String sent = held();
        rig.fromCallee(response(sent, "180 Ringing", ""));
        rig.caller("SIP/2.0 180 ");
        rig.fromCaller(inDialog("BYE", 3, up.answer(), "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(hold, rig.caller("SIP/2.0 487 ")));
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        rig.over();
    }

    @Test
    void shouldTakeTheNewTargetOfEitherSide() {
        rig.fromCaller(inDialog("INVITE", 2, up.answer(), "t", "Contact: <sip:alice@127.0.0.2:7777>\n", "v=0"));
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(response(sent, "200 OK", "", "Contact: <sip:bob@127.0.0.3:8888>\n", "v=0"));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK sip:bob@127.0.0.3:8888 SIP/2.0");
        assertThat(rig.last().port()).isEqualTo(8888);
        rig.fromCallee(fromCalleeInDialog("BYE", 1, up.invite(), "bob", "bye"));
        rig.callee("SIP/2.0 200 ");
        final String bye = rig.caller("BYE sip:alice@127.0.0.2:7777 SIP/2.0");
        assertThat(rig.last().port()).isEqualTo(7777);
        rig.fromCaller(response(bye, "200 OK", ""));
        rig.over();
    }
}
