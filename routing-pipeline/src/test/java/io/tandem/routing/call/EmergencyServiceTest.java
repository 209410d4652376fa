package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls for help by name (D12, RFC 5031). */
@AlsoThroughSnapshots
class EmergencyServiceTest {
    private static final String CALLED = "sip:12025550123@127.0.0.1:5060";

    private final boolean throughSnapshots;

    EmergencyServiceTest(final boolean throughSnapshots) {
        this.throughSnapshots = throughSnapshots;
    }

    private static String inviteFor(final String address) {
        return invite("p", "", "").replaceFirst(CALLED, address);
    }

    private static RigConfiguration america() {
        final RigConfiguration configuration = new RigConfiguration();
        configuration.account = ",'country':'US'";
        return configuration;
    }

    @Test
    @DisplayName("D12 urn:service:sos goes out as the emergency number of the country, over the route for it")
    void shouldCallTheEmergencyNumber() {
        final String trunk = new ResourceId(2, 2).prefixed(ResourceKind.TRUNKS);
        final CoreRig rig = new CoreRig(
                throughSnapshots,
                america()
                        .with(
                                ResourceKind.OUTBOUND_ROUTES,
                                1,
                                "'match_prefix':'911','via':'trunk','trunk_id':'" + trunk + "'"));
        final String invite = inviteFor("urn:service:sos.police");

        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(sent).startsWith("INVITE sip:911@127.0.0.3:5080 ");
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    @DisplayName("D12 whoever calls for help is shown, whatever privacy he asks for: help calls back")
    void shouldShowWhoCallsForHelp() {
        final CoreRig rig = new CoreRig(
                throughSnapshots,
                america()
                        .with(
                                ResourceKind.OUTBOUND_ROUTES,
                                1,
                                "'match_prefix':'911','via':'trunk','trunk_id':'" + RigConfiguration.trunkId(2) + "'"));
        rig.fromCaller(invite("p", "Privacy: id;session;critical\n", "").replaceFirst(CALLED, "urn:service:sos"));
        rig.caller("SIP/2.0 100 ");
        assertThat(header(rig.callee("INVITE sip:911@"), "From")).contains("<sip:12025550100@");
    }

    @Test
    @DisplayName("D12 without a way out it is 404 and says so; other services and names stay 416")
    void shouldRefuseWhatItCannotReach() {
        final CoreRig rig = new CoreRig(throughSnapshots, america());
        final String invite = inviteFor("URN:service:sos");
        rig.fromCaller(invite);
        final String answer = rig.caller("SIP/2.0 404 ");
        assertThat(header(answer, "Reason")).contains("no trunk takes emergency calls");
        rig.fromCaller(failureAck(invite, answer));
        rig.over();
        for (final String other : new String[] {"urn:service:sosa", "urn:service:counseling"}) {
            final CoreRig another = new CoreRig(throughSnapshots, america());
            final String refused = inviteFor(other);
            another.fromCaller(refused);
            another.fromCaller(failureAck(refused, another.caller("SIP/2.0 416 ")));
            another.over();
        }
    }
}
