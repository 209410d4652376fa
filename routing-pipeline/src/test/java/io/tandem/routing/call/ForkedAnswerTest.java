package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.branch;
import static io.tandem.routing.call.Texts.cSeq;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** More than one callee answers one INVITE (RFC 3261 section 13.2.2.4): the first wins, the others get ACK and BYE. */
@AlsoThroughSnapshots
class ForkedAnswerTest {
    private final CoreRig rig;

    ForkedAnswerTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    private String ended(final String sent, final String tag) {
        rig.fromCallee(ok(sent, tag, "v=0 answer"));
        final String ack = rig.callee("ACK sip:bob@127.0.0.3:5080 SIP/2.0");
        assertThat(tag(header(ack, "To"))).isEqualTo(tag);
        final String bye = rig.callee("BYE sip:bob@127.0.0.3:5080 SIP/2.0");
        assertThat(tag(header(bye, "To"))).isEqualTo(tag);
        assertThat(branch(bye)).isNotEqualTo(branch(ack));
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
        return bye;
    }

    @Test
    void shouldEndTheSecondAnswerAndKeepTheFirst() {
        final CoreRig.Up up = rig.up("f");
        final String bye = ended(up.invite(), "carol");
        rig.fromCallee(ok(up.invite(), "carol", "v=0 answer"));
        rig.callee("ACK ");
        rig.quiet();
        rig.fromCallee(response(bye, "200 OK", ""));
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        rig.hangUp(up, 2);
        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.over();
    }

    @Test
    void shouldAcknowledgeTheFirstAnswerAgainWhenItsAckWasLost() {
        final String sent = rig.offered("f");
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        rig.quiet();
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        final String ack = rig.callee("ACK ");
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        assertThat(rig.callee("ACK ")).isEqualTo(ack);
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.quiet();
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }

    @Test
    void shouldEndAnAnswerThatComesWhenTheCallIsOverAlready() {
        final CoreRig.Up up = rig.up("f");
        rig.hangUp(up, 2);
        rig.pass(1_000);
        assertThat(rig.core.stats().tableCalls())
                .as("the call has left its table")
                .isZero();
        final String bye = ended(up.invite(), "carol");
        assertThat(cSeq(bye)).isGreaterThan(2);
        rig.fromCallee(response(bye, "200 OK", ""));
        assertThat(rig.records).hasSize(1);
        rig.over();
    }

    @Test
    void shouldCountOnWhenAnAnswerThatComesTooLateIsRepeated() {
        final CoreRig.Up up = rig.up("f");
        rig.hangUp(up, 2);
        int last = 0;
        for (int i = 0; i < 3; i++) {
            final String bye = ended(up.invite(), "carol");
            assertThat(cSeq(bye)).isGreaterThan(last);
            last = cSeq(bye);
            rig.fromCallee(response(bye, "200 OK", ""));
        }
        rig.over();
    }
}
