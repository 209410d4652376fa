package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.body;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests in a dialog that is up, INVITE and BYE aside (RFC 3261 section 12.2; RFC 3311, 4320, 6086). */
@AlsoThroughSnapshots
class InDialogRequestTest {
    private static final String DTMF = "Content-Type: application/dtmf-relay\nInfo-Package: x\n";

    private final CoreRig rig;
    private CoreRig.Up up;

    InDialogRequestTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    @BeforeEach
    void callIsUp() {
        up = rig.up("q");
    }

    private void over(final int cSeq) {
        rig.hangUp(up, cSeq);
        rig.over();
    }

    @Test
    void shouldPassRequestsOfTheCallerWithTheirBodies() {
        int cSeq = 2;
        for (final String method : new String[] {"INFO", "OPTIONS", "MESSAGE", "NOTIFY", "UPDATE"}) {
            final String request = inDialog(method, cSeq, up.answer(), method, DTMF, "Signal=5\r\n");
            rig.fromCaller(request);
            final String relayed = rig.callee(method + " sip:bob@127.0.0.3:5080 SIP/2.0");
            assertThat(header(relayed, "CSeq")).isEqualTo(cSeq + " " + method);
            assertThat(header(relayed, "Content-Type")).isEqualTo("application/dtmf-relay");
            assertThat(header(relayed, "Info-Package")).isEqualTo("x");
            assertThat(header(relayed, "Max-Forwards")).isEqualTo("69");
            assertThat(body(relayed)).isEqualTo("Signal=5\r\n");
            rig.fromCaller(request);
            rig.quiet();
            rig.fromCallee(response(relayed, "202 Accepted", "", "Content-Type: text/plain\n", "done"));
            final String answer = rig.caller("SIP/2.0 202 Accepted");
            assertThat(body(answer)).isEqualTo("done");
            rig.fromCaller(request);
            assertThat(rig.caller("SIP/2.0 202 ")).isEqualTo(answer);
            cSeq++;
        }
        over(cSeq);
    }

    @Test
    void shouldPassRequestsOfTheCalleeWithTheirBodies() {
        int cSeq = 100;
        int ours = 1;
        for (final String method : new String[] {"INFO", "OPTIONS", "MESSAGE", "NOTIFY", "UPDATE"}) {
            rig.fromCallee(fromCalleeInDialog(method, cSeq++, up.invite(), "bob", method, DTMF, "Signal=5\r\n"));
            final String relayed = rig.caller(method + " sip:alice@127.0.0.2:5070 SIP/2.0");
            assertThat(header(relayed, "CSeq")).isEqualTo(ours++ + " " + method);
            assertThat(header(relayed, "From")).isEqualTo(header(up.answer(), "To"));
            assertThat(body(relayed)).isEqualTo("Signal=5\r\n");
            rig.fromCaller(response(relayed, "200 OK", ""));
            assertThat(header(rig.callee("SIP/2.0 200 "), "CSeq")).isEqualTo((cSeq - 1) + " " + method);
        }
        over(2);
    }

