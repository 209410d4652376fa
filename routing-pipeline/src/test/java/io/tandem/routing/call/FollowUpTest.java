package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.stage.Rule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a call goes on to when nobody takes it where it was sent: the number leads to a forward, whose number is reached by the
 * callee's trunk, and whose overflow is a trunk at 127.0.0.4; or to a flow.
 */
@AlsoThroughSnapshots
class FollowUpTest {
    private static final long OTHER = 0xFFFF_7F00_0004L;
    private static final String OVERFLOW = ",'overflow_dest_kind':'trunk','overflow_dest_id':'"
            + new ResourceId(4, 7).prefixed(ResourceKind.TRUNKS) + "'";
    private static final String ROUTE_TO_OVERFLOW = "{'id':'pbx','data':{'kind':'route','dest_kind':'trunk','dest_id':'"
            + new ResourceId(4, 7).prefixed(ResourceKind.TRUNKS) + "'}},";
    private static final String IS_NUMBER =
            "{'id':'is','data':{'kind':'condition','variable':'caller_cid','operator':'present'}},";
    private static final String REST =
            "{'id':'in','data':{'kind':'entry'}},{'id':'bye','data':{'kind':'hangup','sipCode':404}}";

    private final RigConfiguration configuration = new RigConfiguration();
    private final boolean throughSnapshots;
    private CoreRig rig;

    FollowUpTest(final boolean throughSnapshots) {
        this.throughSnapshots = throughSnapshots;
        configuration
                .with(ResourceKind.TRUNKS, 7, "'name':'other','direction':'outbound','proxy':'127.0.0.4:5080'")
                .with(
                        ResourceKind.OUTBOUND_ROUTES,
                        6,
                        "'match_prefix':'44','via':'trunk','trunk_id':'" + RigConfiguration.trunkId(2) + "'");
    }

    private void forward(final String fields) {
        configuration.with(ResourceKind.FORWARDS, 5, "'name':'mobile','number':'442071838750'" + fields);
        start(TargetKind.FORWARD);
    }

    /** The number leads to a flow of these nodes, an entry and a hangup. */
    private void flow(final String nodes, final String edges) {
        configuration.with(
                ResourceKind.FLOWS,
                5,
                "'name':'flow','is_published':1,'version':1,'published_graph':{'nodes':[" + nodes + REST + "],'edges':[" + edges
                        + "]}");
        start(TargetKind.FLOW);
    }

    /** Edges that lead callers with a number to a node, others to the hangup. */
    private static String isNumber(final String node) {
        return edge("in", "default", "is") + "," + edge("is", "true", node) + "," + edge("is", "false", "bye");
    }

    private static String edge(final String from, final String outcome, final String to) {
        return "{'source':'" + from + "','sourceHandle':'" + outcome + "','target':'" + to + "'}";
    }

