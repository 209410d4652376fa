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
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.stage.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * INVITEs that replace a call of ours (RFC 3891, D4): an exchange at 127.0.0.2 and one at 127.0.0.3, whose phones transfer one another.
 */
@AlsoThroughSnapshots
class ReplacesTest {
    private static final String NEW_OFFER = "v=0 other phone";

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    ReplacesTest(final boolean throughSnapshots) {
        configuration.carrierDirection = "both";
        configuration.carrier = ",'proxy':'127.0.0.2:5070'";
        configuration
                .with(
                        ResourceKind.TRUNKS,
                        8,
                        "'name':'pbx-in','direction':'inbound','role':'pbx','acl':['127.0.0.3/32']")
                .with(
                        ResourceKind.OUTBOUND_ROUTES,
                        6,
                        "'match_prefix':'44','via':'trunk','trunk_id':'" + RigConfiguration.trunkId(1) + "'");
        rig = new CoreRig(throughSnapshots, configuration);
    }

    /** What the caller's exchange calls its dialog with us. */
    private static String callersDialog(final String ourResponse) {
        return "Replaces: " + header(ourResponse, "Call-ID") + ";to-tag=" + tag(header(ourResponse, "To"))
                + ";from-tag=" + tag(header(ourResponse, "From"));
    }

    private void refused(final String invite, final String status, final Rule rule) {
        rig.fromCaller(invite);
        if (rig.toCaller.getFirst().startsWith("SIP/2.0 100 ")) {
            rig.caller("SIP/2.0 100 ");
        }
        rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 " + status)));
        assertThat(rig.rules).contains(rule);
        rig.quiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";early-only"})
    void shouldTranslateToTheOtherLeg(final String earlyOnly) {
        final CoreRig.Up up = rig.up("old");
        final String extra =
                callersDialog(up.answer()) + ";x=y" + earlyOnly + "\nRequire: replaces\nSupported: replaces\n";
        rig.fromCaller(invite("new", extra, NEW_OFFER));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(header(sent, "Replaces"))
                .isEqualTo(header(up.invite(), "Call-ID") + ";to-tag=bob;from-tag=" + tag(header(up.invite(), "From"))
                        + earlyOnly);
        assertThat(header(sent, "Require")).isEqualTo("replaces");
        assertThat(header(sent, "Supported")).isEqualTo("replaces");
        rig.fromCallee(ok(sent, "bob2", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack2", ""));
        rig.callee("ACK ");

        rig.fromCallee(fromCalleeInDialog("BYE", 1, up.invite(), "bob", "replaced"));
        rig.callee("SIP/2.0 200 ");
        rig.fromCaller(okOfCaller(rig.caller("BYE "), ""));
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }

    @Test
    void shouldTranslateToTheCallersLegForItsExchange() {
        final CoreRig.Up up = rig.up("old");
        final String replaces = "Replaces: " + header(up.invite(), "Call-ID") + ";from-tag=bob;to-tag="
                + tag(header(up.invite(), "From")) + "\n";
        final String invite = invite("new", replaces, NEW_OFFER)
                .replaceFirst("sip:12025550123@", "sip:442071838750@")
                .replace("127.0.0.2:5070", "127.0.0.3:5080");
        rig.fromCallee(invite);
        rig.callee("SIP/2.0 100 ");
        final String sent = rig.caller("INVITE sip:442071838750@127.0.0.2:5070 ");
        assertThat(header(sent, "Replaces"))
                .isEqualTo("old@127.0.0.2;to-tag=alice-old;from-tag=" + tag(header(up.answer(), "To")));
        rig.fromCaller(response(sent, "486 Busy Here", "alice2"));
        rig.caller("ACK ");
        rig.fromCallee(failureAck(invite, rig.callee("SIP/2.0 486 ")));
        rig.hangUp(up, 2);
        rig.over();
    }

    @Test
    void shouldTranslateADialogThatIsEarlyStill() {
        final CoreRig.Ringing ringing = rig.ringing("old", "bob");
        final String invite = invite("new", callersDialog(ringing.progress()) + "\n", NEW_OFFER);
        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(header(sent, "Replaces")).contains(";to-tag=bob;");
        rig.fromCallee(response(sent, "481 Call/Transaction Does Not Exist", "bob2"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 481 ")));
        rig.fromCallee(response(ringing.invite(), "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("old", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    void shouldRefuseWhatNamesNoCallThere() {
        final CoreRig.Up up = rig.up("old");
        final String named = callersDialog(up.answer());
        refused(invite("a", named.replace("old@", "older@") + "\n", ""), "481 ", Rule.REPLACES_NOTHING);
        refused(invite("b", named.replace("alice-old", "alice-older") + "\n", ""), "481 ", Rule.REPLACES_NOTHING);
        refused(
                invite("c", named.replaceFirst("to-tag=[^;]*", "to-tag=" + "d".repeat(30)) + "\n", ""),
                "481 ",
                Rule.REPLACES_NOTHING);
        configuration.number.destLow = 1;
        rig.configure();
        refused(invite("d", named + "\n", ""), "481 ", Rule.REPLACES_NOTHING);
        configuration.number.destLow = 2;
        configuration.number.accountLow = 9;
        rig.configure();
        refused(invite("e", named + "\n", ""), "481 ", Rule.REPLACES_NOTHING);
        configuration.number.accountLow = 1;
        rig.configure();
        rig.hangUp(up, 2);
        refused(invite("f", named + "\n", ""), "481 ", Rule.REPLACES_NOTHING);
        rig.over();
    }

    @Test
    void shouldRefuseWhatCannotBeRead() {
        final CoreRig.Up up = rig.up("old");
        final String named = callersDialog(up.answer()) + "\n";
        refused(invite("a", named + named, ""), "400 ", Rule.REPLACES_MALFORMED);
        refused(invite("b", "Replaces: old@127.0.0.2;to-tag=x\n", ""), "400 ", Rule.REPLACES_MALFORMED);
        rig.hangUp(up, 2);
        rig.over();
    }

    @Test
    void shouldChooseTheTrunkThatHasTheOtherLeg() {
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:5080'");
        rig.configure();
        final String old = invite("old", "", "v=0 offer");
        rig.fromCaller(old);
        rig.caller("SIP/2.0 100 ");
        rig.fromCallee(response(rig.callee("INVITE "), "503 Service Unavailable", ""));
        rig.callee("ACK ");
        final String second = rig.other("INVITE ");
        rig.from(
                0xFFFF_7F00_0004L,
                5080,
                response(second, "200 OK", "carol", "Contact: <sip:carol@127.0.0.4:5080>\n", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.other("ACK ");

        final String invite = invite("new", callersDialog(answer) + "\n", NEW_OFFER);
        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.other("INVITE ");
        assertThat(header(sent, "Replaces")).startsWith(header(second, "Call-ID") + ";to-tag=carol;");
        rig.from(0xFFFF_7F00_0004L, 5080, response(sent, "488 Not Acceptable Here", "carol2"));
        rig.other("ACK ");
        rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 488 ")));
        rig.fromCaller(inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.from(0xFFFF_7F00_0004L, 5080, response(rig.other("BYE "), "200 OK", ""));
        assertThat(headers(second, "Replaces")).isEmpty();
        rig.over();
    }
}
