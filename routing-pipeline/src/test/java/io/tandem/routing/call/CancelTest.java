package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.cancel;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The caller gives up before an answer, at every moment there is (RFC 3261 section 9; RFC 5407 section 3.1.2). */
@AlsoThroughSnapshots
class CancelTest {
    private static final String INVITE = invite("c", "", "v=0 offer");
    private static final String GAVE_UP = "487 1 caller gave up";

    private final CoreRig rig;

    CancelTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    /** The caller's CANCEL and what it hears; returns the 487. */
    private String giveUp(final String extra) {
        rig.fromCaller(cancel(INVITE, extra));
        final String ok = rig.caller("SIP/2.0 200 ");
        final String terminated = rig.caller("SIP/2.0 487 Request Terminated");
        assertThat(header(ok, "CSeq")).isEqualTo("1 CANCEL");
        assertThat(header(ok, "To")).isEqualTo(header(terminated, "To"));
        rig.fromCaller(failureAck(INVITE, terminated));
        assertThat(rig.core.stats().liveCalls()).isZero();
        return terminated;
    }

    @Test
    void shouldHoldTheCancelUntilTheCalleeHasSaidSomething() {
        final String sent = rig.offered("c");
        giveUp("Reason: Q.850;cause=16;text=\"gone\"\n");
        rig.quiet();

        rig.fromCallee(response(sent, "100 Trying", ""));
        final String cancel = rig.callee("CANCEL sip:12025550123@127.0.0.3:5080 SIP/2.0");
        assertThat(headers(cancel, "Via")).containsExactly(header(sent, "Via"));
        assertThat(header(cancel, "From")).isEqualTo(header(sent, "From"));
        assertThat(header(cancel, "To")).isEqualTo(header(sent, "To"));
        assertThat(header(cancel, "Call-ID")).isEqualTo(header(sent, "Call-ID"));
        assertThat(header(cancel, "CSeq")).isEqualTo("1 CANCEL");
        assertThat(header(cancel, "Reason")).isEqualTo("Q.850;cause=16;text=\"gone\"");
        rig.fromCallee(response(cancel, "200 OK", ""));
        rig.fromCallee(response(sent, "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        assertThat(rig.records).containsExactly(GAVE_UP);
        rig.over();
    }

    @Test
    void shouldSendNoCancelWhenTheCalleeRefusesInsteadOfRinging() {
        final String sent = rig.offered("c");
        giveUp("");
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        assertThat(rig.records).containsExactly(GAVE_UP);
        rig.over();
    }

    @Test
    void shouldGiveUpWhenTheCalleeNeverSaysAnything() {
        rig.offered("c");
        giveUp("");
        rig.pass(31_900);
        for (int again = 0; again < 6; again++) {
            rig.callee("INVITE ");
        }
        rig.quiet();
        assertThat(rig.core.stats().tableCalls()).isEqualTo(1);
        rig.over();
    }

    @Test
    void shouldAnswerARepeatedCancelAgainAndCancelOnce() {
        final String sent = rig.ringing("c", "bob").invite();
        giveUp("");
        rig.callee("CANCEL ");
        rig.fromCaller(cancel(INVITE, ""));
        rig.caller("SIP/2.0 200 ");
        rig.quiet();
        rig.fromCallee(response(sent, "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        assertThat(rig.records).containsExactly(GAVE_UP);
        rig.pass(500);
        rig.callee("CANCEL ");
        rig.pass(100_000);
        rig.toCallee.clear();
        rig.empty();
    }

    @Test
    void shouldEndAnAnswerThatCrossesTheCancel() {
        final String sent = rig.ringing("c", "bob").invite();
        giveUp("");
        final String cancel = rig.callee("CANCEL ");
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        final String ack = rig.callee("ACK sip:bob@127.0.0.3:5080 SIP/2.0");
        assertThat(header(ack, "CSeq")).isEqualTo("1 ACK");
        final String bye = rig.callee("BYE sip:bob@127.0.0.3:5080 SIP/2.0");
        assertThat(header(bye, "CSeq")).isEqualTo("2 BYE");
        assertThat(header(bye, "Reason")).contains("cause=487");
        rig.fromCallee(response(cancel, "481 Call/Transaction Does Not Exist", ""));

        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        assertThat(rig.callee("ACK ")).as("for the repeated 2xx").isEqualTo(ack);
        rig.fromCallee(response(bye, "200 OK", ""));
        assertThat(rig.records).containsExactly(GAVE_UP);
        rig.over();
    }

    @Test
    void shouldEndTheFirstAnswerAfterAHeldCancel() {
        final String sent = rig.offered("c");
        giveUp("");
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        rig.callee("ACK ");
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly(GAVE_UP);
        rig.over();
    }

    @Test
    void shouldLeaveAnAnsweredCallAlone() {
        final CoreRig.Up up = rig.up("c");
        rig.fromCaller(cancel(INVITE, ""));
        assertThat(header(rig.caller("SIP/2.0 200 "), "CSeq")).isEqualTo("1 CANCEL");
        rig.quiet();
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        rig.hangUp(up, 2);
        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.over();
    }

    @Test
    void shouldLeaveARefusedCallAlone() {
        final String sent = rig.offered("c");
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        final String busy = rig.caller("SIP/2.0 486 ");
        rig.fromCaller(cancel(INVITE, ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(INVITE, busy));
        assertThat(rig.records).containsExactly("486 2 callee refused");
        rig.over();
    }

    @Test
    void shouldKnowNothingOfATransactionThatIsNot() {
        rig.fromCaller(cancel(invite("nobody", "", ""), ""));
        final String unknown = rig.caller("SIP/2.0 481 ");
        assertThat(tag(header(unknown, "To"))).isNotEmpty();
        rig.fromCaller(cancel(invite("nobody", "", ""), ""));
        assertThat(rig.caller("SIP/2.0 481 ")).isEqualTo(unknown);
        rig.over();
    }

    @Test
    void shouldGiveUpACalleeThatAnswersNothingAfterTheCancel() {
        rig.ringing("c", "bob");
        giveUp("");
        rig.pass(31_900);
        assertThat(rig.toCallee).as("CANCEL sent until timer F").hasSize(11).allMatch(m -> m.startsWith("CANCEL "));
        assertThat(rig.core.stats().tableLegs()).isNotZero();
        rig.toCallee.clear();
        rig.over();
    }

    @Test
    void shouldCancelEarlyMediaOfEveryFork() {
        final String sent = rig.ringing("c", "bob").invite();
        rig.fromCallee(response(sent, "183 Session Progress", "carol", "", "v=0 early"));
        rig.caller("SIP/2.0 183 ");
        giveUp("");
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", ""));
        rig.fromCallee(response(sent, "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        rig.over();
    }
}
