package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.cancel;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@AlsoThroughSnapshots
class BasicCallTest {
    private final CoreRig rig;

    BasicCallTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    @Test
    void shouldCarryACallFromInviteToBye() {
        rig.fromCaller(invite("a", "X-Thing:  kept  as\n  it came\n", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        final String invite = rig.callee("INVITE sip:12025550123@127.0.0.3:5080 SIP/2.0");
        assertThat(invite).contains("X-Thing:  kept  as\r\n  it came\r\n").endsWith("\r\n\r\nv=0 offer");
        assertThat(header(invite, "Max-Forwards")).isEqualTo("69");
        assertThat(invite).doesNotContain("127.0.0.2").doesNotContain("alice-a").doesNotContain("a@127");

        rig.fromCallee(response(invite, "180 Ringing", "bob", "", ""));
        final String ringing = rig.caller("SIP/2.0 180 Ringing");
        assertThat(header(ringing, "Call-ID")).isEqualTo("a@127.0.0.2");
        assertThat(ringing).doesNotContain("tag=bob");

        rig.fromCallee(ok(invite, "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 OK");
        assertThat(answer).endsWith("v=0 answer");
        assertThat(header(answer, "To")).isEqualTo(header(ringing, "To"));
        assertThat(header(answer, "Contact")).isEqualTo("<sip:127.0.0.1:5060>");
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);

        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        final String ack = rig.callee("ACK sip:bob@127.0.0.3:5080 SIP/2.0");
        assertThat(header(ack, "CSeq")).isEqualTo("1 ACK");
        assertThat(header(ack, "To")).endsWith(";tag=bob");

        rig.fromCaller(inDialog("BYE", 2, answer, "bye", "X-Why: done\n"));
        rig.caller("SIP/2.0 200 OK");
        final String bye = rig.callee("BYE sip:bob@127.0.0.3:5080 SIP/2.0");
        assertThat(header(bye, "CSeq")).isEqualTo("2 BYE");
        assertThat(header(bye, "X-Why")).isEqualTo("done");
        assertThat(rig.core.stats().liveCalls()).isZero();
        assertThat(rig.core.stats().admissionCounters()).isZero();
        rig.fromCallee(response(bye, "200 OK", "", "", ""));

        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.over();
    }

    @Test
    void shouldEndTheCallWhenTheCalleeHangsUp() {
        rig.fromCaller(invite("b", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String invite = rig.callee("INVITE ");
        rig.fromCallee(ok(invite, "bob", "v=0 late offer"));
        final String answer = rig.caller("SIP/2.0 200 OK");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");

        rig.fromCallee(fromCalleeInDialog("BYE", 1, invite, "bob", "bye"));
        rig.callee("SIP/2.0 200 OK");
        final String bye = rig.caller("BYE sip:alice@127.0.0.2:5070 SIP/2.0");
        assertThat(tag(header(bye, "To"))).isEqualTo("alice-b");
        assertThat(header(bye, "From")).isEqualTo(header(answer, "To"));
        rig.fromCaller(response(bye, "200 OK", "", "", ""));

        assertThat(rig.records).containsExactly("200 2 hung up");
        rig.over();
    }

    @Test
    void shouldPassOnARefusalAndAcknowledgeIt() {
        rig.fromCaller(invite("c", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String invite = rig.callee("INVITE ");
        rig.fromCallee(response(invite, "486 Busy Here", "bob", "X-Custom: one\n", ""));
        final String ack = rig.callee("ACK ");
        assertThat(header(ack, "Via")).isEqualTo(header(invite, "Via"));
        final String busy = rig.caller("SIP/2.0 486 Busy Here");
        assertThat(header(busy, "X-Custom")).isEqualTo("one");
        rig.fromCaller(inDialog("ACK", 1, busy, "inv-c", ""));

        assertThat(rig.records).containsExactly("486 2 callee refused");
        rig.over();
    }

    @Test
    void shouldCancelWhileTheCalleeRings() {
        rig.fromCaller(invite("d", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String invite = rig.callee("INVITE ");
        rig.fromCallee(response(invite, "180 Ringing", "bob", "", ""));
        rig.caller("SIP/2.0 180 ");

        rig.fromCaller(cancel(invite("d", "", ""), "Reason: SIP;cause=200\n"));
        rig.caller("SIP/2.0 200 ");
        final String terminated = rig.caller("SIP/2.0 487 ");
        final String cancel = rig.callee("CANCEL ");
        assertThat(header(cancel, "Via")).isEqualTo(header(invite, "Via"));
        assertThat(header(cancel, "Reason")).isEqualTo("SIP;cause=200");
        assertThat(header(cancel, "CSeq")).isEqualTo("1 CANCEL");
        rig.fromCallee(response(cancel, "200 OK", "", "", ""));
        rig.fromCallee(response(invite, "487 Request Terminated", "bob", "", ""));
        rig.callee("ACK ");
        rig.fromCaller(inDialog("ACK", 1, terminated, "inv-d", ""));

        assertThat(rig.records).containsExactly("487 1 caller gave up");
        rig.over();
    }
}
