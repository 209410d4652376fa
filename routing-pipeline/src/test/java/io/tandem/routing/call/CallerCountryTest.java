package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.invite;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Callers who are shown as in their country: the callee sees the international number, and all that stands beside it. */
@AlsoThroughSnapshots
class CallerCountryTest {
    private static final String NATIONAL = "2025550100";

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    CallerCountryTest(final boolean throughSnapshots) {
        configuration.account = ",'country':'US'";
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private static String national(final String request) {
        return request.replace(RigConfiguration.CALLER_NUMBER, NATIONAL);
    }

    @Test
    @DisplayName("N-074 D18 the callee is shown the normalised caller, the record has the caller as he came, too")
    void shouldShowTheNormalisedCaller() {
        rig.fromCaller(national(invite("c", "", "v=0 offer")));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(header(sent, "From")).startsWith("\"Alice\" <sip:" + RigConfiguration.CALLER_NUMBER + "@");
        final Call call = rig.core.exchange().calls.get(0);
        assertThat(call.callerRaw).hasToString(NATIONAL);
        assertThat(call.callerPresented).hasToString(RigConfiguration.CALLER_NUMBER);
        assertThat(call.callerChanged).isFalse();
    }

    @Test
    @DisplayName("what is asserted counts; From keeps a user of its own")
    void shouldLeaveAnotherFrom() {
        rig.fromCaller(
                national(invite("c", "P-Asserted-Identity: <sip:+442071838750@carrier.example>\n", "v=0 offer")));
        rig.caller("SIP/2.0 100 ");
        assertThat(header(rig.callee("INVITE "), "From")).startsWith("\"Alice\" <sip:" + NATIONAL + "@");
        assertThat(rig.core.exchange().calls.get(0).callerPresented).hasToString("442071838750");
    }

    @Test
    @DisplayName("a message follows the same rule")
    void shouldShowTheNormalisedSenderOfAMessage() {
        rig.fromCaller(
                national(invite("m", "", "")).replace("INVITE", "MESSAGE").replaceFirst("Contact: [^\n]*\n", ""));
        assertThat(header(rig.callee("MESSAGE "), "From")).startsWith("<sip:" + RigConfiguration.CALLER_NUMBER + "@");
    }
}
