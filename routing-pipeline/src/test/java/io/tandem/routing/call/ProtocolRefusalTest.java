package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.counter.CoreCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the protocol refuses before any routing (RFC 3261 section 8.2, 16.3; D6). */
@AlsoThroughSnapshots
class ProtocolRefusalTest {
    private static final String DIVERSION =
            "Diversion: <sip:1@a>, <sip:2@a>, <sip:3@a>\nDiversion: <sip:4@a>, <sip:5@a>\n";

    private final CoreRig rig;

    ProtocolRefusalTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    /** An INVITE that is refused, again when it comes again, and over after its ACK. */
    private String refused(final String invite, final String status) {
        rig.fromCaller(invite);
        final String answer = rig.caller("SIP/2.0 " + status);
        assertThat(tag(header(answer, "To"))).isNotEmpty();
        rig.fromCaller(invite);
        assertThat(rig.caller("SIP/2.0 " + status)).isEqualTo(answer);
        rig.fromCaller(failureAck(invite, answer));
        rig.over();
        return answer;
    }

    /** RFC 3261 section 8.1.1.8. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Contact:\n"})
    void shouldRefuseACallWithoutContact(final String contact) {
        refused(invite("p", "", "").replaceFirst("Contact: [^\n]*\n", contact), "400 Missing Contact");
    }

    /** RFC 4475 section 3.4.1: to the RFC 2543 Contact was optional. */
    @Test
    void shouldTakeACallWithoutContactFromACallerOfRfc2543() {
        final String invite =
                invite("p", "", "").replaceFirst("Contact: [^\n]*\n", "").replace("z9hG4bK-inv-p", "1");
        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        rig.fromCallee(response(rig.callee("INVITE "), "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    /** Malformed, so without a transaction and a record. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"*|400 Malformed Contact", "<sip:a@127.0.0.2:5070>, <sip:b@127.0.0.2:5070>|400 Duplicate Contact"})
    void shouldRefuseACallWithAnyOtherThanOneContact(final String contact, final String status) {
        final String invite = invite("p", "", "").replaceFirst("Contact: [^\n]*\n", "Contact: " + contact + "\n");
        rig.fromCaller(invite);
        final String answer = rig.caller("SIP/2.0 " + status);
        rig.fromCaller(invite);
        assertThat(rig.caller("SIP/2.0 " + status)).isEqualTo(answer);
        rig.fromCaller(failureAck(invite, answer));
        assertThat(rig.count(CoreCounter.MESSAGES_MALFORMED)).isEqualTo(2);
        rig.empty();
    }

    @Test
    void shouldRefuseWhatIsRequiredAndNotSupported() {
        final String answer =
                refused(invite("p", "Require: 100rel, teleport\nRequire: timer, beam\n", ""), "420 Bad Extension");
        assertThat(header(answer, "Unsupported")).isEqualTo("teleport, beam");
    }

    @Test
    void shouldRefuseASchemeThatCannotBeCalled() {
        refused(invite("p", "", "").replaceFirst("sip:12025550123@127.0.0.1:5060", "soap:12025550123"), "416 ");
    }

    @Test
    void shouldNotMakeSipOfSips() {
        refused(invite("p", "", "").replaceFirst("sip:12025550123@", "sips:12025550123@"), "416 ");
    }

    @Test
    void shouldRefuseACallWithoutHops() {
        refused(invite("p", "", "").replace("Max-Forwards: 70", "Max-Forwards: 0"), "483 Too Many Hops");
    }

    @Test
    void shouldTakeTheLastHop() {
        final String invite = invite("p", "", "").replace("Max-Forwards: 70", "Max-Forwards: 1");
        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(header(sent, "Max-Forwards")).isEqualTo("0");
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    void shouldTakeACallWithoutMaxForwardsForAFreshOne() {
        rig.fromCaller(invite("p", "", "").replace("Max-Forwards: 70\n", ""));
        rig.caller("SIP/2.0 100 ");
        assertThat(header(rig.callee("INVITE "), "Max-Forwards")).isEqualTo("69");
    }

    @ParameterizedTest
    @CsvSource({"Diversion, 482", "History-Info, 482"})
    void shouldTakeTooManyDiversionsForALoop(final String header, final String status) {
        refused(invite("p", DIVERSION.replace("Diversion", header) + header + ": <sip:6@a>\n", ""), status);
    }

    @Test
    void shouldTakeFiveDiversions() {
        rig.fromCaller(invite("p", DIVERSION, ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(headers(sent, "Diversion"))
                .containsExactly("<sip:1@a>, <sip:2@a>, <sip:3@a>", "<sip:4@a>, <sip:5@a>");
    }

    @Test
    void shouldKnowItsOwnInviteWhenItComesBack() {
        final String sent = rig.offered("p");
        final String back =
                sent.replaceFirst("\nVia:", "\nVia: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK-looped\r\nVia:");
        rig.fromCaller(back);
        final String answer = rig.caller("SIP/2.0 482 Loop Detected");
        assertThat(headers(answer, "Via")).hasSize(2);
        rig.fromCaller(failureAck(back, answer));
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("p", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    void shouldRefuseACopyThatCameAnotherWay() {
        final String sent = rig.offered("p");
        final String merged = invite("p", "", "v=0 offer").replace("z9hG4bK-inv-p", "z9hG4bK-other-way");
        rig.fromCaller(merged);
        final String answer = rig.caller("SIP/2.0 482 ");
        rig.fromCaller(merged);
        assertThat(rig.caller("SIP/2.0 482 ")).isEqualTo(answer);
        rig.fromCaller(failureAck(merged, answer));
        assertThat(rig.count(CoreCounter.REQUESTS_MERGED)).isEqualTo(2);
        assertThat(rig.count(CoreCounter.CALLS_OFFERED)).isEqualTo(1);
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("p", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    void shouldTakeTheCallAgainWhenAProxyTriesAnotherWayAfterARefusal() {
        final String sent = rig.offered("p");
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("p", "", ""), rig.caller("SIP/2.0 486 ")));
        final String second = invite("p", "", "").replace("z9hG4bK-inv-p", "z9hG4bK-second-try");
        rig.fromCaller(second);
        rig.caller("SIP/2.0 100 ");
        rig.fromCallee(response(rig.callee("INVITE "), "404 Not Found", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(second, rig.caller("SIP/2.0 404 ")));
        rig.over();
    }

    @ParameterizedTest
    @CsvSource({
        "REFER, 403, false",
        "SUBSCRIBE, 405, true",
        "REGISTER, 405, true",
        "PUBLISH, 405, true",
        "JUMP, 501, true",
        "BYE, 481, false",
        "UPDATE, 481, false",
        "PRACK, 481, false",
        "INFO, 481, false",
        "NOTIFY, 481, false"
    })
    void shouldRefuseOutsideADialog(final String method, final String status, final boolean allows) {
        final String request = invite("p", "", "").replace("INVITE", method);
        rig.fromCaller(request);
        final String answer = rig.caller("SIP/2.0 " + status);
        assertThat(headers(answer, "Allow")).hasSize(allows ? 1 : 0);
        assertThat(tag(header(answer, "To"))).isNotEmpty();
        rig.fromCaller(request);
        assertThat(rig.caller("SIP/2.0 " + status)).as("without any state").isEqualTo(answer);
        rig.empty();
    }

    @Test
    void shouldAnswerOptionsWithoutState() {
        final String options = invite("p", "", "").replace("INVITE", "OPTIONS");
        rig.fromCaller(options);
        final String answer = rig.caller("SIP/2.0 200 OK");
        assertThat(header(answer, "Allow"))
                .contains("INVITE")
                .contains("UPDATE")
                .doesNotContain("REFER");
        assertThat(header(answer, "Supported")).contains("100rel").contains("timer");
        assertThat(header(answer, "Accept")).contains("application/sdp");
        rig.fromCaller(options);
        assertThat(rig.caller("SIP/2.0 200 OK")).isEqualTo(answer);
        rig.fromCaller(options.replace("Max-Forwards: 70", "Max-Forwards: 70\nRequire: teleport"));
        assertThat(header(rig.caller("SIP/2.0 420 "), "Unsupported")).isEqualTo("teleport");
        rig.empty();
    }

    @Test
    void shouldDropAcksAndResponsesThatBelongToNothing() {
        rig.fromCaller(failureAck(invite("nobody", "", ""), invite("nobody", "", "")));
        assertThat(rig.count(CoreCounter.ACKS_STRAY)).isEqualTo(1);
        final String sent = rig.offered("p");
        final String ok = response(sent, "180 Ringing", "bob");
        final String branch = Texts.branch(sent);
        final String forged = branch.substring(0, branch.length() - 1) + (branch.endsWith("0") ? "1" : "0");
        rig.fromCallee(ok.replace(branch, forged));
        rig.fromCallee(ok.replace(branch, "branch=z9hG4bKstranger"));
        rig.fromCallee(ok.replace("CSeq: 1 INVITE", "CSeq: 2 INVITE"));
        rig.fromCallee(ok.replace("CSeq: 1 INVITE", "CSeq: 1 BYE"));
        rig.fromCallee(ok.replace("From:", "Via: SIP/2.0/UDP 127.0.0.9\nFrom:"));
        rig.quiet();
        assertThat(rig.count(CoreCounter.RESPONSES_STRAY)).isEqualTo(5);
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("p", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }
}
