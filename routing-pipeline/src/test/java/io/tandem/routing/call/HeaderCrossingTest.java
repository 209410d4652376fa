package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which header fields cross to the other leg, and how (D4; {@code docs/specs/headers.md}). */
@AlsoThroughSnapshots
class HeaderCrossingTest {
    private static final String PASSING = """
            X-First:no space
            s: compact subject
            X-Folded: one
             \ttwo ;  three
            USER-AGENT: Shouting/1.0 ("quoted, comma")
            Session-Expires: 1800;refresher=uac
            x-empty:
            Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000
            User-to-User: 56a390f3d2b7310023a2;encoding=hex
            P-Asserted-Identity: "Alice" <sip:+12025550100@carrier.example>
            """.replace("\n", "\r\n");

    /** What of it a customer's exchange may say. */
    private static final String PASSING_BACK = PASSING.substring(0, PASSING.indexOf("P-Asserted-Identity"));

    private static final String ASSERTED = """
            P-Asserted-Identity: <sip:+12025550177@carrier.example>, <tel:+12025550177>
            Remote-Party-ID: <sip:12025550177@carrier.example>
            P-Preferred-Identity: <sip:12025550188@carrier.example>
            """;

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    HeaderCrossingTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private String crossed(final String extra) {
        rig.fromCaller(invite("h", extra, ""));
        rig.caller("SIP/2.0 100 ");
        return rig.callee("INVITE ");
    }

    @Test
    @DisplayName(
            "N-074 parameters of telephone numbers in SIP URIs are no part of the numbers (RFC 3261 section 19.1.6)")
    void shouldLeaveOutParametersOfNumbers() {
        rig.fromCaller(invite("h", "", "")
                .replaceFirst("sip:12025550123@", "sip:+12025550123;npdi;rn=+12025550000@")
                .replaceFirst("sip:12025550100@", "sip:+12025550177;cpc=ordinary@"));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE sip:12025550123@127.0.0.3:5080 SIP/2.0");
        assertThat(header(sent, "From")).contains("<sip:12025550177@").doesNotContain("cpc");
    }

    @Test
    void shouldPassWhatIsNotOursByteForByteAndInOrder() {
        assertThat(crossed(PASSING)).contains(PASSING);
    }

