package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.sip.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message of RFC 4475 and RFC 5118 through a whole core. Where the RFC leaves the answer to what the receiver is,
 * the receiver here is a back-to-back user agent without a registrar that knows none of the numbers: 404 where the RFC
 * says "accept" of an INVITE, 405 of a REGISTER, 200 of an OPTIONS.
 */
class TortureVerdictTest {
    private static final String NOTHING = "";

    /** What the core answers to the messages that the codec has nothing against; first line up to the status. */
    private static final Map<String, String> VERDICTS = Map.ofEntries(
            Map.entry("rfc4475/badbranch.dat", "200"),
            Map.entry("rfc4475/baddate.dat", "404"),
            Map.entry("rfc4475/bcast.dat", NOTHING),
            Map.entry("rfc4475/bext01.dat", "420"),
            Map.entry("rfc4475/cparam01.dat", "405"),
            Map.entry("rfc4475/cparam02.dat", "405"),
            Map.entry("rfc4475/dblreq.dat", "405"),
            Map.entry("rfc4475/esc01.dat", "404"),
            Map.entry("rfc4475/esc02.dat", "501"),
            Map.entry("rfc4475/escnull.dat", "405"),
            Map.entry("rfc4475/intmeth.dat", "501"),
            Map.entry("rfc4475/inv2543.dat", "404"),
            Map.entry("rfc4475/invut.dat", "404"),
            Map.entry("rfc4475/longreq.dat", "404"),
            Map.entry("rfc4475/lwsdisp.dat", "200"),
            Map.entry("rfc4475/mismatch02.dat", "501"),
            Map.entry("rfc4475/mpart01.dat", "404"),
            Map.entry("rfc4475/noreason.dat", NOTHING),
            Map.entry("rfc4475/novelsc.dat", "416"),
            Map.entry("rfc4475/regaut01.dat", "405"),
            Map.entry("rfc4475/regescrt.dat", "405"),
            Map.entry("rfc4475/sdp01.dat", "406"),
            Map.entry("rfc4475/semiuri.dat", "200"),
            Map.entry("rfc4475/transports.dat", "200"),
            Map.entry("rfc4475/unkscm.dat", "416"),
            Map.entry("rfc4475/unksm2.dat", "405"),
            Map.entry("rfc4475/unreason.dat", NOTHING),
            Map.entry("rfc4475/wsinv.dat", "481"),
            Map.entry("rfc4475/zeromf.dat", "483"));

    static Stream<Corpus.Specimen> messages() {
        return Stream.concat(Corpus.of("rfc4475").stream(), Corpus.of("rfc5118").stream());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldGiveTheVerdictOfTheRfc(final Corpus.Specimen specimen) {
        final CoreRig rig = new CoreRig(false);

        rig.fromCallerOctets(specimen.octets());

        final String expected = expected(specimen);
        if (expected.equals(NOTHING)) {
            assertThat(rig.toCaller).isEmpty();
        } else {
            assertThat(rig.toCaller).hasSize(1);
            assertThat(rig.toCaller.getFirst()).startsWith("SIP/2.0 " + expected + " ");
        }
        assertThat(rig.toCallee).isEmpty();
        rig.pass(40_000);
        rig.empty();
    }

    private static String expected(final Corpus.Specimen specimen) {
        if (specimen.decider().equals("codec")) {
            return specimen.answer().equals("drop") ? NOTHING : specimen.answer();
        }
        final String listed = VERDICTS.get(specimen.path());
        if (listed != null) {
            return listed;
        }
        assertThat(specimen.path()).as("message without a verdict").startsWith("rfc5118/");
        final String start = new String(specimen.octets(), 0, 8, StandardCharsets.US_ASCII);
        if (start.startsWith("REGISTER")) {
            return "405";
        }
        if (start.startsWith("BYE")) {
            return "481";
        }
        return start.startsWith("INVITE") ? "404" : start.startsWith("SIP/") ? NOTHING : "200";
    }
}
