package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.stage.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a callee hears of those who sent the call on: Diversion (RFC 5806) and History-Info (RFC 7044, RFC 7544).
 * Numbers in 44 are reached by the callee's trunk, then by one at 127.0.0.4, to which forwards overflow, too.
 */
@AlsoThroughSnapshots
class DiversionTest {
    private static final long OTHER = 0xFFFF_7F00_0004L;
    private static final String MOBILE = "442071838750";
    private static final String OURS = "<sip:12025550123@127.0.0.1:5060>;reason=";
    private static final String TO_OTHER = ",'overflow_dest_kind':'trunk','overflow_dest_id':'"
            + new ResourceId(4, 7).prefixed(ResourceKind.TRUNKS) + "'";
    private static final String TOLD =
            "Diversion: <sip:1@a>;reason=no-answer, \"B\" <sip:2@a>\nX-Other: y\nDiversion: <sip:3@a>\n";

    private final RigConfiguration configuration = new RigConfiguration();
    private final boolean throughSnapshots;
    private CoreRig rig;

    DiversionTest(final boolean throughSnapshots) {
        this.throughSnapshots = throughSnapshots;
        configuration
                .with(ResourceKind.TRUNKS, 7, "'name':'other','direction':'outbound','proxy':'127.0.0.4:5080'")
                .with(ResourceKind.OUTBOUND_ROUTES, 6, route(RigConfiguration.trunkId(2), 1))
                .with(ResourceKind.OUTBOUND_ROUTES, 7, route(new ResourceId(4, 7).prefixed(ResourceKind.TRUNKS), 2));
    }

    private static String route(final String trunk, final int priority) {
        return "'match_prefix':'44','via':'trunk','trunk_id':'" + trunk + "','priority':" + priority;
    }

