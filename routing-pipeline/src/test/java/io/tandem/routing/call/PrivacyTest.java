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

import io.tandem.routing.stage.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who ask not to be shown (RFC 3323, RFC 3325), towards an exchange and towards a carrier. */
@AlsoThroughSnapshots
class PrivacyTest {
    private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=";
    private static final String NUMBER = "12025550100";

    private static final String VOUCHERS = """
            P-Asserted-Identity: <sip:+12025550100@carrier.example>
            Remote-Party-ID: <sip:12025550100@carrier.example>
            Identity: eyJhbGciOiJFUzI1NiJ9.e30.c2ln;info=<https://c.example/c.pem>;alg=ES256
            """;

    private static final String PERSONAL = """
            Subject: hello
            Call-Info: <http://alice.example/photo.jpg>;purpose=icon
            Organization: Alice Ltd
            User-Agent: alice/1
            Reply-To: <sip:alice@example.com>
            In-Reply-To: 7@alice
            """;

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    PrivacyTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private String crossed(final String extra) {
        rig.fromCaller(invite("p", extra, "v=0 offer"));
        rig.caller("SIP/2.0 100 ");
        return rig.callee("INVITE ");
    }

    private void toCarrier() {
        configuration.pbxRole = "carrier";
        rig.configure();
    }

    // ---- the INVITE ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("whoever asks not to be shown is not shown to an exchange, in From or anywhere else")
    @ValueSource(strings = {"id", "user", "header", "ID;critical", "user; header ;id", "none;id", "<odd>"})
    void shouldNotShowACallerWhoAsksForIt(final String privacy) {
        final String sent = crossed(VOUCHERS + "Privacy: " + privacy + "\n");
        assertThat(header(sent, "From")).startsWith(ANONYMOUS + "l");
        assertThat(sent).doesNotContain(NUMBER).doesNotContain("Alice").doesNotContain("Identity");
        assertThat(header(sent, "Privacy")).isEqualTo(privacy.trim());
        assertThat(rig.core.exchange().calls.get(0).callerRaw.toString()).isEqualTo("+" + NUMBER);
    }

    @ParameterizedTest
    @DisplayName("whoever does not ask for it is shown, and vouched for")
    @ValueSource(strings = {"", "Privacy: none\n", "Privacy: session\n", "Privacy: history;critical\n"})
    void shouldShowACallerWhoDoesNotAsk(final String privacy) {
        final String sent = crossed(VOUCHERS + PERSONAL + privacy);
        assertThat(header(sent, "From")).startsWith("\"Alice\" <sip:12025550100@127.0.0.1:5060>;tag=");
        assertThat(sent).contains((VOUCHERS + PERSONAL).replace("\n", "\r\n"));
    }

    @Test
    @DisplayName("a carrier gets the wish and all that it is about")
    void shouldLeaveItToACarrier() {
        toCarrier();
        final String sent = crossed(VOUCHERS + PERSONAL + "Privacy: id;user;critical\n");
        assertThat(header(sent, "From")).startsWith("\"Alice\" <sip:12025550100@127.0.0.1:5060>;tag=");
        assertThat(sent).contains((VOUCHERS + PERSONAL + "Privacy: id;user;critical\n").replace("\n", "\r\n"));
    }

    @Test
    @DisplayName("RFC 3323 section 5.3: Privacy: user is about what else says who calls")
    void shouldKeepPersonalFieldsBack() {
        assertThat(crossed(PERSONAL + "Privacy: user\n"))
                .doesNotContainIgnoringCase("alice")
                .doesNotContain("Subject");
    }

    @Test
    @DisplayName("Privacy: id is not")
    void shouldPassPersonalFieldsOtherwise() {
        assertThat(crossed(PERSONAL + "Privacy: id\n")).contains(PERSONAL.replace("\n", "\r\n"));
    }

    @Test
    @DisplayName("the user that a trunk wants in From stays there, without the caller's name")
    void shouldKeepTheUserOfTheTrunk() {
        configuration.pbx = ",'from_user':'office','from_domain':'trunk.example'";
        rig.configure();
        assertThat(header(crossed("Privacy: id\n"), "From"))
                .startsWith("\"Anonymous\" <sip:office@trunk.example>;tag=");
    }

