package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.body;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.NumberStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MESSAGE outside any dialog (RFC 3428, 4320). */
@AlsoThroughSnapshots
class MessageTest {
    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    MessageTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private static String message(final String extra) {
        return invite("m", "Content-Type: text/plain\n" + extra, "hello").replace("INVITE", "MESSAGE");
    }

    private String relayed() {
        rig.fromCaller(message(""));
        rig.quietCaller();
        return rig.callee("MESSAGE sip:12025550123@127.0.0.3:5080 SIP/2.0");
    }

    @Test
    void shouldRouteAMessageLikeACall() {
        final String sent = relayed();
        assertThat(body(sent)).isEqualTo("hello");
        assertThat(header(sent, "Content-Type")).isEqualTo("text/plain");
        assertThat(header(sent, "Max-Forwards")).isEqualTo("69");
        assertThat(header(sent, "CSeq")).isEqualTo("1 MESSAGE");
        assertThat(headers(sent, "Contact")).isEmpty();
        assertThat(sent).doesNotContain("127.0.0.2").doesNotContain("alice-m");
        rig.fromCaller(message(""));
        rig.quiet();

        rig.fromCallee(response(sent, "202 Accepted", "bob", "X-Seen: yes\n", ""));
        final String answer = rig.caller("SIP/2.0 202 Accepted");
        assertThat(header(answer, "X-Seen")).isEqualTo("yes");
        assertThat(answer).doesNotContain("tag=bob");
        rig.fromCaller(message(""));
        assertThat(rig.caller("SIP/2.0 202 ")).isEqualTo(answer);
        assertThat(rig.core.stats().admissionCounters()).isZero();
        assertThat(rig.records).isEmpty();
        rig.over();
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized", "407 Auth", "503 Busy", "302 Moved"})
    void shouldKeepToItselfWhatIsBetweenUsAndTheCallee(final String status) {
        rig.fromCallee(response(relayed(), status, "bob", "Contact: <sip:x@y>\n", ""));
        assertThat(headers(rig.caller("SIP/2.0 500 "), "Contact")).isEmpty();
        rig.over();
    }

    @Test
    void shouldSayNothingForASilentCallee() {
        relayed();
        rig.pass(3_490);
        rig.quietCaller();
        rig.pass(20);
        final String trying = rig.caller("SIP/2.0 100 Trying");
        assertThat(header(trying, "To")).as("no tag").doesNotContain("tag=");
        rig.fromCaller(message(""));
        assertThat(rig.caller("SIP/2.0 100 ")).as("MESSAGE again").isEqualTo(trying);
        rig.pass(28_390);
        assertThat(rig.toCallee).hasSize(10).allMatch(m -> m.startsWith("MESSAGE "));
        rig.toCallee.clear();
        rig.over();
    }

    /** RFC 4320 section 4.1: nothing but 100, and each hop its own. */
    @ParameterizedTest
    @ValueSource(strings = {"100 Trying", "183 Session Progress"})
    void shouldPassNoProvisionalResponse(final String status) {
        final String sent = relayed();
        rig.fromCallee(response(sent, status, "bob"));
        rig.quietCaller();
        rig.fromCallee(response(sent, "200 OK", "bob"));
        rig.caller("SIP/2.0 200 ");
        rig.over();
    }

    @Test
    void shouldSayAtOnceThatACalleeCannotBeReached() {
        rig.undeliverable(relayed());
        rig.caller("SIP/2.0 500 ");
        rig.over();
    }

    @Test
    void shouldRefuseWhatTheStagesRefuse() {
        rig.fromCaller(message("").replaceFirst("sip:12025550123@", "sip:19995550000@"));
        assertThat(header(rig.caller("SIP/2.0 404 "), "Reason")).contains("number unknown");
        rig.over();
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "ingress trunk", "account", "egress trunk"})
    void shouldAskNoCeiling(final String ceiling) {
        switch (ceiling) {
            case "number" -> configuration.number.maxChannels = 1;
            case "ingress trunk" -> configuration.carrier = ",'max_channels':1";
            case "egress trunk" -> configuration.pbx = ",'max_channels':1";
            default -> configuration.account = ",'max_in':1";
        }
        rig.configure();
        final CoreRig.Up up = rig.up("one");
        rig.fromCaller(invite("two", "", ""));
        assertThat(rig.toCaller).as("the ceiling is reached").last().asString().containsPattern("^SIP/2.0 48[06] ");
        rig.toCaller.clear();
        rig.fromCallee(response(relayed(), "200 OK", "bob"));
        rig.caller("SIP/2.0 200 ");
        assertThat(rig.core.stats().liveCalls()).isOne();
        rig.hangUp(up, 2);
        rig.toCaller.clear();
        rig.pass(CoreRig.LONGEST_MS);
        rig.toCaller.clear();
        rig.over();
    }

    @Test
    void shouldScreenTheSourceTheNumberAndTheCaller() {
        rig.from(0xFFFF_7F00_0009L, 5070, message(""));
        assertThat(rig.toOthers.remove()).startsWith("SIP/2.0 403 ");
        configuration.number.allowAnonymous = false;
        configuration.number.status = (byte) NumberStatus.ACTIVE.code();
        rig.configure();
        rig.fromCaller(
                message("Privacy: id\n").replace("z9hG4bK-inv-m", "z9hG4bK-2").replace("1 M", "2 M"));
        rig.caller("SIP/2.0 433 ");
        configuration.number.status = (byte) NumberStatus.SUSPENDED.code();
        rig.configure();
        rig.fromCaller(message("").replace("z9hG4bK-inv-m", "z9hG4bK-3").replace("1 M", "3 M"));
        assertThat(header(rig.caller("SIP/2.0 404 "), "Reason")).contains("number suspended");
        rig.quiet();
        assertThat(rig.records).isEmpty();
        rig.over();
    }

    @Test
    void shouldRefuseWhatTheProtocolRefuses() {
        assertThat(refused(1, "Max-Forwards: 0\n", "", "483")).contains("hops used up");
        final String extension = refused(2, "", "Require: teleport\n", "420");
        assertThat(extension).contains("an extension is required that is not supported");
        assertThat(header(extension, "Unsupported")).isEqualTo("teleport");
        assertThat(refused(3, "", "Privacy: session;critical\n", "500 Privacy Not Possible: session"))
                .contains("privacy is critical and cannot be given");
        assertThat(refused(4, "soap:x", "", "416")).contains("scheme of the request address not supported");
        rig.over();
    }

    /** A MESSAGE that is refused, with other hops or another address, and why. */
    private String refused(final int cSeq, final String other, final String extra, final String status) {
        rig.fromCaller(message(extra)
                .replaceFirst(
                        other.startsWith("soap") ? "sip:12025550123@127.0.0.1:5060" : "Max-Forwards: 70\n",
                        other.isEmpty() ? "Max-Forwards: 70\n" : other)
                .replace("z9hG4bK-inv-m", "z9hG4bK-" + cSeq)
                .replace("1 M", cSeq + " M"));
        final String answer = rig.caller("SIP/2.0 " + status);
        assertThat(headers(answer, "Reason")).hasSize(1);
        return answer;
    }

    @Test
    void shouldTellStrangersNoReason() {
        rig.from(0xFFFF_7F00_0009L, 5070, message("").replace("Max-Forwards: 70", "Max-Forwards: 0"));
        final String answer = rig.other("SIP/2.0 483 ");
        assertThat(headers(answer, "Reason")).isEmpty();
        rig.over();
    }
}