    @Test
    void shouldPassARefusalAndKeepTheCall() {
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "i", ""));
        rig.fromCallee(response(rig.callee("INFO "), "489 Bad Event", "", "Allow-Events: x\n", ""));
        assertThat(header(rig.caller("SIP/2.0 489 Bad Event"), "Allow-Events")).isEqualTo("x");
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        over(3);
    }

    @Test
    void shouldEndTheCallWhenThePeerHasForgottenIt() {
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "i", ""));
        rig.fromCallee(response(rig.callee("INFO "), "481 Call/Transaction Does Not Exist", ""));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(okOfCaller(rig.caller("BYE "), ""));
        rig.fromCallee(response(rig.callee("BYE "), "481 Call/Transaction Does Not Exist", ""));
        assertThat(rig.records).containsExactly("200 2 party has lost the call");
        rig.over();
    }

    @Test
    void shouldSayNothingForASilentPeerAndEndTheCall() {
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "i", ""));
        rig.pass(31_900);
        assertThat(rig.toCallee).as("timer E until timer F").hasSize(11).allMatch(m -> m.startsWith("INFO "));
        rig.caller("SIP/2.0 100 ");
        rig.quietCaller();
        rig.toCallee.clear();
        rig.pass(200);
        final String bye = rig.caller("BYE ");
        assertThat(header(bye, "Reason")).startsWith("Q.850;cause=102");
        rig.fromCaller(okOfCaller(bye, ""));
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly("200 2 party does not answer");
        rig.over();
    }

    @Test
    void shouldSayTryingWhenLateAndPassNoProvisionalResponse() {
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "i", ""));
        final String relayed = rig.callee("INFO ");
        rig.fromCallee(response(relayed, "183 Session Progress", ""));
        rig.pass(3_490);
        rig.quietCaller();
        rig.pass(20);
        rig.caller("SIP/2.0 100 Trying");
        rig.fromCallee(response(relayed, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.toCallee.clear();
        over(3);
    }

    @Test
    void shouldRefuseAnUpdateWithAnOfferWhileAnInviteIsUnderWay() {
        rig.fromCaller(inDialog("INVITE", 2, up.answer(), "re", "", "v=0"));
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(fromCalleeInDialog("UPDATE", 1, up.invite(), "bob", "u1", "", "v=0"));
        rig.callee("SIP/2.0 491 ");
        rig.fromCaller(inDialog("UPDATE", 3, up.answer(), "u2", "", "v=0"));
        assertThat(header(rig.caller("SIP/2.0 500 "), "Retry-After")).isNotEmpty();
        rig.fromCaller(inDialog("UPDATE", 4, up.answer(), "u3", ""));
        rig.fromCallee(response(rig.callee("UPDATE "), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCallee(response(sent, "200 OK", "", "Contact: <sip:bob@127.0.0.3:5080>\n", "v=0"));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK ");
        over(5);
    }

    @Test
    void shouldTakeTheTargetOfAnUpdateFromEitherSide() {
        rig.fromCaller(inDialog("UPDATE", 2, up.answer(), "u", "Contact: <sip:alice@127.0.0.2:7777>\n", ""));
        rig.fromCallee(response(rig.callee("UPDATE "), "200 OK", "", "Contact: <sip:bob@127.0.0.3:8888>\n", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("INFO", 3, up.answer(), "i", ""));
        rig.fromCallee(response(rig.callee("INFO sip:bob@127.0.0.3:8888 SIP/2.0"), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCallee(fromCalleeInDialog("INFO", 1, up.invite(), "bob", "i2"));
        rig.fromCaller(response(rig.caller("INFO sip:alice@127.0.0.2:7777 SIP/2.0"), "200 OK", ""));
        rig.callee("SIP/2.0 200 ");
        over(4);
    }

    @Test
    void shouldRefuseALowerCSeq() {
        rig.fromCaller(inDialog("INFO", 10, up.answer(), "i10", ""));
        rig.fromCallee(response(rig.callee("INFO "), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        final String late = inDialog("INFO", 9, up.answer(), "i9", "");
        rig.fromCaller(late);
        final String refused = rig.caller("SIP/2.0 500 ");
        rig.fromCaller(late);
        assertThat(rig.caller("SIP/2.0 500 ")).isEqualTo(refused);
        over(11);
    }

    @Test
    void shouldKnowNoDialogWithWrongTagsOrCallId() {
        final String info = inDialog("INFO", 2, up.answer(), "i", "");
        rig.fromCaller(info.replace(";tag=alice-q", ";tag=alice-x"));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(info.replace("Call-ID: q@", "Call-ID: x@"));
        rig.caller("SIP/2.0 481 ");
        final String tag = Texts.tag(header(up.answer(), "To"));
        final String otherProof = tag.substring(0, 29) + (tag.charAt(29) == '0' ? '1' : '0');
        rig.fromCaller(info.replace(tag, otherProof));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(info.replace(tag, "stranger"));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(info.replace("INFO", "INVITE").replace(tag, "stranger"));
        rig.caller("SIP/2.0 481 ");
        rig.fromCallee(fromCalleeInDialog("INFO", 1, up.invite(), "robert", "i2"));
        rig.callee("SIP/2.0 481 ");
        over(2);
    }

    @Test
    void shouldRefuseWhatWeCannotDo() {
        rig.fromCaller(inDialog("REFER", 2, up.answer(), "r", "Refer-To: <sip:x@127.0.0.9>\n"));
        rig.caller("SIP/2.0 403 ");
        rig.fromCaller(inDialog("SUBSCRIBE", 3, up.answer(), "s", "Event: dialog\n"));
        assertThat(header(rig.caller("SIP/2.0 405 "), "Allow"))
                .contains("INVITE")
                .doesNotContain("SUBSCRIBE");
        rig.fromCaller(inDialog("JUMP", 4, up.answer(), "j", ""));
        assertThat(header(rig.caller("SIP/2.0 501 "), "Allow")).contains("INVITE");
        final String require = inDialog("INFO", 5, up.answer(), "q", "Require: 100rel, teleport\n");
        rig.fromCaller(require);
        final String refused = rig.caller("SIP/2.0 420 ");
        assertThat(header(refused, "Unsupported")).isEqualTo("teleport");
        rig.fromCaller(require);
        assertThat(rig.caller("SIP/2.0 420 ")).isEqualTo(refused);
        rig.fromCaller(inDialog("INFO", 6, up.answer(), "h", "Max-Forwards: 0\n"));
        rig.caller("SIP/2.0 483 ");
        over(7);
    }

    @Test
    void shouldAbsorbAStrayAckInTheDialog() {
        rig.fromCaller(inDialog("ACK", 5, up.answer(), "ack5", ""));
        rig.quiet();
        assertThat(rig.count(io.tandem.routing.counter.CoreCounter.ACKS_STRAY)).isEqualTo(1);
        over(6);
    }
}