    @Test
    @DisplayName("RFC 8224: what signs an anonymous caller's number stays behind all the same")
    void shouldNotSignANumberThatIsNotShown() {
        rig.fromCaller(invite("p", VOUCHERS + "Privacy: id\n", "")
                .replace("\"Alice\" <sip:12025550100@127.0.0.2:5070>", "<sip:anonymous@anonymous.invalid>"));
        rig.caller("SIP/2.0 100 ");
        assertThat(rig.callee("INVITE ")).doesNotContain("Identity").doesNotContain(NUMBER);
    }

    @ParameterizedTest
    @DisplayName("an exchange that refuses those who hide refuses them by whatever they ask for it")
    @ValueSource(strings = {"id", "user", "header"})
    void shouldRefuseHiddenCallersWhereThatIsSet(final String privacy) {
        configuration.number.allowAnonymous = false;
        rig.configure();
        rig.fromCaller(invite("p", "Privacy: " + privacy + "\n", ""));
        rig.caller("SIP/2.0 433 ");
    }

    // ---- the dialog ------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("From of a leg stays what it was in its INVITE; the caller's leg is not touched")
    void shouldStayAnonymousForAsLongAsTheLegLives() {
        final String invite = crossed("Privacy: id\n");
        final String from = header(invite, "From");
        rig.fromCallee(response(invite, "180 Ringing", "bob", "Contact: <sip:bob@127.0.0.3:5080>\n", ""));
        final String ringing = rig.caller("SIP/2.0 180 ");
        assertThat(header(ringing, "From")).isEqualTo("\"Alice\" <sip:12025550100@127.0.0.2:5070>;tag=alice-p");
        rig.fromCallee(ok(invite, "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        assertThat(header(rig.callee("ACK "), "From")).isEqualTo(from);

        rig.fromCaller(inDialog("UPDATE", 2, answer, "up", VOUCHERS));
        final String update = rig.callee("UPDATE ");
        assertThat(header(update, "From")).isEqualTo(from);
        assertThat(update).doesNotContain(NUMBER).doesNotContain("Identity");
        rig.fromCallee(response(update, "200 OK", "", "Contact: <sip:bob@127.0.0.3:5080>\n", ""));
        assertThat(header(rig.caller("SIP/2.0 200 "), "From")).isEqualTo(header(answer, "From"));

        rig.fromCallee(fromCalleeInDialog("INFO", 1, invite, "bob", "info"));
        final String info = rig.caller("INFO ");
        assertThat(header(info, "To")).isEqualTo(header(answer, "From"));
        rig.fromCaller(okOfCaller(info, ""));
        assertThat(header(rig.callee("SIP/2.0 200 "), "To")).isEqualTo(from);

        rig.fromCaller(inDialog("BYE", 3, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        final String bye = rig.callee("BYE ");
        assertThat(header(bye, "From")).isEqualTo(from);
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.over();
    }

    @Test
    @DisplayName("a dialog with a caller who is shown passes what vouches for him")
    void shouldVouchInTheDialogOfACallerWhoIsShown() {
        final CoreRig.Up up = rig.up("p");
        rig.fromCaller(inDialog("UPDATE", 2, up.answer(), "up", VOUCHERS));
        assertThat(rig.callee("UPDATE ")).contains(VOUCHERS.replace("\n", "\r\n"));
    }

    @Test
    @DisplayName("a carrier is told who an anonymous caller is, in the dialog as before it")
    void shouldTellACarrierInTheDialog() {
        toCarrier();
        final String anonymous = invite("p", VOUCHERS + "Privacy: id\n", "")
                .replace("\"Alice\" <sip:12025550100@127.0.0.2:5070>", "<sip:anonymous@anonymous.invalid>");
        rig.fromCaller(anonymous);
        rig.caller("SIP/2.0 100 ");
        rig.fromCallee(ok(rig.callee("INVITE "), "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        rig.fromCaller(inDialog("UPDATE", 2, answer, "up", VOUCHERS + "Privacy: id\n"));
        assertThat(rig.callee("UPDATE ")).contains(VOUCHERS.replace("\n", "\r\n"));
    }

    @Test
    @DisplayName("CANCEL and the ACK of a refusal have the From of their INVITE")
    void shouldCancelAnonymously() {
        final String invite = crossed("Privacy: user\n");
        rig.fromCallee(response(invite, "180 Ringing", "bob"));
        rig.caller("SIP/2.0 180 ");
        rig.fromCaller(Texts.cancel(invite("p", "", ""), ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(invite("p", "", ""), rig.caller("SIP/2.0 487 ")));
        final String cancel = rig.callee("CANCEL ");
        assertThat(header(cancel, "From")).isEqualTo(header(invite, "From"));
        rig.fromCallee(response(cancel, "200 OK", ""));
        rig.fromCallee(response(invite, "487 Request Terminated", "bob"));
        assertThat(header(rig.callee("ACK "), "From")).isEqualTo(header(invite, "From"));
        rig.over();
    }

    @ParameterizedTest
    @DisplayName("the same in a dialog, which goes on as it was")
    @ValueSource(strings = {"INVITE", "UPDATE", "INFO"})
    void shouldRefuseCriticalPrivacyInDialogs(final String method) {
        final CoreRig.Up up = rig.up("p");
        final String request = inDialog(method, 2, up.answer(), "critical", "Privacy: session;critical\n", "v=0");
        rig.fromCaller(request);
        final String answer = rig.caller("SIP/2.0 500 Privacy Not Possible: session\r\n");
        if (method.equals("INVITE")) {
            rig.fromCaller(failureAck(request, answer));
        }
        rig.quiet();
        rig.fromCaller(inDialog("INFO", 3, up.answer(), "fine", "Privacy: id;critical\n", "Signal=1"));
        rig.fromCallee(response(rig.callee("INFO "), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.hangUp(up, 4);
        rig.over();
    }

    // ---- what cannot be given --------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("RFC 3323 section 5: what is critical and cannot be given is refused, whoever would get the call")
    @CsvSource(
            delimiter = '|',
            value = {
                "session;critical|Privacy Not Possible: session",
                "critical;id;session|Privacy Not Possible: session",
                "id;teleport;critical|Privacy Not Possible: unknown priv-value"
            })
    void shouldRefuseCriticalPrivacyThatCannotBeGiven(final String privacy, final String phrase) {
        toCarrier();
        final String invite = invite("p", "Privacy: " + privacy + "\n", "v=0 offer");
        rig.fromCaller(invite);
        final String answer = rig.caller("SIP/2.0 500 " + phrase + "\r\n");
        rig.fromCaller(failureAck(invite, answer));
        assertThat(rig.rules).containsExactly(Rule.PRIVACY_IMPOSSIBLE);
        rig.over();
    }

    @Test
    @DisplayName("what is critical and can be given is")
    void shouldGiveCriticalPrivacy() {
        assertThat(header(crossed("Privacy: user;id;header;history;critical\n"), "From"))
                .startsWith(ANONYMOUS);
    }

    // ---- outside of calls ------------------------------------------------------------------------------------------

    private static String message(final String extra) {
        return invite("m", extra, "").replace("INVITE", "MESSAGE").replaceFirst("Contact: [^\n]*\n", "");
    }

    @Test
    @DisplayName("a message follows the same rules")
    void shouldHideTheSenderOfAMessage() {
        rig.fromCaller(message(VOUCHERS + PERSONAL + "Privacy: user\n"));
        final String sent = rig.callee("MESSAGE ");
        assertThat(header(sent, "From")).startsWith(ANONYMOUS);
        assertThat(sent)
                .doesNotContain(NUMBER)
                .doesNotContainIgnoringCase("alice")
                .doesNotContain("Identity");
    }

    @Test
    void shouldRefuseAMessageWhosePrivacyCannotBeGiven() {
        rig.fromCaller(message("Privacy: session;critical\n"));
        rig.caller("SIP/2.0 500 Privacy Not Possible: session\r\n");
        rig.quiet();
    }

    @Test
    @DisplayName("what a callee asserts privately does not reach an exchange that calls")
    void shouldHeedThePrivacyOfACallee() {
        configuration.carrier = ",'role':'pbx'";
        configuration.pbxRole = "carrier";
        rig.configure();
        final String invite = rig.offered("p");
        rig.fromCallee(response(
                invite,
                "180 Ringing",
                "bob",
                "P-Asserted-Identity: <sip:+12025550177@c>\nUser-Agent: bob/1\nPrivacy: id;user\n",
                ""));
        final String ringing = rig.caller("SIP/2.0 180 ");
        assertThat(headers(ringing, "P-Asserted-Identity")).isEmpty();
        assertThat(headers(ringing, "User-Agent")).isEmpty();
        assertThat(headers(ringing, "Privacy")).containsExactly("id;user");
    }
}
