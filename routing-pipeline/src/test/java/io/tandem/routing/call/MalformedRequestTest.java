package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The refusal of a malformed request is well formed, whatever the request lacks (RFC 3261 section 8.2.6.2). */
class MalformedRequestTest {
    private static final String OPTIONS = invite("m", "", "").replace("INVITE", "OPTIONS");

    private final CoreRig rig = new CoreRig(false);

    private static String without(final String name) {
        return OPTIONS.replaceFirst("\n" + name + ": [^\n]*", "");
    }

    @ParameterizedTest
    @CsvSource({
        "From, <sip:anonymous@anonymous.invalid>",
        "Call-ID, missing@anonymous.invalid",
        "CSeq, 0 OPTIONS",
    })
    void shouldPutSomethingInThePlaceOfWhatIsMissing(final String name, final String standIn) {
        rig.fromCaller(without(name));
        final String answer = rig.caller("SIP/2.0 400 Missing " + name);
        assertThat(headers(answer, name)).containsExactly(standIn);
        assertWellFormed(answer);
        rig.empty();
    }

    @Test
    void shouldAnswerWithATagWhereToIsMissing() {
        rig.fromCaller(without("To"));
        final String answer = rig.caller("SIP/2.0 400 Missing To");
        assertThat(header(answer, "To")).startsWith("<sip:anonymous@anonymous.invalid>;tag=");
        assertThat(tag(header(answer, "To"))).isNotEmpty();
        assertWellFormed(answer);
        rig.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "OPTIONS", "\u00907 OPTIONS", "7\u0090 OPTIONS", "7 OPT\u0000IONS", "7 OPTIONS x"})
    void shouldSayTheMethodWhereCSeqCannotBeRead(final String value) {
        rig.fromCaller(OPTIONS.replace("CSeq: 1 OPTIONS", "CSeq: " + value));
        assertThat(headers(rig.caller("SIP/2.0 400 "), "CSeq")).containsExactly("0 OPTIONS");
        rig.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7 MESSAGE", "2147483648 OPTIONS", "36893488147419103232 OPTIONS"})
    void shouldReturnACSeqThatKeepsTheGrammar(final String value) {
        rig.fromCaller(OPTIONS.replace("CSeq: 1 OPTIONS", "CSeq: " + value));
        assertThat(headers(rig.caller("SIP/2.0 400 "), "CSeq")).containsExactly(value);
        rig.empty();
    }

    @Test
    void shouldAnswerWithTheFirstViaThatSaysSomething() {
        rig.fromCaller(without("From").replace("\nVia: ", "\nVia: \nVia: "));
        final String answer = rig.caller("SIP/2.0 400 Missing From");
        assertThat(headers(answer, "Via")).containsExactly(header(OPTIONS, "Via"));
        assertWellFormed(answer);
        rig.empty();
    }

    @Test
    void shouldStaySilentWhereNothingSaysWhatIsAnswered() {
        rig.fromCaller(without("CSeq").replaceFirst("OPTIONS ", " "));
        rig.quiet();
        rig.empty();
    }

    @Test
    void shouldAnswerAMessageThatWasCutOffAnywhere() {
        final byte[] whole = OPTIONS.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        int answers = 0;
        for (int length = 1; length < whole.length; length++) {
            rig.fromCallerOctets(Arrays.copyOf(whole, length));
            while (!rig.toCaller.isEmpty()) {
                final String answer = rig.caller("SIP/2.0 400 Header Section Not Ended");
                assertWellFormed(answer);
                assertThat(header(answer, "Via")).as("cut off at " + length).isEqualTo(header(OPTIONS, "Via"));
                assertThat(header(answer, "CSeq")).isIn("0 OPTIONS", "1 OPTIONS");
                answers++;
            }
        }
        assertThat(answers).isGreaterThan(whole.length / 2);
        rig.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "From", "To", "Call-ID", "CSeq"})
    void shouldEndItsLinesWhereTheRequestDidNot(final String name) {
        for (final String lineEnd : new String[] {"\n", "\r"}) {
            final String broken =
                    OPTIONS.replace("\n", "\r\n").replaceFirst("(\r\n" + name + ": [^\r]*)\r\n", "$1" + lineEnd);
            rig.fromCallerOctets(broken.getBytes(StandardCharsets.ISO_8859_1));
            assertWellFormed(rig.caller("SIP/2.0 400 Line Not Ended By CRLF"));
        }
        rig.empty();
    }

    private static void assertWellFormed(final String answer) {
        for (final String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq", "Content-Length"}) {
            assertThat(headers(answer, name)).as(name + " in\n" + answer).hasSize(1);
        }
        assertThat(answer).endsWith("\r\n\r\n");
        assertThat(answer.replace("\r\n", "")).as("line ends").doesNotContain("\r", "\n");
    }
}
