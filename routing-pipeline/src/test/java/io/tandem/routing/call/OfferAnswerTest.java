package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.body;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where offers and answers travel: untouched, once each (RFC 3264, RFC 3261 section 13.2.1). */
@AlsoThroughSnapshots
class OfferAnswerTest {
    private final CoreRig rig;

    OfferAnswerTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    @Test
    void shouldPassAnOfferInTheAnswerAndItsAnswerInTheAck() {
        rig.fromCaller(invite("o", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(body(sent)).isEmpty();
        assertThat(header(sent, "Content-Length")).isEqualTo("0");
        rig.fromCallee(ok(sent, "bob", "v=0 late offer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(body(answer)).isEqualTo("v=0 late offer");
        final String ack = inDialog("ACK", 1, answer, "ack", "", "v=0 late answer");
        rig.fromCaller(ack);
        final String passed = rig.callee("ACK ");
        assertThat(body(passed)).isEqualTo("v=0 late answer");
        assertThat(header(passed, "Content-Type")).isEqualTo("application/sdp");
        rig.fromCaller(ack);
        rig.quiet();
        rig.fromCallee(ok(sent, "bob", "v=0 late offer"));
        assertThat(rig.callee("ACK ")).as("the same answer again").isEqualTo(passed);
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }

    @Test
    void shouldPassTheBodyByteForByte() {
        final String body =
                "v=0\r\no=- 1 1 IN IP4 10.1.1.1\r\ns=\u00e9\u00ff\u0001 -\r\nc=IN IP4 10.1.1.1\r\nm=audio 4000 RTP/AVP 0\r\n\r\n";
        rig.fromCaller(invite("o", "Content-Type: multipart/mixed;boundary=x\nContent-Disposition: session\n", body));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(body(sent)).isEqualTo(body);
        assertThat(header(sent, "Content-Length")).isEqualTo(Integer.toString(body.length()));
        assertThat(headers(sent, "Content-Length")).hasSize(1);
        assertThat(header(sent, "Content-Type")).isEqualTo("multipart/mixed;boundary=x");
        assertThat(header(sent, "Content-Disposition")).isEqualTo("session");
    }

    @Test
    void shouldIgnoreOctetsBehindTheBodyOfADatagram() {
        rig.fromCaller(invite("o", "", "v=0") + "junk");
        rig.caller("SIP/2.0 100 ");
        assertThat(body(rig.callee("INVITE "))).isEqualTo("v=0");
    }

    @Test
    void shouldAcknowledgeTheCalleeWithoutABodyWhenTheCallerNeverDoes() {
        rig.fromCaller(invite("o", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(ok(sent, "bob", "v=0 late offer"));
        rig.pass(32_100);
        assertThat(rig.toCaller.removeLast()).startsWith("BYE ");
        rig.toCaller.clear();
        assertThat(body(rig.callee("ACK "))).isEmpty();
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        rig.pass(CoreRig.LONGEST_MS);
        rig.toCaller.clear();
        rig.over();
    }

    @Test
    void shouldNotTakeAnAckWithAnotherCSeqForTheAnswer() {
        rig.fromCaller(invite("o", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(ok(sent, "bob", "v=0 late offer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 7, answer, "ack7", "", "v=0 wrong"));
        rig.quiet();
        rig.pass(600);
        assertThat(rig.caller("SIP/2.0 200 ")).as("still repeated").isEqualTo(answer);
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", "", "v=0 right"));
        assertThat(body(rig.callee("ACK "))).isEqualTo("v=0 right");
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }
}
