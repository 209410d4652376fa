package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.body;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Early dialogs that end while their call goes on (RFC 6228, D3): a number leads to a forward with an overflow at 127.0.0.4. */
@AlsoThroughSnapshots
class EarlyEndingTest {
    private static final long OTHER = 0xFFFF_7F00_0004L;
    private static final String OVERFLOW = ",'overflow_dest_kind':'trunk','overflow_dest_id':'"
            + new ResourceId(4, 7).prefixed(ResourceKind.TRUNKS) + "'";
    private static final String WANTED = "Supported: timer, 199\n";
    private static final String OFFER = "v=0 offer";

    private final RigConfiguration configuration = new RigConfiguration();
    private final boolean throughSnapshots;
    private CoreRig rig;

    EarlyEndingTest(final boolean throughSnapshots) {
        this.throughSnapshots = throughSnapshots;
    }

    private void forward(final String fields, final String overflowTrunk) {
        configuration
                .with(
                        ResourceKind.TRUNKS,
                        7,
                        "'name':'other','direction':'outbound','proxy':'127.0.0.4:5080'" + overflowTrunk)
                .with(
                        ResourceKind.OUTBOUND_ROUTES,
                        6,
                        "'match_prefix':'44','via':'trunk','trunk_id':'" + RigConfiguration.trunkId(2) + "'")
                .with(ResourceKind.FORWARDS, 5, "'name':'mobile','number':'442071838750'" + fields);
        configuration.number.destKind = (byte) TargetKind.FORWARD.code();
        configuration.number.destHigh = 4;
        configuration.number.destLow = 5;
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private String offered(final String extra) {
        rig.fromCaller(invite("e", extra, OFFER));
        rig.caller("SIP/2.0 100 ");
        return rig.callee("INVITE ");
    }

    private String rings(final String sent, final String tag) {
        rig.fromCallee(response(sent, "180 Ringing", tag));
        return rig.caller("SIP/2.0 180 ");
    }

    private void refuses(final String sent, final String status) {
        rig.fromCallee(response(sent, status, "bob", "Contact: <sip:12025550124@198.51.100.9>\n", ""));
        rig.callee("ACK ");
    }

    private String ended(final String progress, final int status) {
        final String ended = rig.caller("SIP/2.0 199 Early Dialog Terminated");
        assertThat(header(ended, "To")).isEqualTo(header(progress, "To"));
        assertThat(header(ended, "Reason")).isEqualTo("SIP;cause=" + status);
        assertThat(headers(ended, "RSeq")).isEmpty();
        assertThat(headers(ended, "Require")).isEmpty();
        assertThat(body(ended)).isEmpty();
        return ended;
    }

    private void over(final String status) {
        rig.fromCaller(failureAck(invite("e", "", OFFER), rig.caller("SIP/2.0 " + status)));
        rig.over();
    }

    private void overflowRefuses() {
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(rig.other("INVITE "), "486 Busy Here", "dave"));
        rig.other("ACK ");
        over("486 ");
    }

