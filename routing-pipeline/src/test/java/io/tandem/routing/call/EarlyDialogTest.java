package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.body;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.counter.CoreCounter;
import org.junit.jupiter.api.Test;

/** Several early dialogs of the callee side, each with a To tag of its own towards the caller (D3; RFC 3262, 3311). */
@AlsoThroughSnapshots
class EarlyDialogTest {
    private static final String RELIABLE = "Require: 100rel\nContact: <sip:bob@127.0.0.3:5080>\nRSeq: ";

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    EarlyDialogTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private String progress(final String sent, final String status, final String tag, final String body) {
        rig.fromCallee(response(sent, status, tag, "", body));
        return rig.caller("SIP/2.0 " + status);
    }

    @Test
    void shouldGiveEveryCalleeDialogATagOfItsOwn() {
        final String sent = rig.offered("e");
        final String bob = progress(sent, "180 Ringing", "bob", "");
        final String carol = progress(sent, "183 Session Progress", "carol", "v=0 early");
        assertThat(header(carol, "To")).isNotEqualTo(header(bob, "To"));
        assertThat(tag(header(carol, "To"))).isNotEqualTo("carol");
        assertThat(body(carol)).isEqualTo("v=0 early");
        assertThat(header(progress(sent, "180 Ringing", "bob", ""), "To")).isEqualTo(header(bob, "To"));

        rig.fromCallee(ok(sent, "carol", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(header(answer, "To")).isEqualTo(header(carol, "To"));
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        assertThat(tag(header(rig.callee("ACK "), "To"))).isEqualTo("carol");
        rig.fromCaller(inDialog("INFO", 2, bob, "late", ""));
        rig.caller("SIP/2.0 481 ");
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }

    @Test
    void shouldPassEachProvisionalAsOftenAsItComes() {
        final String sent = rig.offered("e");
        final String ringing = progress(sent, "180 Ringing", "bob", "");
        assertThat(progress(sent, "180 Ringing", "bob", "")).isEqualTo(ringing);
        rig.fromCaller(invite("e", "", "v=0 offer"));
        assertThat(rig.caller("SIP/2.0 180 ")).as("INVITE again").isEqualTo(ringing);
        refuse(sent);
        rig.over();
    }

    private void refuse(final String sent) {
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        final String busy = rig.caller("SIP/2.0 486 ");
        rig.fromCaller(Texts.failureAck(invite("e", "", "v=0 offer"), busy));
    }

    @Test
    void shouldPassEarlyMediaOfTheFirstDialogOnlyWhenTheTrunkSaysSo() {
        configuration.pbx = ",'early_media':'first'";
        rig.configure();
        final String sent = rig.offered("e");
        assertThat(body(progress(sent, "183 Session Progress", "bob", "v=0 early")))
                .isEqualTo("v=0 early");
        final String carol = progress(sent, "183 Session Progress", "carol", "v=0 other");
        assertThat(body(carol)).isEmpty();
        assertThat(header(carol, "Content-Length")).isEqualTo("0");
        assertThat(carol).doesNotContain("Content-Type");
        assertThat(body(progress(sent, "183 Session Progress", "bob", "v=0 early")))
                .isEqualTo("v=0 early");
        refuse(sent);
        rig.over();
    }

    @Test
    void shouldPassNoEarlyMediaWhenTheTrunkSaysSo() {
        configuration.pbx = ",'early_media':'none'";
        rig.configure();
        final String sent = rig.offered("e");
        assertThat(body(progress(sent, "183 Session Progress", "bob", "v=0 early")))
                .isEmpty();
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(body(answer)).isEqualTo("v=0 answer");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }

    @Test
    void shouldKeepTheAcknowledgementsOfTwoForksApart() {
        rig.fromCaller(invite("e", "Supported: 100rel\nRequire: 100rel\n", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(header(sent, "Supported")).isEqualTo("100rel");
        assertThat(header(sent, "Require")).isEqualTo("100rel");
        final String bob = reliable(sent, "bob", 5_000);
        final String carol = reliable(sent, "carol", 700);

        acknowledged(bob, 2, "bob", 5_000);
        acknowledged(carol, 2, "carol", 700);
        final String more = reliable(sent, "bob", 5_001);
        assertThat(header(more, "To")).isEqualTo(header(bob, "To"));
        acknowledged(more, 3, "bob", 5_001);

        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        final String busy = rig.caller("SIP/2.0 486 ");
        rig.fromCaller(Texts.failureAck(invite("e", "", ""), busy));
        rig.over();
    }

    @Test
    void shouldKeepBackAReliableProvisionalThatTheNextHasOvertaken() {
        rig.fromCaller(invite("e", "Supported: 100rel\n", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        acknowledged(reliable(sent, "bob", 5_000), 2, "bob", 5_000);
        reliable(sent, "carol", 700);
        final String next = reliable(sent, "bob", 5_001);
        rig.fromCallee(response(sent, "183 Session Progress", "bob", RELIABLE + "5000\n", "v=0 early"));
        rig.quietCaller();
        assertThat(reliable(sent, "bob", 5_001)).as("the next again").isEqualTo(next);

        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(Texts.failureAck(invite("e", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    private String reliable(final String sent, final String tag, final int rSeq) {
        rig.fromCallee(response(sent, "183 Session Progress", tag, RELIABLE + rSeq + "\n", "v=0 early"));
        final String progress = rig.caller("SIP/2.0 183 ");
        assertThat(header(progress, "RSeq")).isEqualTo(Integer.toString(rSeq));
        assertThat(header(progress, "Require")).isEqualTo("100rel");
        return progress;
    }

    private void acknowledged(final String progress, final int cSeq, final String tag, final int rSeq) {
        final String prack = inDialog(
                "PRACK", cSeq, progress, "prack-" + tag + rSeq, "RAck: " + header(progress, "RSeq") + " 1 INVITE\n");
        rig.fromCaller(prack);
        rig.quietCaller();
        rig.fromCaller(prack);
        rig.quietCaller();
        final String relayed = rig.callee("PRACK ");
        assertThat(header(relayed, "RAck")).isEqualTo(rSeq + " 1 INVITE");
        assertThat(tag(header(relayed, "To"))).isEqualTo(tag);
        assertThat(header(relayed, "CSeq")).isEqualTo(cSeq + " PRACK");
        rig.fromCallee(response(relayed, "200 OK", ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(header(answer, "CSeq")).isEqualTo(cSeq + " PRACK");
        rig.fromCaller(prack);
        assertThat(rig.caller("SIP/2.0 200 ")).as("PRACK again").isEqualTo(answer);
        rig.quiet();
    }

    @Test
    void shouldAcknowledgeByItselfForACallerWithoutReliability() {
        final String sent = rig.offered("e");
        assertThat(headers(sent, "Supported")).as("not offered").isEmpty();
        final String reliable =
                response(sent, "183 Session Progress", "bob", "Require: timer, 100rel\nRSeq: 41\n", "v=0 early");
        rig.fromCallee(reliable);
        final String prack = rig.callee("PRACK ");
        assertThat(header(prack, "RAck")).isEqualTo("41 1 INVITE");
        assertThat(header(prack, "CSeq")).isEqualTo("2 PRACK");
        assertThat(tag(header(prack, "To"))).isEqualTo("bob");
        final String progress = rig.caller("SIP/2.0 183 ");
        assertThat(headers(progress, "RSeq")).isEmpty();
        assertThat(headers(progress, "Require")).containsExactly("timer");
        assertThat(body(progress)).isEqualTo("v=0 early");
        rig.fromCallee(reliable);
        rig.quiet();
        rig.fromCallee(response(prack, "200 OK", ""));
        rig.quiet();

        rig.fromCallee(ok(sent, "bob", "v=0 early"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        rig.fromCaller(inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        final String bye = rig.callee("BYE ");
        assertThat(header(bye, "CSeq")).as("after the PRACK").isEqualTo("3 BYE");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.over();
    }

    @Test
    void shouldAcknowledgeInOrderOnly() {
        final String sent = rig.offered("e");
        final String first = response(sent, "183 Session Progress", "bob", RELIABLE + "1\n", "v=0 early");
        final String second = response(sent, "180 Ringing", "bob", RELIABLE + "2\n", "");
        final String third = response(sent, "180 Ringing", "bob", RELIABLE + "3\n", "");
        rig.fromCallee(first);
        rig.fromCallee(third);
        rig.fromCallee(second);
        rig.fromCallee(third);
        rig.caller("SIP/2.0 183 ");
        rig.caller("SIP/2.0 180 ");
        rig.caller("SIP/2.0 180 ");
        for (int rSeq = 1; rSeq <= 3; rSeq++) {
            final String prack = rig.callee("PRACK ");
            assertThat(header(prack, "RAck")).isEqualTo(rSeq + " 1 INVITE");
            rig.fromCallee(response(prack, "200 OK", ""));
        }
        refuse(sent);
        rig.over();
    }

    @Test
    void shouldNotAcknowledgeAnOfferThatTheCallerCannotAnswer() {
        rig.fromCaller(invite("e", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(response(sent, "183 Session Progress", "bob", RELIABLE + "1\n", "v=0 offer"));
        final String progress = rig.caller("SIP/2.0 183 ");
        assertThat(headers(progress, "RSeq")).isEmpty();
        assertThat(headers(progress, "Content-Type")).isEmpty();
        assertThat(body(progress)).isEmpty();
        rig.quiet();
        refuse(sent);
        rig.over();
    }

    @Test
    void shouldNotMistakeARefusedPrackForTheLossOfTheCall() {
        final CoreRig.Up up = rig.up("e");
        rig.fromCaller(inDialog("PRACK", 2, up.answer(), "prack", "RAck: 9 1 INVITE\n"));
        rig.fromCallee(response(rig.callee("PRACK "), "481 Call/Transaction Does Not Exist", ""));
        rig.caller("SIP/2.0 481 ");
        assertThat(rig.core.stats().liveCalls()).isEqualTo(1);
        rig.hangUp(up, 3);
        rig.over();
    }

    @Test
    void shouldPassUpdatesInAnEarlyDialogBothWays() {
        final CoreRig.Ringing ringing = rig.ringing("e", "bob");
        rig.fromCaller(inDialog("UPDATE", 2, ringing.progress(), "u1", "", "v=0 again"));
        final String update = rig.callee("UPDATE sip:bob@127.0.0.3:5080 SIP/2.0");
        assertThat(body(update)).isEqualTo("v=0 again");
        assertThat(header(update, "Contact")).isEqualTo("<sip:127.0.0.1:5060>");
        rig.fromCallee(ok(update, "bob", "v=0 yes"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(body(answer)).isEqualTo("v=0 yes");
        assertThat(header(answer, "Contact")).isEqualTo("<sip:127.0.0.1:5060>");

        rig.fromCallee(fromCalleeInDialog("UPDATE", 1, ringing.invite(), "bob", "u2", "", "v=0 mine"));
        final String other = rig.caller("UPDATE sip:alice@127.0.0.2:5070 SIP/2.0");
        assertThat(header(other, "From")).isEqualTo(header(ringing.progress(), "To"));
        rig.fromCaller(okOfCaller(other, "v=0 fine"));
        assertThat(body(rig.callee("SIP/2.0 200 "))).isEqualTo("v=0 fine");
        refuse(ringing.invite());
        rig.over();
    }

    @Test
    void shouldCountOnInADialogThatWasGoneWhenItsForkAnswersAfterAll() {
        final CoreRig.Ringing carol = rig.ringing("e", "carol");
        rig.fromCaller(inDialog("INFO", 2, carol.progress(), "i1", ""));
        rig.fromCallee(response(rig.callee("INFO "), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCallee(ok(carol.invite(), "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");

        rig.fromCallee(ok(carol.invite(), "carol", "v=0 answer"));
        rig.callee("ACK ");
        final String bye = rig.callee("BYE ");
        assertThat(header(bye, "CSeq")).as("after the INFO's 2").isEqualTo("3 BYE");
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.hangUp(new CoreRig.Up(carol.invite(), answer), 2);
        rig.over();
    }

    @Test
    void shouldPassNoMoreEarlyDialogsThanALegMayHave() {
        final String sent = rig.offered("e");
        for (int i = 0; i < Dialogs.DIALOGS_PER_LEG_MAX; i++) {
            progress(sent, "180 Ringing", "fork-" + i, "");
        }
        rig.fromCallee(response(sent, "180 Ringing", "one-too-many"));
        rig.quiet();
        assertThat(rig.count(CoreCounter.REQUESTS_REFUSED_FULL)).isEqualTo(1);
        refuse(sent);
        rig.over();
    }
}
