package io.tandem.routing.call;

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

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Session timers: negotiated end to end, or with us for a party that does not know them (RFC 4028; D10). */
@AlsoThroughSnapshots
class SessionTimerTest {
    private static final String TIMER = "Supported: timer\n";
    private static final String BOB = "Contact: <sip:bob@127.0.0.3:5080>\n";
    private static final String ALLOW = "Allow: INVITE, ACK, BYE, UPDATE\n";

    /** Interval of 120 s: half of it is 60 s, the call ends 32 s before its end. */
    private static final String EXPIRES = "Session-Expires: 120";

    private final CoreRig rig;

    SessionTimerTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    // ---- scenes ----------------------------------------------------------------------------------------------------

    /** A call whose INVITE and 200 carry these fields. */
    private CoreRig.Up up(final String asked, final String answered) {
        rig.fromCaller(invite("s", asked, "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(response(sent, "200 OK", "bob", BOB + answered, "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        return new CoreRig.Up(sent, answer);
    }

    /** A call that we refresh towards the caller. */
    private CoreRig.Up refreshedByUs() {
        final CoreRig.Up up = up(TIMER + ALLOW + EXPIRES + ";refresher=uas\n", "");
        assertThat(header(up.answer(), "Session-Expires")).isEqualTo("120;refresher=uas");
        assertThat(headers(up.answer(), "Require")).isEmpty();
        return up;
    }

    private String refreshed() {
        final String update = rig.caller("UPDATE sip:alice@127.0.0.2:5070 SIP/2.0");
        assertThat(header(update, "Session-Expires")).isEqualTo("120;refresher=uac");
        assertThat(header(update, "Supported")).isEqualTo("timer");
        assertThat(header(update, "Contact")).isEqualTo("<sip:127.0.0.1:5060>");
        assertThat(Texts.body(update)).isEmpty();
        return update;
    }

    private void answered(final String update, final String fields) {
        rig.fromCaller(response(update, "200 OK", "", "Contact: <sip:alice@127.0.0.2:5070>\n" + fields, ""));
    }

    private void stillUpAfter(final long ms) {
        rig.pass(ms);
        rig.quiet();
        assertThat(rig.core.stats().liveCalls()).isOne();
    }

    private void expired() {
        for (final String bye : new String[] {rig.caller("BYE "), rig.callee("BYE ")}) {
            assertThat(header(bye, "Reason")).isEqualTo("Q.850;cause=102;text=\"session not refreshed\"");
        }
        assertThat(rig.records).containsExactly("200 3 session not refreshed");
        assertThat(rig.rules).containsExactly(Rule.SESSION_EXPIRED);
        assertThat(rig.count(CoreCounter.SESSIONS_EXPIRED)).isOne();
        rig.toCaller.clear();
        rig.toCallee.clear();
        rig.pass(CoreRig.LONGEST_MS);
        rig.toCaller.clear();
        rig.toCallee.clear();
        rig.empty();
    }

    private void over(final CoreRig.Up up, final int cSeq) {
        rig.hangUp(up, cSeq);
        rig.over();
    }

    // ---- too short -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"89", "0", "soon", "1800;refresher=nobody"})
    void shouldRefuseAnInviteWithTooShortAnInterval(final String value) {
        final String invite = invite("s", TIMER + "Session-Expires: " + value + "\n", "");
        rig.fromCaller(invite);
        final String refused = rig.caller("SIP/2.0 422 Session Interval Too Small");
        assertThat(header(refused, "Min-SE")).isEqualTo("90");
        rig.fromCaller(invite);
        assertThat(rig.caller("SIP/2.0 422 ")).isEqualTo(refused);
        rig.fromCaller(failureAck(invite, refused));
        assertThat(rig.records).containsExactly("422 3 refused");
        assertThat(rig.rules).containsExactly(Rule.SESSION_INTERVAL_TOO_SMALL);
        rig.over();
    }

    @Test
    void shouldTakeAnyIntervalOfASenderThatCannotDoBetter() {
        final CoreRig.Up up = up("Session-Expires: 60\n", "");
        assertThat(header(up.invite(), "Session-Expires")).isEqualTo("60");
        assertThat(headers(up.answer(), "Session-Expires")).isEmpty();
        stillUpAfter(200_000);
        over(up, 2);
    }

    @Test
    void shouldRefuseTooShortAnIntervalInADialogAndGoOn() {
        final CoreRig.Up up = up("", "");
        final String invite = inDialog("INVITE", 2, up.answer(), "re", TIMER + "Session-Expires: 10\n", "v=0");
        rig.fromCaller(invite);
        final String refused = rig.caller("SIP/2.0 422 ");
        assertThat(header(refused, "Min-SE")).isEqualTo("90");
        rig.fromCaller(failureAck(invite, refused));
        rig.fromCallee(
                fromCalleeInDialog("UPDATE", 1, up.invite(), "bob", "update", TIMER + "Session-Expires: 10\n", ""));
        assertThat(header(rig.callee("SIP/2.0 422 "), "Min-SE")).isEqualTo("90");
        rig.quietCaller();
        over(up, 3);
    }

    // ---- both know timers ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"uac", "uas"})
    void shouldPassWhatBothAgreeAndEndTheCallWhenNobodyRefreshes(final String refresher) {
        final String agreed = "120;refresher=" + refresher;
        final CoreRig.Up up = up(TIMER + "Session-Expires: 1800\nMin-SE: 100\n", "Session-Expires: " + agreed + "\n");
        assertThat(header(up.invite(), "Session-Expires")).isEqualTo("1800");
        assertThat(header(up.invite(), "Min-SE")).isEqualTo("100");
        assertThat(headers(up.answer(), "Session-Expires")).containsExactly(agreed);
        stillUpAfter(87_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldEndAShortSessionAThirdBeforeItsEnd() {
        up(TIMER + EXPIRES + "\n", "Session-Expires: 90;refresher=uas\n");
        stillUpAfter(59_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldBeginAnewWithEachRefreshOfEitherSide() {
        final CoreRig.Up up = up(TIMER + EXPIRES + "\n", EXPIRES + ";refresher=uac\n");
        rig.pass(60_000);
        rig.fromCaller(inDialog("INVITE", 2, up.answer(), "re", TIMER + EXPIRES + ";refresher=uac\n", "v=0"));
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(response(sent, "200 OK", "", BOB + EXPIRES + ";refresher=uac\n", "v=0"));
        assertThat(headers(rig.caller("SIP/2.0 200 "), "Session-Expires")).containsExactly("120;refresher=uac");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK ");
        stillUpAfter(60_000);
        rig.fromCallee(fromCalleeInDialog(
                "UPDATE", 1, up.invite(), "bob", "update", TIMER + EXPIRES + ";refresher=uas\n", ""));
        final String update = rig.caller("UPDATE ");
        assertThat(header(update, "Session-Expires")).isEqualTo("120;refresher=uas");
        rig.fromCaller(response(update, "200 OK", "", EXPIRES + ";refresher=uas\n", ""));
        assertThat(headers(rig.callee("SIP/2.0 200 "), "Session-Expires")).containsExactly("120;refresher=uas");
        stillUpAfter(87_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldNotTakeARefusedRefreshForOne() {
        final CoreRig.Up up = up(TIMER + EXPIRES + "\n", EXPIRES + ";refresher=uac\n");
        rig.pass(60_000);
        final String again = inDialog("INVITE", 2, up.answer(), "re", TIMER + EXPIRES + "\n", "v=0");
        rig.fromCaller(again);
        rig.fromCallee(response(rig.callee("INVITE "), "488 Not Acceptable Here", ""));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(again, rig.caller("SIP/2.0 488 ")));
        stillUpAfter(27_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldWatchNoLongerWhenARefreshIsAnsweredWithoutTimer() {
        final CoreRig.Up up = up(TIMER + EXPIRES + "\n", EXPIRES + ";refresher=uac\n");
        rig.fromCaller(inDialog("INVITE", 2, up.answer(), "re", "", "v=0"));
        rig.fromCallee(ok(rig.callee("INVITE "), "", "v=0"));
        assertThat(headers(rig.caller("SIP/2.0 200 "), "Session-Expires")).isEmpty();
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK ");
        stillUpAfter(200_000);
        over(up, 3);
    }

    @Test
    void shouldWatchWhatTheCalleeAloneRefreshes() {
        final CoreRig.Up up = up("", EXPIRES + ";refresher=uas\n");
        assertThat(header(up.answer(), "Session-Expires")).isEqualTo("120;refresher=uas");
        stillUpAfter(87_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldNotWatchWhatTheCallerCannotRefreshNorAnIntervalThatMayNotBe() {
        final CoreRig.Up up = up("", EXPIRES + ";refresher=uac\n");
        stillUpAfter(200_000);
        rig.fromCaller(inDialog("INVITE", 2, up.answer(), "re", TIMER + EXPIRES + "\n", "v=0"));
        rig.fromCallee(response(rig.callee("INVITE "), "200 OK", "", BOB + "Session-Expires: 4;refresher=uac\n", ""));
        assertThat(header(rig.caller("SIP/2.0 200 "), "Session-Expires")).isEqualTo("4;refresher=uac");
        rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2", ""));
        rig.callee("ACK ");
        stillUpAfter(200_000);
        over(up, 3);
    }

    // ---- the asking side alone knows timers ------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"", ";refresher=uac"})
    void shouldAnswerTheCallerForACalleeWithoutTimers(final String refresher) {
        final CoreRig.Up up = up(TIMER + EXPIRES + refresher + "\n", "");
        assertThat(headers(up.answer(), "Session-Expires")).containsExactly("120;refresher=uac");
        assertThat(headers(up.answer(), "Require")).containsExactly("timer");
        assertThat(Texts.body(up.answer())).isEqualTo("v=0 answer");
        rig.pass(60_000);
        rig.fromCaller(inDialog("UPDATE", 2, up.answer(), "update", TIMER + EXPIRES + ";refresher=uac\n"));
        rig.fromCallee(ok(rig.callee("UPDATE "), "", ""));
        assertThat(headers(rig.caller("SIP/2.0 200 "), "Session-Expires")).containsExactly("120;refresher=uac");
        stillUpAfter(87_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldRepeatTheSameAnswer() {
        rig.fromCaller(invite("s", TIMER + EXPIRES + "\n", ""));
        rig.caller("SIP/2.0 100 ");
        rig.fromCallee(ok(rig.callee("INVITE "), "bob", ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.pass(600);
        assertThat(rig.caller("SIP/2.0 200 ")).isEqualTo(answer);
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        final CoreRig.Up up = new CoreRig.Up(rig.callee("ACK "), answer);
        over(up, 2);
    }

    @Test
    void shouldAnswerTheCalleeForACallerWithoutTimers() {
        final CoreRig.Up up = up("", "");
        rig.fromCallee(fromCalleeInDialog("INVITE", 1, up.invite(), "bob", "re", TIMER + EXPIRES + "\n", "v=0"));
        rig.fromCaller(okOfCaller(rig.caller("INVITE "), "v=0"));
        final String answer = rig.callee("SIP/2.0 200 ");
        assertThat(headers(answer, "Session-Expires")).containsExactly("120;refresher=uac");
        assertThat(headers(answer, "Require")).containsExactly("timer");
        rig.fromCallee(fromCalleeInDialog("ACK", 1, up.invite(), "bob", "ack1", "", ""));
        rig.caller("ACK ");
        stillUpAfter(87_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldRefreshOnTheOthersBehalf() {
        final CoreRig.Up up = refreshedByUs();
        int lastCSeq = 0;
        for (int i = 0; i < 3; i++) {
            stillUpAfter(59_900);
            rig.pass(200);
            final String update = refreshed();
            assertThat(Texts.cSeq(update)).isGreaterThan(lastCSeq);
            lastCSeq = Texts.cSeq(update);
            rig.pass(600);
            assertThat(rig.caller("UPDATE ")).as("again").isEqualTo(update);
            answered(update, "Require: timer\n" + EXPIRES + ";refresher=uac\n");
        }
        over(up, 2);
    }

    @Test
    void shouldGoOnRefreshingWhenTheOtherSideChangesTheSession() {
        final CoreRig.Up up = refreshedByUs();
        rig.pass(30_000);
        rig.fromCallee(fromCalleeInDialog("INVITE", 1, up.invite(), "bob", "re", "", "v=0 hold"));
        rig.fromCaller(okOfCaller(rig.caller("INVITE "), "v=0 held"));
        rig.callee("SIP/2.0 200 ");
        rig.fromCallee(fromCalleeInDialog("ACK", 1, up.invite(), "bob", "ack1", "", ""));
        rig.caller("ACK ");
        stillUpAfter(29_900);
        rig.pass(200);
        answered(refreshed(), EXPIRES + ";refresher=uac\n");
        over(up, 2);
    }

    @Test
    void shouldLeaveItToAPeerThatTakesTheRefreshingOver() {
        refreshedByUs();
        rig.pass(60_100);
        answered(refreshed(), EXPIRES + ";refresher=uas\n");
        stillUpAfter(87_900);
        rig.pass(200);
        expired();
    }

    @Test
    void shouldStopWhenThePeerWantsNoTimerAnyMore() {
        final CoreRig.Up up = refreshedByUs();
        rig.pass(60_100);
        answered(refreshed(), "");
        stillUpAfter(200_000);
        over(up, 2);
    }

    @Test
    void shouldTryAgainSoonAfterARefreshThatCrossedAnother() {
        final CoreRig.Up up = refreshedByUs();
        rig.pass(60_100);
        rig.fromCaller(response(refreshed(), "491 Request Pending", ""));
        rig.pass(2_100);
        answered(refreshed(), EXPIRES + ";refresher=uac\n");
        over(up, 2);
    }

    @Test
    void shouldWaitLongerWhereTheCallIdIsOurs() {
        final CoreRig.Up up = up("", "");
        rig.fromCallee(fromCalleeInDialog(
                "UPDATE", 1, up.invite(), "bob", "update", TIMER + EXPIRES + ";refresher=uas\n", ""));
        rig.fromCaller(okOfCaller(rig.caller("UPDATE "), ""));
        assertThat(header(rig.callee("SIP/2.0 200 "), "Session-Expires")).isEqualTo("120;refresher=uas");
        stillUpAfter(59_900);
        rig.pass(200);
        rig.fromCallee(response(rig.callee("UPDATE "), "491 Request Pending", ""));
        stillUpAfter(2_000);
        rig.pass(2_200);
        rig.fromCallee(response(rig.callee("UPDATE "), "200 OK", "", BOB + EXPIRES + ";refresher=uac\n", ""));
        rig.toCallee.removeIf(message -> message.startsWith("UPDATE "));
        over(up, 2);
    }

    @Test
    void shouldAskForALongerIntervalWhenToldTo() {
        final CoreRig.Up up = refreshedByUs();
        rig.pass(60_100);
        rig.fromCaller(response(refreshed(), "422 Session Interval Too Small", "", "Min-SE: 300\n", ""));
        stillUpAfter(9_900);
        rig.pass(200);
        final String update = rig.caller("UPDATE ");
        assertThat(header(update, "Session-Expires")).isEqualTo("300;refresher=uac");
        answered(update, "Session-Expires: 300;refresher=uac\n");
        stillUpAfter(149_000);
        over(up, 2);
    }

    @Test
    void shouldEndTheCallWhenItsRefreshesAreRefused() {
        refreshedByUs();
        rig.pass(60_100);
        rig.fromCaller(response(refreshed(), "500 Server Internal Error", ""));
        rig.pass(10_100);
        rig.fromCaller(response(refreshed(), "500 Server Internal Error", ""));
        rig.pass(10_100);
        rig.fromCaller(response(refreshed(), "500 Server Internal Error", ""));
        rig.pass(10_100);
        expired();
    }

    @ParameterizedTest
    @ValueSource(strings = {"481 Call/Transaction Does Not Exist", "408 Request Timeout"})
    void shouldEndTheCallWhenThePeerHasForgottenIt(final String status) {
        refreshedByUs();
        rig.pass(60_100);
        rig.fromCaller(response(refreshed(), status, ""));
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        rig.fromCaller(response(rig.caller("BYE "), "481 Call/Transaction Does Not Exist", ""));
        assertThat(rig.records).containsExactly("200 1 party has lost the call");
        rig.over();
    }

    @Test
    void shouldEndTheCallWhenThePeerIsSilent() {
        refreshedByUs();
        rig.pass(60_100);
        refreshed();
        rig.pass(27_800);
        rig.toCaller.clear();
        assertThat(rig.core.stats().liveCalls()).isOne();
        rig.pass(300);
        rig.toCaller.removeIf(message -> message.startsWith("UPDATE "));
        expired();
    }

    @Test
    void shouldEndTheCallWhenTheRefreshCannotBeDelivered() {
        refreshedByUs();
        rig.pass(60_100);
        rig.undeliverable(refreshed());
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        rig.fromCaller(response(rig.caller("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly("200 1 party does not answer");
        rig.over();
    }

    @Test
    void shouldPromiseNoRefreshToAPartyThatTakesNoUpdate() {
        final CoreRig.Up up = up(TIMER + "Allow: INVITE, ACK, BYE\n" + EXPIRES + ";refresher=uas\n", "");
        assertThat(headers(up.answer(), "Session-Expires")).isEmpty();
        stillUpAfter(200_000);
        over(up, 2);
    }

    @Test
    void shouldWatchNothingInAnEarlyDialog() {
        final CoreRig.Ringing ringing = rig.ringing("s", "bob");
        rig.fromCaller(inDialog("UPDATE", 2, ringing.progress(), "update", TIMER + EXPIRES + "\n"));
        rig.fromCallee(ok(rig.callee("UPDATE "), "", ""));
        assertThat(headers(rig.caller("SIP/2.0 200 "), "Session-Expires")).isEmpty();
        rig.fromCallee(ok(ringing.invite(), "bob", ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        final CoreRig.Up up = new CoreRig.Up(rig.callee("ACK "), answer);
        stillUpAfter(200_000);
        over(up, 3);
    }
}