    @Test
    void shouldTellOfAnEarlyDialogThatAnOverflowEnds() {
        forward(OVERFLOW, "");
        final String sent = offered(WANTED);
        final String progress = rings(sent, "bob");
        refuses(sent, "486 Busy Here");
        final String ended = ended(progress, 486);
        rig.fromCaller(invite("e", WANTED, OFFER));
        assertThat(rig.caller("SIP/2.0 199 ")).as("INVITE again").isEqualTo(ended);
        rig.fromCaller(inDialog("INFO", 2, progress, "gone", ""));
        rig.caller("SIP/2.0 481 ");

        final String next = rig.other("INVITE ");
        rig.from(
                OTHER,
                CoreRig.CALLEE_PORT,
                response(next, "200 OK", "carol", "Contact: <sip:carol@127.0.0.4:5080>\n", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(header(answer, "To")).isNotEqualTo(header(progress, "To"));
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.other("ACK ");
        rig.fromCaller(inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.from(OTHER, CoreRig.CALLEE_PORT, response(rig.other("BYE "), "200 OK", ""));
        rig.over();
    }

    @Test
    void shouldTellWhenTimeIsUp() {
        forward(OVERFLOW + ",'timeout_sec':10", "");
        final String sent = offered(WANTED);
        final String progress = rings(sent, "bob");
        rig.pass(10_100);
        ended(progress, 408);
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", "bob"));
        refuses(sent, "487 Request Terminated");
        overflowRefuses();
    }

    @Test
    void shouldTellOfEveryFork() {
        rig = new CoreRig(throughSnapshots, configuration);
        final String sent = offered(WANTED);
        final String bob = rings(sent, "bob");
        final String carol = rings(sent, "carol");
        refuses(sent, "302 Moved Temporarily");
        ended(carol, 302);
        ended(bob, 302);
        final String next = rig.callee("INVITE sip:12025550124@");
        rig.fromCallee(response(next, "486 Busy Here", "dave"));
        rig.callee("ACK ");
        over("486 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Supported: timer\n", "Supported: 199, 100rel\nRequire: 100rel\n"})
    void shouldTellNobodyWhoDidNotAsk(final String extra) {
        forward(OVERFLOW, "");
        final String sent = offered(extra);
        rings(sent, "bob");
        refuses(sent, "486 Busy Here");
        rig.quietCaller();
        overflowRefuses();
    }

    @Test
    void shouldLeaveItToTheFinalAnswer() {
        forward("", "");
        final String sent = offered(WANTED);
        rings(sent, "bob");
        refuses(sent, "486 Busy Here");
        over("486 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {",'status':'disabled'", ",'max_channels':0", ",'transport':'tcp','listener':'none'"})
    void shouldLeaveItToTheFinalAnswerWhenWhatFollowsComesToNothing(final String overflowTrunk) {
        forward(OVERFLOW, overflowTrunk);
        final String sent = offered(WANTED);
        rings(sent, "bob");
        refuses(sent, "486 Busy Here");
        over("");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldPassWhatTheCalleesSideSaysOfAFork(final boolean reliable) {
        rig = new CoreRig(throughSnapshots, configuration);
        final String sent = offered(WANTED);
        assertThat(header(sent, "Supported")).isEqualTo("timer, 199");
        final String bob = rings(sent, "bob");
        final String carol = rings(sent, "carol");
        final String gone = response(
                sent,
                "199 Early Dialog Terminated",
                "bob",
                "Reason: SIP;cause=486\n" + (reliable ? "Require: 100rel\nRSeq: 3\n" : ""),
                "");
        rig.fromCallee(gone);
        ended(bob, 486);
        if (reliable) {
            final String prack = rig.callee("PRACK ");
            assertThat(header(prack, "RAck")).isEqualTo("3 1 INVITE");
            assertThat(tag(header(prack, "To"))).isEqualTo("bob");
            rig.fromCallee(gone);
            rig.fromCallee(response(prack, "200 OK", ""));
        }
        rig.fromCallee(gone);
        rig.quiet();
        rig.fromCaller(inDialog("INFO", 2, bob, "gone", ""));
        rig.caller("SIP/2.0 481 ");
        rig.fromCaller(inDialog("INFO", 2, carol, "there", ""));
        rig.fromCallee(response(rig.callee("INFO "), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        refuses(sent, "480 Nobody");
        over("480 ");
    }

    @Test
    void shouldKeepToItselfWhatTheCalleesSideSaysUnasked() {
        rig = new CoreRig(throughSnapshots, configuration);
        final String sent = offered("");
        final String bob = rings(sent, "bob");
        rig.fromCallee(response(sent, "199 Early Dialog Terminated", "bob"));
        rig.quiet();
        rig.fromCaller(inDialog("INFO", 2, bob, "gone", ""));
        rig.caller("SIP/2.0 481 ");
        refuses(sent, "480 Nobody");
        over("480 ");
    }

    @Test
    void shouldNotMakeADialogOfOneThatHasEnded() {
        rig = new CoreRig(throughSnapshots, configuration);
        final String sent = offered(WANTED);
        rig.fromCallee(response(sent, "199 Early Dialog Terminated", "bob"));
        rig.quiet();
        assertThat(rig.core.stats().tableDialogs()).isZero();
        refuses(sent, "480 Nobody");
        over("480 ");
    }

    @Test
    void shouldTakeTheAnswerOfAForkThatWasSaidToBeGone() {
        rig = new CoreRig(throughSnapshots, configuration);
        final String sent = offered(WANTED);
        final String bob = rings(sent, "bob");
        rig.fromCallee(response(sent, "199 Early Dialog Terminated", "bob", "Reason: SIP;cause=480\n", ""));
        ended(bob, 480);
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(header(answer, "To")).isNotEqualTo(header(bob, "To"));
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }
}
