package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.branch;
import static io.tandem.routing.call.Texts.cancel;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.Dimension;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.stage.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that one trunk fails, and the next takes (D5): the callee's, then 127.0.0.4, then 127.0.0.5. */
@AlsoThroughSnapshots
class FailoverTest {
    private static final int FIRST = 2;
    private static final int SECOND = 3;
    private static final int THIRD = 4;
    private static final long OTHER = 0xFFFF_7F00_0004L;
    private static final String SECOND_TRUNK = "'direction':'outbound','proxy':'127.0.0.4:5080'";
    private static final String THIRD_TRUNK = "'direction':'outbound','proxy':'127.0.0.5:5080'";
    private static final String NUMBER_ID = new ResourceId(3, 2).prefixed(ResourceKind.NUMBERS);
    private static final String INVITE = invite("f", "", "v=0 offer");

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;
    private int transforms;

    FailoverTest(final boolean throughSnapshots) {
        configuration.further.add(SECOND_TRUNK);
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private void fromOther(final String message) {
        rig.from(OTHER, CoreRig.CALLEE_PORT, message);
    }

    /** The callee refuses an INVITE and gets its ACK. */
    private void refused(final String sent, final String status) {
        rig.fromCallee(response(sent, status, "bob"));
        rig.callee("ACK ");
    }

    /** Another trunk refuses an INVITE and gets its ACK. */
    private void refusedByOther(final String sent, final String status) {
        fromOther(response(sent, status, "carol"));
        rig.other("ACK ");
    }

    private static String okOfOther(final String sent) {
        return response(sent, "200 OK", "carol", "Contact: <sip:carol@127.0.0.4:5080>\n", "v=0 answer");
    }

    /** The other trunk takes the call; the caller hangs up. */
    private void answeredByOther(final String sent) {
        fromOther(okOfOther(sent));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.other("ACK ");
        rig.audit();
        rig.fromCaller(inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        fromOther(response(rig.other("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.audit();
        rig.over();
    }

    /** The caller is refused in the end. */
    private String refusedFinally(final String status) {
        final String answer = rig.caller("SIP/2.0 " + status);
        rig.fromCaller(INVITE);
        assertThat(rig.caller("SIP/2.0 ")).as("INVITE again").isEqualTo(answer);
        rig.fromCaller(failureAck(INVITE, answer));
        rig.audit();
        rig.over();
        return answer;
    }

    private void movesOnAfter(final String status) {
        final String sent = rig.offered("f");
        refused(sent, status);
        final String next = rig.other("INVITE sip:12025550123@127.0.0.4:5080 SIP/2.0");
        assertThat(rig.last().addressLow()).isEqualTo(OTHER);
        assertThat(header(next, "Call-ID")).isNotEqualTo(header(sent, "Call-ID"));
        assertThat(header(next, "From")).isNotEqualTo(header(sent, "From"));
        assertThat(branch(next)).isNotEqualTo(branch(sent));
        assertThat(Texts.body(next)).isEqualTo("v=0 offer");
        rig.quiet();
        assertThat(rig.records).isEmpty();

        refused(sent, status);
        rig.fromCaller(INVITE);
        rig.caller("SIP/2.0 100 ");
        rig.quiet();
        assertThat(rig.count(CoreCounter.FAILOVERS)).as("the refusal again counts once").isEqualTo(1);
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(Integer.parseInt(status.substring(0, 3)), 200);
    }

    private void stopsAt(final String status) {
        refused(rig.offered("f"), status);
        refusedFinally(status.substring(0, 3));
        assertThat(rig.attemptStatuses).containsExactly(Integer.parseInt(status.substring(0, 3)));
        assertThat(rig.count(CoreCounter.FAILOVERS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 Unauthorized",
                "407 Proxy Authentication Required",
                "408 Request Timeout",
                "500 Oops",
                "502 Bad Gateway",
                "503 Service Unavailable",
                "504 Server Time-out",
                "513 Message Too Large",
                "604 Does Not Exist Anywhere",
                "606 Not Acceptable",
                "699 Other"
            })
    void shouldTryTheNextTrunkWhenTheFirstFails(final String status) {
        movesOnAfter(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "480 Temporarily Unavailable"})
    void shouldTryTheNextTrunkWhereTheFirstSaysSo(final String status) {
        configuration.pbx = ",'failover_on_" + status.substring(0, 3) + "':1";
        rig.configure();
        movesOnAfter(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "403 Forbidden",
                "404 Not Found",
                "410 Gone",
                "420 Bad Extension",
                "480 Temporarily Unavailable",
                "484 Address Incomplete",
                "486 Busy Here",
                "487 Request Terminated",
                "488 Not Acceptable Here",
                "600 Busy Everywhere",
                "603 Decline",
                "607 Unwanted",
                "608 Rejected"
            })
    void shouldStopAtARefusalOfTheCallee(final String status) {
        stopsAt(status);
    }

    @Test
    void shouldTellTheSettingsOf404And480Apart() {
        configuration.pbx = ",'failover_on_404':1";
        rig.configure();
        stopsAt("480 Temporarily Unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"180 Ringing", "181 Call Is Being Forwarded", "183 Session Progress"})
    void shouldTryNoOtherTrunkOnceTheCallerHasHeardOfACallee(final String status) {
        final String sent = rig.offered("f");
        rig.fromCallee(response(sent, status, "bob"));
        rig.caller("SIP/2.0 " + status.substring(0, 3));
        refused(sent, "503 Service Unavailable");
        final String answer = refusedFinally("500 ");
        assertThat(headers(answer, "Retry-After")).isEmpty();
        assertThat(rig.attemptStatuses).containsExactly(503);
    }

    @Test
    void shouldTryTheNextTrunkAfterA100() {
        final String sent = rig.offered("f");
        rig.fromCallee(response(sent, "100 Trying", ""));
        refused(sent, "503 Service Unavailable");
        answeredByOther(rig.other("INVITE "));
    }

    @Test
    void shouldTryTheNextTrunkWhenTheFirstIsSilent() {
        rig.offered("f");
        rig.pass(31_900);
        rig.toCallee.clear();
        rig.quiet();
        rig.pass(200);
        final String next = rig.other("INVITE ");
        assertThat(rig.channels(FIRST)).isZero();
        rig.quietCaller();
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(408, 200);
    }

    @Test
    void shouldTryTheNextTrunkWhenTheFirstCannotBeReached() {
        final String sent = rig.offered("f");
        rig.undeliverable(sent);
        final String next = rig.other("INVITE ");
        rig.undeliverable(sent);
        rig.quiet();
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(503, 200);
    }

    @Test
    void shouldTryTheNextTrunkWhenNoListenerReachesTheFirst() {
        configuration.pbx = ",'listener':'nowhere'";
        rig.configure();
        rig.fromCaller(INVITE);
        rig.caller("SIP/2.0 100 ");
        answeredByOther(rig.other("INVITE "));
        assertThat(rig.attemptStatuses).containsExactly(500, 200);
    }

    @Test
    void shouldTryTheNextTrunkWhenTheFirstNeverGoesFurtherThanTrying() {
        final String sent = rig.offered("f");
        rig.fromCallee(response(sent, "100 Trying", ""));
        rig.pass(184_900);
        rig.quiet();
        rig.pass(200);
        final String cancel = rig.callee("CANCEL ");
        assertThat(header(cancel, "Reason")).isEqualTo("SIP;cause=408;text=\"no answer\"");
        final String next = rig.other("INVITE ");
        rig.fromCallee(response(cancel, "200 OK", ""));
        assertThat(rig.channels(FIRST)).as("held until the CANCEL has worked").isEqualTo(1);
        assertThat(rig.channels(SECOND)).isEqualTo(1);
        rig.audit();
        refused(sent, "487 Request Terminated");
        assertThat(rig.channels(FIRST)).isZero();
        rig.audit();
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(408, 200);
    }

    @Test
    void shouldEndAnAnswerOfATrunkThatWasGivenUp() {
        final String sent = rig.offered("f");
        rig.fromCallee(response(sent, "100 Trying", ""));
        rig.pass(185_100);
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", ""));
        final String next = rig.other("INVITE ");
        rig.fromCallee(ok(sent, "bob", "v=0 late"));
        rig.callee("ACK ");
        final String bye = rig.callee("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=408;text=\"no answer\"");
        rig.fromCallee(ok(sent, "bob", "v=0 late"));
        rig.callee("ACK ");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.quiet();
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(408, 200);
    }

    @Test
    void shouldEndAnAnswerThatComesAfterTheRefusal() {
        final String sent = rig.offered("f");
        refused(sent, "503 Service Unavailable");
        final String next = rig.other("INVITE ");
        rig.fromCallee(ok(sent, "fork", "v=0 late"));
        assertThat(header(rig.callee("ACK "), "To")).endsWith(";tag=fork");
        final String bye = rig.callee("BYE ");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.fromCallee(ok(sent, "fork", "v=0 late"));
        rig.callee("ACK ");
        final String again = rig.callee("BYE ");
        assertThat(Texts.cSeq(again)).isGreaterThan(Texts.cSeq(bye));
        rig.fromCallee(response(again, "481 Call Does Not Exist", ""));
        rig.quiet();
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(503, 200);
    }

    @Test
    void shouldPassTheRingingOfTheNextTrunkAndEndItWhenTheCallerGivesUp() {
        refused(rig.offered("f"), "503 Service Unavailable");
        final String next = rig.other("INVITE ");
        fromOther(response(next, "180 Ringing", "carol"));
        assertThat(header(rig.caller("SIP/2.0 180 "), "To")).contains(";tag=");
        rig.fromCaller(cancel(INVITE, ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(INVITE, rig.caller("SIP/2.0 487 ")));
        fromOther(response(rig.other("CANCEL "), "200 OK", ""));
        refusedByOther(next, "487 Request Terminated");
        assertThat(rig.records).containsExactly("487 1 caller gave up");
        assertThat(rig.attemptStatuses).containsExactly(503, 0);
        rig.audit();
        assertThat(rig.core.stats().admissionCounters()).isZero();
        rig.over();
    }

    @Test
    void shouldTryNoOtherTrunkOnceTheCallerHasGivenUp() {
        final String sent = rig.offered("f");
        rig.fromCaller(cancel(INVITE, ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(INVITE, rig.caller("SIP/2.0 487 ")));
        refused(sent, "503 Service Unavailable");
        rig.over();
    }

    @Test
    void shouldTryNoOtherTrunkWhenASilentOneOutlivesTheCaller() {
        rig.offered("f");
        rig.fromCaller(cancel(INVITE, ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(INVITE, rig.caller("SIP/2.0 487 ")));
        rig.pass(CoreRig.LONGEST_MS);
        rig.toCallee.clear();
        rig.over();
    }

    // ---- none is left ----------------------------------------------------------------------------------------------

    @Test
    void shouldPassTheRefusalOfTheLastTrunk() {
        configuration.further.add(THIRD_TRUNK);
        rig.configure();
        refused(rig.offered("f"), "503 Service Unavailable");
        refusedByOther(rig.other("INVITE sip:12025550123@127.0.0.4:5080 "), "500 Oops");
        refusedByOther(rig.other("INVITE sip:12025550123@127.0.0.5:5080 "), "504 Too Slow");
        final String answer = refusedFinally("504 Too Slow");
        assertThat(headers(answer, "Reason")).isEmpty();
        assertThat(rig.records).containsExactly("504 2 callee refused");
        assertThat(rig.attemptStatuses).containsExactly(503, 500, 504);
        assertThat(rig.count(CoreCounter.FAILOVERS)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized", "407 Proxy Authentication Required", "503 Service Unavailable"})
    void shouldNeverPassWhatIsBetweenUsAndTheLastTrunk(final String status) {
        refused(rig.offered("f"), "503 Service Unavailable");
        refusedByOther(rig.other("INVITE "), status);
        final String answer = refusedFinally("500 ");
        assertThat(header(answer, "Reason")).isEqualTo("Q.850;cause=38;text=\"no trunk left to try\"");
        assertThat(headers(answer, "Retry-After")).isEmpty();
        assertThat(rig.rules).containsExactly(Rule.NO_CANDIDATE_LEFT);
    }

    @Test
    void shouldTakeSilenceOfTheLastTrunkForATimeout() {
        refused(rig.offered("f"), "503 Service Unavailable");
        rig.pass(31_900);
        rig.quietCaller();
        rig.pass(200);
        rig.toOthers.clear();
        refusedFinally("480 ");
        assertThat(rig.rules).containsExactly(Rule.NO_ANSWER);
        assertThat(rig.attemptStatuses).containsExactly(503, 408);
    }

    @Test
    void shouldStopAtTheCalleeOfTheNextTrunk() {
        refused(rig.offered("f"), "503 Service Unavailable");
        refusedByOther(rig.other("INVITE "), "486 Busy Here");
        refusedFinally("486 ");
        assertThat(rig.attemptStatuses).containsExactly(503, 486);
    }

    @Test
    void shouldTryEightTrunksAndNoMore() {
        for (int port = 5081; port < 5090; port++) {
            configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:" + port + "'");
        }
        rig.configure();
        refused(rig.offered("f"), "503 Service Unavailable");
        for (int attempt = 1; attempt < Call.ATTEMPTS_MAX; attempt++) {
            final String sent = rig.other("INVITE sip:12025550123@127.0.0.4:508" + (attempt - 1));
            refusedByOther(sent, "503 Service Unavailable");
            rig.audit();
        }
        refusedFinally("500 ");
        assertThat(rig.attemptStatuses).hasSize(Call.ATTEMPTS_MAX).containsOnly(503);
    }

    // ---- trunks that do not take the call --------------------------------------------------------------------------

    @Test
    void shouldTryTheNextTrunkWhenTheFirstIsFull() {
        configuration.pbx = ",'max_channels':0";
        rig.configure();
        rig.fromCaller(INVITE);
        rig.caller("SIP/2.0 100 ");
        final String next = rig.other("INVITE ");
        assertThat(rig.toCallee).isEmpty();
        assertThat(rig.channels(SECOND)).isEqualTo(1);
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(480, 200);
    }

    @Test
    void shouldGiveTheAnswerOfTheLastTrunkThatIsFull() {
        configuration.pbx = ",'max_channels':0";
        configuration.further.set(0, SECOND_TRUNK + ",'max_channels':0,'over_limit_status':486");
        rig.configure();
        rig.fromCaller(INVITE);
        rig.caller("SIP/2.0 100 ");
        final String answer = refusedFinally("486 ");
        assertThat(header(answer, "Reason")).contains("target trunk ceiling 0 reached");
        assertThat(rig.rules).containsExactly(Rule.LEG_TRUNK_CEILING);
        assertThat(rig.attemptStatuses).containsExactly(480, 486);
    }

    @Test
    void shouldPassOverAFullTrunkBetweenTwo() {
        configuration.further.set(0, SECOND_TRUNK + ",'max_channels':0");
        configuration.further.add(THIRD_TRUNK);
        rig.configure();
        refused(rig.offered("f"), "503 Service Unavailable");
        answeredByOther(rig.other("INVITE sip:12025550123@127.0.0.5:5080 "));
        assertThat(rig.attemptStatuses).containsExactly(503, 480, 200);
    }

    @Test
    void shouldHoldTheChannelOfTheTrunkThatIsTriedAndNoOther() {
        configuration.further.add(THIRD_TRUNK);
        rig.configure();
        final String sent = rig.offered("f");
        final int held = rig.core.stats().admissionCounters();
        assertThat(rig.channels(FIRST)).isEqualTo(1);
        assertThat(rig.channels(SECOND)).isZero();
        refused(sent, "503 Service Unavailable");
        final String next = rig.other("INVITE ");
        assertThat(rig.channels(FIRST)).isZero();
        assertThat(rig.channels(SECOND)).isEqualTo(1);
        assertThat(rig.core.stats().admissionCounters()).as("the call's own are as they were").isEqualTo(held);
        rig.audit();
        refusedByOther(next, "503 Service Unavailable");
        assertThat(rig.channels(SECOND)).isZero();
        assertThat(rig.channels(THIRD)).isEqualTo(1);
        rig.audit();
        answeredByOther(rig.other("INVITE "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "'status':'disabled'", "'direction':'inbound'", "'transport':'tls'"})
    void shouldPassOverATrunkThatANewRevisionTakesAway(final String change) {
        configuration.further.add(THIRD_TRUNK);
        rig.configure();
        final String sent = rig.offered("f");
        configuration.further.set(0, change.equals("gone") ? null : "'proxy':'127.0.0.4:5080'," + change);
        rig.configure();
        refused(sent, "503 Service Unavailable");
        answeredByOther(rig.other("INVITE sip:12025550123@127.0.0.5:5080 "));
        assertThat(rig.attemptStatuses).as("no attempt was made at it").containsExactly(503, 200);
    }

    @Test
    void shouldSayWhatTheLastAttemptCameToWhenNoOtherTrunkTakesCalls() {
        final String sent = rig.offered("f");
        configuration.further.set(0, null);
        rig.configure();
        refused(sent, "500 Oops");
        refusedFinally("500 Oops");
        assertThat(rig.records).containsExactly("500 2 callee refused");
    }

    // ---- what is sent ----------------------------------------------------------------------------------------------

    @Test
    void shouldRewriteTheNumbersForEachTrunkFromWhatTheyWereBefore() {
        transform("trunk", RigConfiguration.trunkId(FIRST), "outbound_dst", "^", "99");
        transform("trunk", RigConfiguration.trunkId(FIRST), "outbound_cid", "^1", "first");
        transform("trunk", RigConfiguration.trunkId(SECOND), "outbound_dst", "^1", "00");
        configuration.further.add(THIRD_TRUNK);
        rig.configure();
        final String sent = rig.offered("f");
        assertThat(sent).startsWith("INVITE sip:9912025550123@127.0.0.3:5080 ");
        assertThat(header(sent, "From")).contains("<sip:first2025550100@");
        refused(sent, "503 Service Unavailable");
        final String second = rig.other("INVITE sip:002025550123@127.0.0.4:5080 ");
        assertThat(header(second, "From")).startsWith("\"Alice\" <sip:12025550100@");
        refusedByOther(second, "503 Service Unavailable");
        answeredByOther(rig.other("INVITE sip:12025550123@127.0.0.5:5080 "));
    }

    @Test
    void shouldRewriteByTheRulesOfTheNumberForEachTrunk() {
        configuration.number.destKind = (byte) TargetKind.FORWARD.code();
        configuration.number.destHigh = 4;
        configuration.number.destLow = 9;
        configuration.with(ResourceKind.FORWARDS, 9, "'name':'out','number':'" + RigConfiguration.NUMBER + "'");
        transform("did", NUMBER_ID, "outbound_dst", "^1", "+1");
        transform("did", NUMBER_ID, "inbound_cid", "^1", "+1");
        rig.configure();
        rig.fromCaller(INVITE.replace(RigConfiguration.NUMBER, RigConfiguration.SECOND_NUMBER));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE sip:+12025550123@127.0.0.3:5080 ");
        refused(sent, "503 Service Unavailable");
        final String next = rig.other("INVITE sip:+12025550123@127.0.0.4:5080 ");
        assertThat(header(next, "From")).contains("<sip:+12025550100@");
        answeredByOther(next);
    }

    private void transform(
            final String scope, final String id, final String direction, final String regex, final String replacement) {
        final String fields = "'scope_kind':'" + scope + "','scope_id':'" + id + "','direction':'" + direction
                + "','match_regex':'" + regex + "','replacement':'" + replacement + "'";
        configuration.with(ResourceKind.NUMBER_TRANSFORMS, ++transforms, fields);
    }

    @Test
    void shouldLimitTheCallByTheTrunkThatTakesIt() {
        configuration.pbx = ",'max_call_sec':10";
        configuration.further.set(0, SECOND_TRUNK + ",'max_call_sec':60");
        rig.configure();
        refused(rig.offered("f"), "503 Service Unavailable");
        fromOther(okOfOther(rig.other("INVITE ")));
        rig.fromCaller(inDialog("ACK", 1, rig.caller("SIP/2.0 200 "), "ack", ""));
        rig.other("ACK ");
        rig.pass(59_900);
        rig.quiet();
        rig.pass(200);
        fromOther(response(rig.other("BYE "), "200 OK", ""));
        rig.fromCaller(Texts.okOfCaller(rig.caller("BYE "), ""));
        rig.over();
    }

    // ---- redirects -------------------------------------------------------------------------------------------------

    private void redirected(final String sent) {
        rig.fromCallee(response(sent, "302 Moved", "bob", "Contact: <sip:12025550125@127.0.0.3>\n", ""));
        rig.callee("ACK ");
    }

    /** Calls that the account has placed: the caller's, and that of the redirecting trunk. */
    private int callsPlaced() {
        return rig.core.ledger().count(Dimension.ACCOUNT_OUT, 1, 1);
    }

    @Test
    void shouldTryTheNextTrunkOfWhereTheCallWasRedirectedTo() {
        redirected(rig.offered("f"));
        final String again = rig.callee("INVITE sip:12025550125@127.0.0.3:5080 ");
        assertThat(callsPlaced()).isEqualTo(2);
        refused(again, "503 Service Unavailable");
        final String next = rig.other("INVITE sip:12025550125@127.0.0.4:5080 ");
        assertThat(callsPlaced()).as("goes on being held").isEqualTo(2);
        assertThat(rig.channels(FIRST)).as("the redirecting trunk's own call").isEqualTo(1);
        rig.audit();
        answeredByOther(next);
        assertThat(rig.attemptStatuses).containsExactly(302, 503, 200);
    }

    @Test
    void shouldGiveBackWhatTheRedirectHeldWhenTheLastTrunkFails() {
        redirected(rig.offered("f"));
        refused(rig.callee("INVITE "), "503 Service Unavailable");
        refusedByOther(rig.other("INVITE "), "486 Busy Here");
        assertThat(callsPlaced()).isZero();
        assertThat(rig.core.stats().admissionCounters()).isZero();
        refusedFinally("486 ");
    }

    @Test
    void shouldCountRedirectsAmongTheAttempts() {
        for (int port = 5081; port < 5090; port++) {
            configuration.further.add("'role':'pbx','direction':'outbound','proxy':'127.0.0.3:" + port + "'");
        }
        configuration.further.set(0, "'direction':'outbound','proxy':'127.0.0.3:5090'");
        rig.configure();
        String sent = rig.offered("f");
        for (int attempt = 1; attempt < Call.ATTEMPTS_MAX - 1; attempt++) {
            refused(sent, "503 Service Unavailable");
            sent = rig.callee("INVITE ");
        }
        redirected(sent);
        redirected(rig.callee("INVITE sip:12025550125@127.0.0.3:5080 "));
        final String answer = refusedFinally("500 ");
        assertThat(header(answer, "Reason")).contains("no trunk left to try");
        assertThat(rig.attemptStatuses).hasSize(Call.ATTEMPTS_MAX).endsWith(503, 302, 302);
    }
}