    /** The number leads to something of this kind. */
    private void to(final TargetKind kind) {
        configuration.number.destKind = (byte) kind.code();
        configuration.number.destHigh = 4;
        configuration.number.destLow = 5;
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private void toForward(final String fields) {
        configuration.with(ResourceKind.FORWARDS, 5, "'name':'mobile','number':'" + MOBILE + "'" + fields);
        to(TargetKind.FORWARD);
    }

    private void toFlow(final String nodes, final String edges) {
        configuration.with(
                ResourceKind.FLOWS,
                5,
                "'name':'flow','is_published':1,'version':1,'published_graph':{'nodes':[{'id':'in','data':{'kind':'entry'}},"
                        + "{'id':'bye','data':{'kind':'hangup'}}," + nodes + "],'edges':[" + edges + "]}");
        to(TargetKind.FLOW);
    }

    private void toPbx() {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private String offered(final String extra) {
        rig.fromCaller(invite("d", extra, "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        return rig.callee("INVITE ");
    }

    private void refused(final String sent, final String status) {
        rig.fromCallee(response(sent, status, "bob"));
        rig.callee("ACK ");
    }

    private String redirected(final String sent, final String contact, final String extra) {
        rig.fromCallee(
                response(sent, "302 Moved Temporarily", "bob", "Contact: <sip:" + contact + "@a>\n" + extra, ""));
        rig.callee("ACK ");
        return rig.callee("INVITE sip:" + contact + "@");
    }

    private void refusedFor(final Rule rule, final String extra) {
        final String answer = rig.caller("SIP/2.0 482 ");
        rig.fromCaller(failureAck(invite("d", extra, "v=0 offer"), answer));
        assertThat(rig.rules).containsExactly(rule);
        rig.over();
    }

    /** Nothing is left of the call in the end. */
    private void busy(final String sent) {
        refused(sent, "486 Busy Here");
        rig.fromCaller(failureAck(invite("d", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    // ---- forwards --------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a forwarded call says which number forwards it")
    void shouldSayWhichNumberForwards() {
        toForward("");
        final String sent = offered("");
        assertThat(sent).startsWith("INVITE sip:" + MOBILE + "@127.0.0.3:5080 ");
        assertThat(headers(sent, "Diversion")).containsExactly(OURS + "unconditional;counter=1");
        assertThat(headers(sent, "History-Info")).isEmpty();
        busy(sent);
    }

    @ParameterizedTest
    @DisplayName("of a range or a prefix, the number that was dialled is told")
    @ValueSource(strings = {"12025550120..12025550130", "1202555012*"})
    void shouldTellTheDialledNumberOfABlock(final String block) {
        configuration.block = block;
        toForward("");
        final String sent = offered("");
        assertThat(sent).startsWith("INVITE sip:" + MOBILE + "@127.0.0.3:5080 ");
        assertThat(headers(sent, "Diversion")).containsExactly(OURS + "unconditional;counter=1");
        busy(sent);
    }

    @Test
    @DisplayName("the last diversion stands above those that came, which stay as they are")
    void shouldStandAboveThoseThatCame() {
        toForward("");
        assertThat(headers(offered(TOLD), "Diversion"))
                .containsExactly(
                        OURS + "unconditional;counter=1", "<sip:1@a>;reason=no-answer, \"B\" <sip:2@a>", "<sip:3@a>");
    }

    @ParameterizedTest
    @DisplayName("a user's forwards say why: always, not to be disturbed, no device reachable")
    @CsvSource({"always, 0, unconditional", "busy, 1, do-not-disturb", "noanswer, 0, unavailable"})
    void shouldSayWhyAUserForwards(final String forward, final int doNotDisturb, final String reason) {
        configuration
                .with(ResourceKind.FORWARDS, 8, "'name':'mobile','number':'" + MOBILE + "'")
                .with(
                        ResourceKind.USERS,
                        5,
                        "'username':'alice','dnd':" + doNotDisturb + ",'fwd_" + forward + "_kind':'forward','fwd_"
                                + forward + "_id':'" + new ResourceId(4, 8).prefixed(ResourceKind.FORWARDS) + "'");
        to(TargetKind.USER);
        final String sent = offered("");
        assertThat(sent).startsWith("INVITE sip:" + MOBILE + "@");
        assertThat(headers(sent, "Diversion")).containsExactly(OURS + reason + ";counter=1");
    }

    @Test
    @DisplayName("a user's forward to a trunk is one as well")
    void shouldTellATrunkThatAUserForwardsTo() {
        configuration.with(
                ResourceKind.USERS,
                5,
                "'username':'alice','dnd':1,'fwd_busy_kind':'trunk','fwd_busy_id':'" + RigConfiguration.trunkId(2)
                        + "'");
        to(TargetKind.USER);
        assertThat(headers(offered(""), "Diversion")).containsExactly(OURS + "do-not-disturb;counter=1");
    }

    @ParameterizedTest
    @DisplayName("the overflow of a forward hears how the number ended, and of nothing before")
    @CsvSource({
        "486 Busy Here, user-busy",
        "480 Temporarily Unavailable, no-answer",
        "404 Not Found, unavailable",
    })
    void shouldTellTheOverflowHowTheNumberEnded(final String status, final String reason) {
        toForward(TO_OTHER);
        refused(offered(TOLD), status);
        assertThat(headers(rig.other("INVITE sip:12025550123@"), "Diversion"))
                .startsWith(OURS + reason + ";counter=1")
                .hasSize(3);
    }

    @Test
    @DisplayName("each trunk that a forward is tried by hears of it")
    void shouldTellEachTrunkOfAForward() {
        toForward("");
        refused(offered(""), "503 Service Unavailable");
        final String next = rig.other("INVITE sip:" + MOBILE + "@127.0.0.4:5080 ");
        assertThat(headers(next, "Diversion")).containsExactly(OURS + "unconditional;counter=1");
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(next, "486 Busy Here", "carol"));
        rig.other("ACK ");
        rig.fromCaller(failureAck(invite("d", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    @DisplayName("a flow that dials a number, and goes on after it was busy, says so")
    void shouldSayWhereAFlowSendsTheCall() {
        toFlow(
                "{'id':'dial','data':{'kind':'dial','number':'" + MOBILE + "'}},"
                        + "{'id':'again','data':{'kind':'dial','number':'442071838751'}}",
                "{'source':'in','target':'dial'},{'source':'dial','sourceHandle':'busy','target':'again'},"
                        + "{'source':'dial','target':'bye'},{'source':'again','target':'bye'}");
        final String sent = offered("");
        assertThat(headers(sent, "Diversion")).containsExactly(OURS + "unconditional;counter=1");
        refused(sent, "486 Busy Here");
        assertThat(headers(rig.callee("INVITE sip:442071838751@"), "Diversion"))
                .containsExactly(OURS + "user-busy;counter=1");
    }

    @Test
    @DisplayName("a call that goes where it was dialled has no diversion of ours")
    void shouldNotTellOfACallThatGoesWhereItWasDialled() {
        toPbx();
        final String sent = offered("");
        assertThat(sent).doesNotContain("Diversion").doesNotContain("History-Info");
        busy(sent);
    }

    @Test
    @DisplayName("a media server is asked in its own way")
    void shouldNotTellAMediaServer() {
        configuration.account = ",'media_trunk_id':'" + RigConfiguration.trunkId(2) + "'";
        configuration
                .with(ResourceKind.VOICEMAIL_BOXES, 9, "'name':'box'")
                .with(
                        ResourceKind.USERS,
                        5,
                        "'username':'alice','dnd':1,'voicemail_id':'"
                                + new ResourceId(4, 9).prefixed(ResourceKind.VOICEMAIL_BOXES) + "'");
        to(TargetKind.USER);
        final String sent = offered("");
        assertThat(sent.lines().findFirst().orElseThrow()).contains(";cause=486");
        assertThat(sent).doesNotContain("Diversion");
    }

    // ---- redirects -------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("D5 a redirect is a deflection by the number that was called; the next one stands above it")
    void shouldTellOfRedirects() {
        toPbx();
        final String second = redirected(offered(""), "12025550124", "");
        assertThat(headers(second, "Diversion")).containsExactly(OURS + "deflection;counter=1");
        final String third = redirected(second, "12025550100", "");
        assertThat(headers(third, "Diversion"))
                .containsExactly(
                        "<sip:12025550124@127.0.0.1:5060>;reason=deflection;counter=1", OURS + "deflection;counter=1");
        busy(third);
    }

    @ParameterizedTest
    @DisplayName("a redirect that says why is believed")
    @CsvSource({"user-busy, user-busy", "\"Out-Of-Service\", out-of-service", "odd, unknown"})
    void shouldTakeTheReasonOfTheRedirect(final String said, final String reason) {
        toPbx();
        final String sent = redirected(
                offered(""), "12025550124", "Diversion: <sip:x@y>;reason=" + said + "\nDiversion: <sip:z@y>\n");
        assertThat(headers(sent, "Diversion")).containsExactly(OURS + reason + ";counter=1");
    }

    @Test
    @DisplayName("another way to the same number is no diversion")
    void shouldNotTellOfAnotherWayToTheSameNumber() {
        toPbx();
        assertThat(headers(redirected(offered(""), "12025550123", ""), "Diversion"))
                .isEmpty();
    }

    @Test
    @DisplayName("a forwarded call that is redirected to a number which forwards, too, has been diverted three times")
    void shouldTellOfForwardsAndRedirects() {
        toForward("");
        refused(offered("Diversion: <sip:1@a>\n"), "302 Moved Temporarily\nContact: <sip:12025550124@a>");
        assertThat(headers(rig.callee("INVITE sip:" + MOBILE + "@"), "Diversion"))
                .containsExactly(
                        "<sip:12025550124@127.0.0.1:5060>;reason=unconditional;counter=1",
                        "<sip:" + MOBILE + "@127.0.0.1:5060>;reason=deflection;counter=1",
                        OURS + "unconditional;counter=1",
                        "<sip:1@a>");
    }

    // ---- limits ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("D6 a call that was diverted five times is not forwarded, by entries or by their counters")
    @CsvSource(
            delimiter = '|',
            value = {
                "Diversion: <sip:1@a>, <sip:2@a>, <sip:3@a>, <sip:4@a>, <sip:5@a>",
                "Diversion: <sip:1@a>;counter=4, <sip:2@a>",
                "History-Info: <sip:1@a>;index=1,<sip:2@a>;index=2,<sip:3@a>;index=3,<sip:4@a>;index=4,<sip:5@a>;index=5"
            })
    void shouldNotForwardWhatWasDivertedTooOften(final String told) {
        toForward("");
        rig.fromCaller(invite("d", told + "\n", "v=0 offer"));
        refusedFor(Rule.DIVERTED_TOO_OFTEN, told + "\n");
    }

    @Test
    @DisplayName("D6 counters of Diversion count: six are a loop already")
    void shouldTakeCountersForDiversions() {
        toPbx();
        rig.fromCaller(invite("d", "Diversion: <sip:1@a>;counter=6\n", "v=0 offer"));
        refusedFor(Rule.LOOP_DETECTED, "");
    }

    @Test
    @DisplayName("D6 the fifth diversion is still forwarded")
    void shouldForwardTheFifthTime() {
        toForward("");
        assertThat(headers(offered("Diversion: <sip:1@a>;counter=4\n"), "Diversion"))
                .containsExactly(OURS + "unconditional;counter=1", "<sip:1@a>;counter=4");
    }

    @Test
    @DisplayName("D6 our own diversions count: the redirect after the fifth is refused")
    void shouldNotFollowARedirectAfterFiveDiversions() {
        toPbx();
        final String sent = redirected(offered("Diversion: <sip:1@a>;counter=4\n"), "12025550124", "");
        rig.fromCallee(response(sent, "302 Moved", "bob", "Contact: <sip:12025550100@a>\n", ""));
        rig.callee("ACK ");
        refusedFor(Rule.REDIRECTED_TOO_LATE, "");
    }

    // ---- History-Info ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("where the caller's side has History-Info, the diversion goes there, with its cause")
    void shouldGoOnWithHistoryInfo() {
        toForward("");
        final String sent = offered("History-Info: <sip:+12025550199@c>;index=1, <sip:12025550123@c>;index=1.2;np=1\n");
        assertThat(headers(sent, "Diversion")).isEmpty();
        assertThat(headers(sent, "History-Info"))
                .containsExactly(
                        "<sip:+12025550199@c>;index=1, <sip:12025550123@c>;index=1.2;np=1",
                        "<sip:" + MOBILE + "@127.0.0.3:5080;cause=302>;index=1.2.1;mp=1.2");
        busy(sent);
    }

    @Test
    @DisplayName("an entry for what was asked for is added where the one before us left it out")
    void shouldAddTheEntryThatWasLeftOut() {
        toForward("");
        assertThat(headers(offered("History-Info: <sip:+12025550199@c>;index=1\n"), "History-Info"))
                .containsExactly(
                        "<sip:+12025550199@c>;index=1",
                        "<sip:12025550123@127.0.0.1:5060>;index=1.1",
                        "<sip:" + MOBILE + "@127.0.0.3:5080;cause=302>;index=1.1.1;mp=1.1");
    }

    @Test
    @DisplayName("redirects go on in History-Info step by step")
    void shouldTellOfRedirectsInHistoryInfo() {
        toPbx();
        final String second = redirected(offered("History-Info: <sip:12025550123@c>;index=1\n"), "12025550124", "");
        assertThat(headers(redirected(second, "12025550100", ""), "History-Info"))
                .containsExactly(
                        "<sip:12025550123@c>;index=1",
                        "<sip:12025550124@127.0.0.1:5060;cause=480>;index=1.1;mp=1",
                        "<sip:12025550100@127.0.0.3:5080;cause=480>;index=1.1.1;mp=1.1");
    }

    @Test
    @DisplayName("the same number at another trunk is the same user")
    void shouldKnowTheSameUser() {
        toForward(TO_OTHER);
        refused(offered("History-Info: <sip:12025550123@c>;index=1\n"), "486 Busy Here");
        assertThat(headers(rig.other("INVITE "), "History-Info"))
                .containsExactly(
                        "<sip:12025550123@c>;index=1", "<sip:12025550123@127.0.0.4:5080;cause=486>;index=1.1;rc=1");
    }

    @Test
    @DisplayName("RFC 7544: a caller's side that uses both is answered in both")
    void shouldUseBothWhereTheCallerDoes() {
        toForward("");
        final String sent = offered("History-Info: <sip:12025550123@c>;index=1\nDiversion: <sip:1@a>\n");
        assertThat(headers(sent, "Diversion")).containsExactly(OURS + "unconditional;counter=1", "<sip:1@a>");
        assertThat(headers(sent, "History-Info")).hasSize(2);
    }

    // ---- parties that ask for privacy ------------------------------------------------------------------------------

    private static final String PRIVATE = """
            Diversion: "B" <sip:12025550111@a>;reason=user-busy;counter=2;privacy=full
            Diversion: <sip:12025550112@a>;privacy="off", <sip:12025550113@a>;privacy=uri
            History-Info: <sip:12025550114@a?Privacy=history&Reason=SIP%3Bcause%3D302>;index=1
            History-Info: <sip:12025550115@a?privacy=none>;index=1.1
            """;

    @Test
    @DisplayName("RFC 5806, RFC 7044: an exchange does not hear who diverted privately, but that it happened")
    void shouldConcealPartiesFromAnExchange() {
        toPbx();
        final String sent = offered(PRIVATE);
        assertThat(headers(sent, "Diversion"))
                .containsExactly(
                        "<sip:anonymous@anonymous.invalid>;reason=user-busy;counter=2;privacy=full",
                        "<sip:12025550112@a>;privacy=\"off\"",
                        "<sip:anonymous@anonymous.invalid>;privacy=uri");
        assertThat(headers(sent, "History-Info"))
                .containsExactly(
                        "<sip:anonymous@anonymous.invalid>;index=1", "<sip:12025550115@a?privacy=none>;index=1.1");
    }

    @Test
    @DisplayName("RFC 7044: Privacy: history conceals all of History-Info, ours as well")
    void shouldConcealTheHistory() {
        toForward("");
        final String sent = offered("Privacy: history\nHistory-Info: <sip:12025550123@c>;index=1\n");
        assertThat(headers(sent, "History-Info"))
                .containsExactly(
                        "<sip:anonymous@anonymous.invalid>;index=1",
                        "<sip:anonymous@anonymous.invalid>;index=1.1;mp=1");
    }

    @Test
    @DisplayName("what cannot be read is concealed, too")
    void shouldConcealWhatCannotBeRead() {
        toPbx();
        assertThat(headers(offered("Diversion: <sip:12025550111@a>;counter=x, <sip:2@a>\n"), "Diversion"))
                .containsExactly("<sip:anonymous@anonymous.invalid>;counter=x", "<sip:2@a>");
    }

    @Test
    @DisplayName("a carrier hears it all, byte for byte")
    void shouldTellACarrierAll() {
        configuration.pbxRole = "carrier";
        toPbx();
        assertThat(offered(PRIVATE + "Privacy: history\n")).contains(PRIVATE.replace("\n", "\r\n"));
    }
}
