package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The name beside the number that a call outside shows: an exchange calls, the first trunk fails, the next takes the call. */
@AlsoThroughSnapshots
class CallerNameTest {
    private final RigConfiguration configuration = new RigConfiguration();
    private final boolean throughSnapshots;
    private CoreRig rig;

    CallerNameTest(final boolean throughSnapshots) {
        this.throughSnapshots = throughSnapshots;
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:5080'");
    }

    /** Both trunks are shown the same; the caller is refused in the end. */
    private void shows(final String caller, final String number, final String from) {
        rig = new CoreRig(throughSnapshots, configuration);
        final String asked = invite("n", "", "v=0 offer")
                .replace(RigConfiguration.NUMBER, number)
                .replace(RigConfiguration.CALLER_NUMBER, caller);
        rig.fromCaller(asked);
        rig.caller("SIP/2.0 100 ");
        final String first = rig.callee("INVITE ");
        assertThat(header(first, "From")).startsWith(from);
        rig.fromCallee(response(first, "503 Service Unavailable", "bob"));
        rig.callee("ACK ");
        final String second = rig.other("INVITE ");
        assertThat(header(second, "From")).startsWith(from);
        rig.from(0xFFFF_7F00_0004L, CoreRig.CALLEE_PORT, response(second, "486 Busy Here", "carol"));
        rig.other("ACK ");
        rig.fromCaller(failureAck(asked, rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    private static String octets(final String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("R-160 the name of a caller-ID rule goes out beside its number, quoted")
    void shouldShowTheNameOfARule() {
        configuration.with(
                ResourceKind.CALLER_ID_RULES,
                8,
                "'match_country':'US','cid_number':'" + RigConfiguration.SECOND_NUMBER
                        + "','cid_name':'Acme, \\\"Zürich\\\"'");
        shows(
                RigConfiguration.CALLER_NUMBER,
                RigConfiguration.NUMBER,
                octets("\"Acme, \\\"Zürich\\\"\" <sip:" + RigConfiguration.SECOND_NUMBER + "@"));
    }

    @Test
    @DisplayName("R-028 R-029 a user's forward shows out_cid_number and out_cid_name when the caller's number may not be shown")
    void shouldShowTheNameOfTheUserWhoForwards() {
        final String forward = new ResourceId(4, 5).prefixed(ResourceKind.FORWARDS);
        configuration
                .with(
                        ResourceKind.USERS,
                        6,
                        "'username':'bob','out_cid_number':'" + RigConfiguration.CALLER_NUMBER
                                + "','out_cid_name':'Bob','fwd_always_kind':'forward','fwd_always_id':'"
                                + forward + "'")
                .with(
                        ResourceKind.FORWARDS,
                        5,
                        "'name':'mobile','number':'" + RigConfiguration.NUMBER + "','cid_mode':'passthrough'");
        configuration.number.destKind = (byte) TargetKind.USER.code();
        configuration.number.destHigh = 4;
        configuration.number.destLow = 6;
        shows("33144556677", RigConfiguration.SECOND_NUMBER, "\"Bob\" <sip:" + RigConfiguration.CALLER_NUMBER + "@");
    }
}