    @Test
    void shouldPassTheSameBackInResponses() {
        final String sent = crossed("");
        rig.fromCallee(response(sent, "183 Session Progress", "bob", PASSING, ""));
        assertThat(rig.caller("SIP/2.0 183 ")).contains(PASSING_BACK).doesNotContain("P-Asserted-Identity");
        rig.fromCallee(response(sent, "200 OK", "bob", PASSING + "Contact: <sip:bob@127.0.0.3:5080>\n", ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(answer).contains(PASSING_BACK).doesNotContain("P-Asserted-Identity");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", PASSING));
        assertThat(rig.callee("ACK ")).contains(PASSING);
        rig.fromCaller(inDialog("INFO", 2, answer, "info", PASSING));
        final String info = rig.callee("INFO ");
        assertThat(info).contains(PASSING);
        rig.fromCallee(response(info, "400 Odd", "", PASSING, ""));
        assertThat(rig.caller("SIP/2.0 400 Odd")).contains(PASSING_BACK);
    }

    @Test
    void shouldKeepCredentialsAndChallengesOnTheirLeg() {
        final String secrets = """
                Authorization: Digest username="u"
                Proxy-Authorization: Digest username="u"
                WWW-Authenticate: Digest realm="r"
                Proxy-Authenticate: Digest realm="r"
                Authentication-Info: nextnonce="n"
                Proxy-Authentication-Info: nextnonce="n"
                """;
        final String sent = crossed(secrets);
        assertThat(sent)
                .doesNotContain("Authenticat")
                .doesNotContain("Authorization")
                .doesNotContain("Digest");
        rig.fromCallee(response(sent, "180 Ringing", "bob", secrets, ""));
        assertThat(rig.caller("SIP/2.0 180 ")).doesNotContain("Authenticat").doesNotContain("Digest");
    }

    @Test
    void shouldKeepOnItsLegWhatNamesItsDialogsAndHops() {
        final String sent = crossed("""
                Join: a@b;to-tag=1;from-tag=2
                Target-Dialog: a@b;local-tag=1;remote-tag=2
                Route: <sip:127.0.0.1:5060;lr>
                Path: <sip:edge.example>
                Service-Route: <sip:s.example>
                Proxy-Require: x
                Flow-Timer: 9
                """);
        assertThat(sent)
                .doesNotContain("Join")
                .doesNotContain("Target-Dialog")
                .doesNotContain("Route:")
                .doesNotContain("Path")
                .doesNotContain("Proxy-Require")
                .doesNotContain("Flow-Timer");
        assertThat(headers(sent, "Via")).hasSize(1);
        assertThat(headers(sent, "Contact")).containsExactly("<sip:127.0.0.1:5060>");
    }

    @Test
    void shouldPassOnlyTheOptionsAndMethodsThatWeTake() {
        final String sent = crossed("""
                Supported: outbound, 100rel
                k: gruu,timer
                Allow: INVITE, REFER ,UPDATE,SUBSCRIBE
                Require: timer
                Allow: PRACK
                """);
        assertThat(headers(sent, "Supported")).containsExactly("100rel, timer");
        assertThat(headers(sent, "Require")).containsExactly("timer");
        assertThat(headers(sent, "Allow")).containsExactly("INVITE, UPDATE, PRACK");
        rig.fromCallee(response(sent, "180 Ringing", "bob", "Supported: outbound\nAllow: REFER\n", ""));
        final String ringing = rig.caller("SIP/2.0 180 ");
        assertThat(headers(ringing, "Supported")).isEmpty();
        assertThat(headers(ringing, "Allow")).isEmpty();
    }

    @Test
    void shouldWriteFromToAndCallIdOfItsOwn() {
        final String sent = crossed("");
        assertThat(header(sent, "From")).startsWith("\"Alice\" <sip:12025550100@127.0.0.1:5060>;tag=l0");
        assertThat(header(sent, "To")).isEqualTo("<sip:12025550123@127.0.0.3:5080>");
        assertThat(header(sent, "Call-ID")).isEqualTo(Texts.tag(header(sent, "From")));
        assertThat(header(sent, "Via"))
                .startsWith("SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKi0")
                .endsWith(";rport");
        assertThat(header(sent, "CSeq")).isEqualTo("1 INVITE");
    }

    @Test
    @DisplayName("R-130 R-131 a trunk's own domain and user stand in From where they are set")
    void shouldShowTheTrunksOwnUserAndDomainWhereSet() {
        configuration.pbx = ",'from_user':'office','from_domain':'trunk.example'";
        rig.configure();
        assertThat(header(crossed(""), "From")).startsWith("\"Alice\" <sip:office@trunk.example>;tag=");
    }

    @Test
    void shouldLeaveAnAnonymousCallerAnonymous() {
        rig.fromCaller(invite("h", "Privacy: id\n", "")
                .replace(
                        "\"Alice\" <sip:12025550100@127.0.0.2:5070>",
                        "\"Anonymous\" <sip:anonymous@anonymous.invalid>"));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(header(sent, "From")).startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=");
        assertThat(header(sent, "Privacy")).isEqualTo("id");
    }

    @Test
    void shouldPassACarriersAssertionButNoPreference() {
        final String sent = crossed(ASSERTED);
        assertThat(headers(sent, "P-Asserted-Identity"))
                .containsExactly("<sip:+12025550177@carrier.example>, <tel:+12025550177>");
        assertThat(headers(sent, "Remote-Party-ID")).hasSize(1);
        assertThat(headers(sent, "P-Preferred-Identity")).isEmpty();
    }

    @Test
    void shouldKeepAPrivateAssertionFromACustomersExchange() {
        final String sent = crossed(ASSERTED + "Privacy: user;id\n");
        assertThat(sent).doesNotContain("12025550177").doesNotContain("12025550188");
        assertThat(header(sent, "Privacy")).isEqualTo("user;id");
    }

    @Test
    void shouldPassAPrivateAssertionFromCarrierToCarrier() {
        configuration.pbxRole = "carrier";
        rig.configure();
        assertThat(headers(crossed(ASSERTED + "Privacy: id\n"), "P-Asserted-Identity"))
                .hasSize(1);
    }

    @Test
    void shouldNotTakeTheWordOfACustomersExchange() {
        configuration.carrier = ",'role':'pbx'";
        configuration.pbxRole = "carrier";
        rig.configure();
        assertThat(crossed(ASSERTED)).doesNotContain("12025550177").doesNotContain("12025550188");
    }

    @Test
    void shouldKeepTheUserOfFromWhateverIsAsserted() {
        assertThat(header(crossed(ASSERTED), "From")).startsWith("\"Alice\" <sip:12025550100@127.0.0.1:5060>;tag=");
    }

    @Test
    void shouldNotShowAnAssertedNumberInAnAnonymousFrom() {
        rig.fromCaller(
                invite("h", ASSERTED + "Privacy: id\n", "").replace("\"Alice\" <sip:12025550100@", "<sip:anonymous@"));
        rig.caller("SIP/2.0 100 ");
        assertThat(header(rig.callee("INVITE "), "From"))
                .startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=");
    }

    @Test
    void shouldCopyTheTimestampIntoTrying() {
        rig.fromCaller(invite("h", "Timestamp: 54.21\n", ""));
        assertThat(header(rig.caller("SIP/2.0 100 "), "Timestamp")).isEqualTo("54.21");
        assertThat(header(rig.callee("INVITE "), "Timestamp")).isEqualTo("54.21");
    }

    @Test
    void shouldReadCompactFormsAndFolds() {
        final String invite = invite("h", "", "")
                .replace("\nVia:", "\nv:")
                .replace("\nFrom: ", "\nf:\n ")
                .replace("\nTo:", "\nt:")
                .replace("\nCall-ID:", "\ni:")
                .replace("\nContact:", "\nm:")
                .replace("\nContent-Length:", "\nl:");
        rig.fromCaller(invite);
        final String trying = rig.caller("SIP/2.0 100 ");
        assertThat(trying).contains("\r\nv: SIP/2.0/UDP").contains("\r\ni: h@127.0.0.2");
        assertThat(header(rig.callee("INVITE "), "From")).startsWith("\"Alice\" <sip:12025550100@");
    }
}