    private void start(final TargetKind kind) {
        configuration.number.destKind = (byte) kind.code();
        configuration.number.destHigh = 4;
        configuration.number.destLow = 5;
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private String forwarded() {
        final String sent = rig.offered("o");
        assertThat(sent).startsWith("INVITE sip:442071838750@127.0.0.3:5080 SIP/2.0\r\n");
        return sent;
    }

    private void refused(final String sent, final String status) {
        rig.fromCallee(response(sent, status, "bob"));
        rig.callee("ACK ");
    }

    private void ringsOn(final String sent) {
        rig.fromCallee(response(sent, "180 Ringing", "bob", "Contact: <sip:bob@127.0.0.3:5080>\n", ""));
        rig.caller("SIP/2.0 180 ");
    }

    /** Time is up for the callee. */
    private void isCancelled(final String sent) {
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", "bob"));
        refused(sent, "487 Request Terminated");
    }

    /** The overflow takes the call, and the caller hangs up. */
    private void answeredByOverflow() {
        final String sent = rig.other("INVITE sip:12025550123@127.0.0.4:5080 SIP/2.0\r\n");
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(
                sent, "200 OK", "carol", "Contact: <sip:carol@127.0.0.4:5080>\n", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.other("ACK ");
        rig.audit();
        rig.fromCaller(inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(rig.other("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.over();
    }

    private void refusedFinally(final String status) {
        final String answer = rig.caller("SIP/2.0 " + status);
        rig.fromCaller(failureAck(invite("o", "", "v=0 offer"), answer));
        rig.audit();
        rig.over();
    }

    @ParameterizedTest
    @CsvSource({"486 Busy Here", "480 Temporarily Unavailable", "404 Not Found", "503 Service Unavailable"})
    @DisplayName("R-107 a call that the forwarded number does not take goes on to the forward's overflow")
    void shouldGoOnToTheOverflow(final String status) {
        forward(OVERFLOW);
        refused(forwarded(), status);

        answeredByOverflow();
        assertThat(rig.attemptStatuses).containsExactly(Integer.parseInt(status.substring(0, 3)), 200);
        assertThat(rig.count(CoreCounter.CALLS_GONE_ON)).isEqualTo(1);
    }

    @Test
    @DisplayName("R-104 a forwarded number rings as long as its forward says, then the call goes on")
    void shouldRingAsLongAsTheForwardSays() {
        forward(",'timeout_sec':20" + OVERFLOW);
        final String sent = forwarded();
        ringsOn(sent);
        rig.pass(19_000);
        ringsOn(sent);
        rig.quiet();
        rig.pass(1_000);

        isCancelled(sent);
        answeredByOverflow();
        assertThat(rig.attemptStatuses).containsExactly(408, 200);
    }

    @Test
    @DisplayName("R-107 a forward without overflow gives the caller what the number said")
    void shouldPassTheRefusalWithoutOverflow() {
        forward("");
        refused(forwarded(), "486 Busy Here");
        refusedFinally("486");
        assertThat(rig.count(CoreCounter.CALLS_GONE_ON)).isZero();
    }

    @Test
    @DisplayName("R-104 without overflow the caller is told that nobody answered when the time is up")
    void shouldRefuseWhenTheTimeIsUp() {
        forward(",'timeout_sec':5");
        final String sent = forwarded();
        ringsOn(sent);
        rig.pass(5_000);
        isCancelled(sent);
        refusedFinally("480");
    }

    @Test
    @DisplayName("whoever would have to confirm is not rung as long as nobody asks for it: the overflow takes the call")
    void shouldNotConnectWithoutTheConfirmation() {
        configuration.account = ",'media_trunk_id':'" + RigConfiguration.trunkId(2) + "'";
        forward(",'confirm':1" + OVERFLOW);
        rig.fromCaller(invite("o", "", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        answeredByOverflow();
    }

    @Test
    void shouldRefuseACallThatCannotBeConfirmedAndHasNowhereElseToGo() {
        configuration.account = ",'media_trunk_id':'" + RigConfiguration.trunkId(2) + "'";
        forward(",'confirm':1");
        rig.fromCaller(invite("o", "", "v=0 offer"));
        refusedFinally("480");
        assertThat(rig.rules).containsExactly(Rule.FORWARD_UNCONFIRMED);
    }

    @Test
    void shouldCancelTheOverflowWhenTheCallerGivesUp() {
        forward(OVERFLOW);
        refused(forwarded(), "486 Busy Here");
        final String sent = rig.other("INVITE ");
        rig.fromCaller(Texts.cancel(invite("o", "", "v=0 offer"), ""));
        rig.caller("SIP/2.0 200 ");
        final String terminated = rig.caller("SIP/2.0 487 ");
        rig.fromCaller(failureAck(invite("o", "", "v=0 offer"), terminated));
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(sent, "180 Ringing", "carol"));
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(rig.other("CANCEL "), "200 OK", "carol"));
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(sent, "487 Request Terminated", "carol"));
        rig.other("ACK ");
        rig.audit();
        rig.over();
    }

    @ParameterizedTest
    @CsvSource({"486 Busy Here,busy", "480 Temporarily Unavailable,no_answer", "404 Not Found,failed"})
    @DisplayName("a flow hears how a number that it dialled ended, and goes on by that outcome")
    void shouldTellAFlowHowItsDialEnded(final String status, final String outcome) {
        flow(
                "{'id':'dial','data':{'kind':'dial','number':'442071838750'}}," + ROUTE_TO_OVERFLOW,
                edge("in", "default", "dial") + "," + edge("dial", outcome, "pbx") + ","
                        + edge("dial", "default", "bye"));
        refused(forwarded(), status);
        answeredByOverflow();
    }

    @Test
    @DisplayName("a flow's dial rings as long as its node says")
    void shouldRingAsLongAsTheNodeSays() {
        flow(
                "{'id':'dial','data':{'kind':'dial','number':'442071838750','timeoutSec':7}}," + ROUTE_TO_OVERFLOW,
                edge("in", "default", "dial") + "," + edge("dial", "no_answer", "pbx") + ","
                        + edge("dial", "default", "bye"));
        final String sent = forwarded();
        ringsOn(sent);
        rig.pass(7_000);
        isCancelled(sent);
        answeredByOverflow();
    }

    @Test
    @DisplayName("a flow that hangs up after a dial says with which code")
    void shouldHangUpAsTheFlowSays() {
        flow(
                "{'id':'dial','data':{'kind':'dial','number':'442071838750'}},",
                edge("in", "default", "dial") + "," + edge("dial", "default", "bye"));
        refused(forwarded(), "486 Busy Here");
        refusedFinally("404");
        assertThat(rig.rules).containsExactly(Rule.TARGET_HANGUP);
    }

    // ---- servers ---------------------------------------------------------------------------------------------------

    private ServerQuestion asked() {
        final String test =
                "{'id':'vip','data':{'kind':'condition','variable':'vip','operator':'equals','value':'true'}},";
        flow(
                "{'id':'ask','data':{'kind':'http','url':'https://crm.example.com/callers?n={{caller_cid}}',"
                        + "'timeoutMs':2000,'variables':{'vip':'/customer/vip'}}}," + test + ROUTE_TO_OVERFLOW,
                String.join(
                        ",",
                        List.of(
                                edge("in", "default", "ask"),
                                edge("ask", "default", "vip"),
                                edge("ask", "error", "bye"),
                                edge("ask", "timeout", "pbx"),
                                edge("vip", "true", "pbx"),
                                edge("vip", "false", "bye"))));
        rig.fromCaller(invite("o", "", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        rig.quiet();
        assertThat(rig.questions).hasSize(1);
        return rig.questions.removeFirst();
    }

    @Test
    @DisplayName("N-078 a flow asks a server about caller_cid, and the call waits for what it answers")
    void shouldGoOnByWhatAServerAnswers() {
        final ServerQuestion question = asked();
        assertThat(question.url()).isEqualTo("https://crm.example.com/callers?n=12025550100");
        assertThat(question.pointers()).containsExactly("/customer/vip");
        rig.answer(question, "default", "{\"customer\":{\"vip\":\"true\"}}");
        answeredByOverflow();
    }

    @Test
    void shouldGoOnByTheErrorOfAServer() {
        final ServerQuestion question = asked();
        rig.answer(question, "error", "");
        refusedFinally("404");
    }

    @Test
    void shouldGoOnWithoutAnAnswerAfterASecondOfGrace() {
        final ServerQuestion question = asked();
        rig.pass(2_999);
        rig.quiet();
        rig.pass(1);
        rig.answer(question, "default", "{\"customer\":{\"vip\":\"true\"}}");
        assertThat(rig.count(CoreCounter.SERVER_ANSWERS_LATE)).isEqualTo(1);
        answeredByOverflow();
    }

    @Test
    void shouldForgetACallerWhoGivesUpWhileAServerIsAsked() {
        final ServerQuestion question = asked();
        rig.fromCaller(Texts.cancel(invite("o", "", "v=0 offer"), ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(invite("o", "", "v=0 offer"), rig.caller("SIP/2.0 487 ")));
        rig.answer(question, "default", "{\"customer\":{\"vip\":\"true\"}}");
        assertThat(rig.count(CoreCounter.SERVER_ANSWERS_LATE)).isEqualTo(1);
        rig.over();
    }

    private static String again(final TargetKind kind, final long id) {
        return "{'id':'again','data':{'kind':'route','dest_kind':'" + kind.word() + "','dest_id':'"
                + new ResourceId(4, id).prefixed(kind.resources()) + "'}},";
    }

    @Test
    @DisplayName("D2 a flow that routes to itself, also after the answer of a server, is a loop: 482")
    void shouldRefuseAFlowThatRoutesToItself() {
        flow(
                "{'id':'ask','data':{'kind':'http','url':'https://crm.example.com/'}}," + again(TargetKind.FLOW, 5),
                edge("in", "default", "ask") + "," + edge("ask", "default", "again") + ","
                        + edge("ask", "timeout", "bye"));
        rig.fromCaller(invite("o", "", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        rig.answer(rig.questions.removeFirst(), "default", "");
        assertThat(rig.questions).isEmpty();
        refusedFinally("482");
        assertThat(rig.rules).containsExactly(Rule.TARGET_LOOP);
    }

    @Test
    @DisplayName("D2 a flow and a forward whose overflow is that flow are a loop: the number rings once, then 482")
    void shouldRingOnceInACircleOfFlowAndForward() {
        configuration.with(
                ResourceKind.FORWARDS,
                8,
                "'name':'mobile','number':'442071838750','overflow_dest_kind':'flow','overflow_dest_id':'"
                        + new ResourceId(4, 5).prefixed(ResourceKind.FLOWS) + "'");
        flow(again(TargetKind.FORWARD, 8) + IS_NUMBER, isNumber("again"));
        refused(forwarded(), "486 Busy Here");
        refusedFinally("482");
        assertThat(rig.rules).containsExactly(Rule.TARGET_LOOP);
    }

    @Test
    @DisplayName("a flow that visits such a forward hears of it, and goes on by its own edge")
    void shouldTellAFlowThatTheOverflowOfItsForwardIsItself() {
        configuration.with(
                ResourceKind.FORWARDS,
                8,
                "'name':'mobile','number':'442071838750','overflow_dest_kind':'flow','overflow_dest_id':'"
                        + new ResourceId(4, 5).prefixed(ResourceKind.FLOWS) + "'");
        flow(
                "{'id':'mobile','data':{'kind':'forward','forwardId':'"
                        + new ResourceId(4, 8).prefixed(ResourceKind.FORWARDS) + "'}}," + ROUTE_TO_OVERFLOW,
                edge("in", "default", "mobile") + "," + edge("mobile", "busy", "pbx") + ","
                        + edge("mobile", "default", "bye"));
        refused(forwarded(), "486 Busy Here");
        answeredByOverflow();
    }

    @Test
    @DisplayName("D2 a flow that routes to a hangup answers the code of its dest_xform")
    void shouldAnswerTheCodeOfAHangupThatAFlowRoutesTo() {
        flow(
                "{'id':'no','data':{'kind':'route','dest_kind':'hangup','dest_xform':{'sip_code':410}}}," + IS_NUMBER,
                isNumber("no"));
        rig.fromCaller(invite("o", "", "v=0 offer"));
        refusedFinally("410");
    }

    /** Sixty questions in a row, as nodes; errors hang up. */
    private static String questions() {
        final StringBuilder nodes = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            nodes.append("{'id':'ask" + i + "','data':{'kind':'http','url':'https://crm.example.com/'}},");
        }
        return nodes.toString();
    }

    private static String questionsThen(final String last) {
        final StringBuilder edges = new StringBuilder(edge("in", "default", "ask0"));
        for (int i = 0; i < 60; i++) {
            edges.append(',').append(edge("ask" + i, "default", i == 59 ? last : "ask" + (i + 1)));
            edges.append(',').append(edge("ask" + i, "error", "bye"));
        }
        return edges.toString();
    }

    @Test
    void shouldAskServersNoMoreThanAHundredTimes() {
        configuration.with(
                ResourceKind.FLOWS,
                9,
                "'name':'more','is_published':1,'version':1,'published_graph':{'nodes':[" + questions() + REST + "],'edges':["
                        + questionsThen("bye") + "]}");
        flow(questions() + again(TargetKind.FLOW, 9), questionsThen("again"));
        rig.fromCaller(invite("o", "", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        for (int i = 0; i < Call.QUESTIONS_MAX; i++) {
            assertThat(rig.questions).as("question %d", i).hasSize(1);
            rig.answer(rig.questions.removeFirst(), "default", "");
        }
        assertThat(rig.questions).isEmpty();
        refusedFinally("404");
    }

    @Test
    @DisplayName("a flow that asks in a circle is hung up after a hundred questions")
    void shouldHangUpAFlowThatAsksInACircle() {
        flow(
                "{'id':'ask','data':{'kind':'http','url':'https://crm.example.com/'}},",
                edge("in", "default", "ask") + "," + edge("ask", "default", "ask") + "," + edge("ask", "timeout", "bye"));
        rig.fromCaller(invite("o", "", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        for (int i = 0; i < 100; i++) {
            assertThat(rig.questions).as("question %d", i).hasSize(1);
            rig.answer(rig.questions.removeFirst(), "default", "");
        }
        assertThat(rig.questions).isEmpty();
        refusedFinally("603");
    }

    @Test
    @DisplayName("a flow hears that a number which it dials cannot be reached by any trunk")
    void shouldTellAFlowThatNoTrunkTakesTheNumber() {
        flow(
                "{'id':'dial','data':{'kind':'dial','number':'33144556677'}}," + ROUTE_TO_OVERFLOW,
                edge("in", "default", "dial") + "," + edge("dial", "failed", "pbx") + ","
                        + edge("dial", "default", "bye"));
        rig.fromCaller(invite("o", "", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        answeredByOverflow();
    }

    @Test
    @DisplayName("R-107 a forward whose number no trunk takes gives way to its overflow at once")
    void shouldGoOnWhenNoTrunkTakesTheForwardedNumber() {
        configuration.with(
                ResourceKind.FORWARDS, 5, "'name':'mobile','number':'33144556677'" + OVERFLOW);
        start(TargetKind.FORWARD);
        rig.fromCaller(invite("o", "", "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        answeredByOverflow();
    }

    @Test
    @DisplayName("a flow's dial of an extension that leads to a trunk rings as long as its node says")
    void shouldRingAnExtensionBehindATrunkAsLongAsTheNodeSays() {
        configuration.with(
                ResourceKind.EXTENSIONS,
                9,
                "'digits':'100','dest_kind':'trunk','dest_id':'" + RigConfiguration.trunkId(2) + "'");
        flow(
                "{'id':'dial','data':{'kind':'dial','extensionId':'"
                        + new ResourceId(4, 9).prefixed(ResourceKind.EXTENSIONS) + "','timeoutSec':7}},"
                        + ROUTE_TO_OVERFLOW,
                edge("in", "default", "dial") + "," + edge("dial", "no_answer", "pbx") + ","
                        + edge("dial", "default", "bye"));
        final String sent = rig.offered("o");
        ringsOn(sent);
        rig.pass(7_000);
        isCancelled(sent);
        answeredByOverflow();
    }

    @Test
    void shouldNotTakeTheAnswerToAnotherQuestion() {
        final ServerQuestion question = asked();
        rig.answer(
                new ServerQuestion(
                        question.callSlot(),
                        question.callSerial(),
                        question.callProof(),
                        question.ordinal() + 1,
                        1,
                        1,
                        "GET",
                        "",
                        "",
                        1,
                        List.of()),
                "error",
                "");
        assertThat(rig.count(CoreCounter.SERVER_ANSWERS_LATE)).isEqualTo(1);
        rig.quiet();
        rig.answer(question, "default", "");
        refusedFinally("404");
    }
}
