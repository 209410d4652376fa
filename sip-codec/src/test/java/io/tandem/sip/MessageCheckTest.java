package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCheckTest {
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final MessageCheck check = new MessageCheck();

    @Test
    void shouldPassSoundRequest() {
        assertThat(check(Texts.INVITE)).isEqualTo(Problem.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "Via,MISSING_VIA",
        "From,MISSING_FROM",
        "To,MISSING_TO",
        "Call-ID,MISSING_CALL_ID",
        "CSeq,MISSING_CSEQ",
        "Max-Forwards,NONE",
        "Contact,NONE",
        "Content-Length,NONE"
    })
    void shouldAskForMandatoryHeader(final String name, final Problem problem) {
        assertThat(check(without(name))).isEqualTo(problem);
        if (problem != Problem.NONE) {
            assertThat(new String(problem.reason(), StandardCharsets.US_ASCII)).isEqualTo("Missing " + name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "From,DUPLICATE_FROM",
        "To,DUPLICATE_TO",
        "Call-ID,DUPLICATE_CALL_ID",
        "CSeq,DUPLICATE_CSEQ",
        "Max-Forwards,DUPLICATE_MAX_FORWARDS",
        "Via,NONE",
        "Contact,DUPLICATE_CONTACT"
    })
    void shouldTakeHeaderOnce(final String name, final Problem problem) {
        assertThat(check(Texts.INVITE.replaceFirst("(" + name + ": [^\n]*\n)", "$1$1")))
                .isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Via|SIP/2.0/UDP|BAD_VIA",
                "Via|SIP/2.0/UDP a, rubbish|NONE",
                "From|sip:a?b=c|BAD_FROM",
                "From|*|BAD_FROM",
                "From|<sip:@a>|BAD_FROM",
                "To|\"open <sip:a>|BAD_TO",
                "To|<sip:a>, <sip:b>|BAD_TO",
                "Call-ID|a b|BAD_CALL_ID",
                "Call-ID|''|BAD_CALL_ID",
                "CSeq|1|BAD_CSEQ",
                "CSeq|2147483648 INVITE|BAD_CSEQ",
                "CSeq|1 BYE|CSEQ_METHOD_MISMATCH",
                "CSeq|1 invite|CSEQ_METHOD_MISMATCH",
                "Max-Forwards|255|NONE",
                "Max-Forwards|256|BAD_MAX_FORWARDS",
                "Max-Forwards|-1|BAD_MAX_FORWARDS",
                "Max-Forwards|x|BAD_MAX_FORWARDS",
                "Contact|*|BAD_CONTACT",
                "Contact|<sip:a|BAD_CONTACT",
                "Contact|<sip:a:x>|BAD_CONTACT",
                "Contact|<sip:a>, <sip:b|BAD_CONTACT",
                "Contact|<sip:a>, <sip:b>|DUPLICATE_CONTACT",
                "Contact|<mailto:a@b>|NONE",
                "Content-Type|/;;|NONE"
            })
    void shouldJudgeHeaderValue(final String name, final String value, final Problem problem) {
        assertThat(check(Texts.INVITE.replaceFirst(name + ": [^\n]*\n", name + ": " + value + "\n")))
                .isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:a@b?Route=c|BAD_REQUEST_URI",
                "<sip:a@b>|BAD_REQUEST_URI",
                "sip:2001:db8::10|BAD_REQUEST_URI",
                "noscheme|BAD_REQUEST_URI",
                "soap.beep://192.0.2.103:3002|NONE",
                "urn:service:sos|NONE",
                "tel:+12015550123|NONE"
            })
    void shouldJudgeRequestUri(final String uri, final Problem problem) {
        assertThat(check(Texts.INVITE.replaceFirst("sip:bob@biloxi.example.com", uri)))
                .isEqualTo(problem);
    }

    @Test
    void shouldJudgeRoutes() {
        assertThat(check(with("Route: <sip:a;lr>,\n <sip:b;lr>,"))).isEqualTo(Problem.NONE);
        assertThat(check(with("Route: <sip:a;lr"))).isEqualTo(Problem.BAD_ROUTE);
        assertThat(check(with("Record-Route: <sip:a;lr"))).isEqualTo(Problem.BAD_RECORD_ROUTE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date: never",
                "Warning: x",
                "Expires: soon",
                "Timestamp: -",
                "Session-Expires: ?",
                "P-Asserted-Identity: <",
                "Diversion: \"",
                "Authorization: ,",
                "Retry-After: (",
                "Require: ;;",
                "User-Agent: \u0001"
            })
    void shouldLetMalformedHeadersPassThatAreNotNeeded(final String field) {
        assertThat(check(with(field))).isEqualTo(Problem.NONE);
    }

    @Test
    void shouldAllowWildcardInRegisterOnly() {
        final String register =
                Texts.INVITE.replace("INVITE", "REGISTER").replaceFirst("Contact: [^\n]*\n", "Contact: *\n");
        assertThat(check(register)).isEqualTo(Problem.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGISTER", "SUBSCRIBE"})
    void shouldAskForASingleContactInInviteOnly(final String method) {
        final String twice = Texts.INVITE.replaceFirst("(Contact: [^\n]*\n)", "$1$1");
        assertThat(check(twice.replace("INVITE", method))).isEqualTo(Problem.NONE);
        assertThat(check(twice.replaceFirst("INVITE [^\n]*", "SIP/2.0 200 OK"))).isEqualTo(Problem.NONE);
    }

    @Test
    void shouldNotNeedContactOutsideDialogsAndBindings() {
        assertThat(check(Texts.INVITE.replace("INVITE", "OPTIONS").replaceFirst("Contact: [^\n]*\n", "Contact: <\n")))
                .isEqualTo(Problem.NONE);
    }

    @Test
    void shouldLetUnknownMethodPassToTheCore() {
        assertThat(check(Texts.INVITE.replaceFirst("INVITE", "NEWMETHOD"))).isEqualTo(Problem.NONE);
    }

    @Test
    void shouldCheckResponses() {
        final String ok = Texts.INVITE.replaceFirst("INVITE [^\n]*", "SIP/2.0 200 OK");
        assertThat(check(ok)).isEqualTo(Problem.NONE);
        assertThat(check(ok.replaceFirst("Contact: [^\n]*\n", "Contact: <\n"))).isEqualTo(Problem.BAD_CONTACT);
        assertThat(check(ok.replaceFirst("To: [^\n]*\n", "To: <\n"))).isEqualTo(Problem.BAD_TO);
        assertThat(check(ok.replaceFirst("Max-Forwards: 70", "Max-Forwards: x")))
                .isEqualTo(Problem.NONE);
        final String moved = ok.replaceFirst("200 OK", "302 Moved");
        assertThat(check(moved.replaceFirst("Contact: [^\n]*\n", "Contact: <\n")))
                .isEqualTo(Problem.NONE);
    }

    @Test
    void shouldHaveStatusAndReasonForEveryProblem() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::status).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(0, 400, 414, 505, 513);
        for (final Problem problem : Problem.values()) {
            assertThat(problem.reason().length > 0 || problem.status() == 0)
                    .as(problem.name())
                    .isTrue();
        }
    }

    private Problem check(final String text) {
        final UnsafeBuffer buffer = Texts.message(text);
        assertThat(message.wrap(buffer, 0, buffer.capacity())).isEqualTo(Problem.NONE);
        return check.check(message);
    }

    private static String without(final String name) {
        final String text = Texts.INVITE.replaceFirst(name + ": [^\n]*\n", "");
        assertThat(text).isNotEqualTo(Texts.INVITE);
        return text;
    }

    private static String with(final String field) {
        return Texts.INVITE.replaceFirst("\n", "\n" + field.replace("\\", "\\\\") + "\n");
    }
}
