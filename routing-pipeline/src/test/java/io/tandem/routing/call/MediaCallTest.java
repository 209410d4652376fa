package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls that a media server takes: how it is asked (RFC 4240, RFC 4458). */
@AlsoThroughSnapshots
class MediaCallTest {
    private final RigConfiguration configuration;
    private final CoreRig rig;

    MediaCallTest(final boolean throughSnapshots) {
        configuration = new RigConfiguration()
                .with(ResourceKind.CONFERENCES, 5, "'name':'room','max_members':2")
                .with(ResourceKind.QUEUES, 6, "'name':'queue','max_queued':1");
        configuration.account =
                ",'media_trunk_id':'" + new ResourceId(2, 2).prefixed(ResourceKind.TRUNKS) + "'";
        configuration.number.destKind = (byte) TargetKind.CONFERENCE.code();
        configuration.number.destHigh = 4;
        configuration.number.destLow = 5;
        rig = new CoreRig(throughSnapshots, configuration);
    }

    @Test
    void shouldAskForTheConference() {
        final String sent = rig.offered("d");
        assertThat(sent).startsWith("INVITE sip:conf=" + new ResourceId(4, 5).ulid() + "@127.0.0.3:5080 SIP/2.0\r\n");
        assertThat(header(sent, "X-Tandem-Account"))
                .isEqualTo(new ResourceId(1, 1).prefixed(ResourceKind.ACCOUNTS));
        assertThat(header(sent, "X-Tandem-Target"))
                .isEqualTo("conference " + new ResourceId(4, 5).prefixed(ResourceKind.CONFERENCES));
        assertThat(header(sent, "X-Tandem-Language")).isEqualTo("en-US");

        rig.fromCallee(ok(sent, "room", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.over();
    }

    @Test
    void shouldSendTheSameRequestAgainWhenNothingComes() {
        final String sent = rig.offered("d");
        rig.pass(500);
        assertThat(rig.callee("INVITE ")).isEqualTo(sent);
        rig.fromCallee(response(sent, "486 Busy Here", "room"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("d", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    @DisplayName("R-101 a conference with max_members members refuses one more, and takes him when one has left")
    void shouldRefuseAMemberTooMany() {
        final CoreRig.Up first = rig.up("one");
        rig.up("two");
        final String third = invite("three", "", "v=0 offer");
        rig.fromCaller(third);
        final String busy = rig.caller("SIP/2.0 486 ");
        assertThat(header(busy, "Reason")).contains("conference has its 2 members");
        rig.fromCaller(failureAck(third, busy));
        rig.audit();

        rig.hangUp(first, 2);
        rig.offered("four");
        rig.audit();
    }

    @Test
    @DisplayName("R-088 a queue that holds max_queued callers takes no other")
    void shouldRefuseACallerTooManyInAQueue() {
        configuration.number.destKind = (byte) TargetKind.QUEUE.code();
        configuration.number.destLow = 6;
        rig.configure();
        final CoreRig.Up waiting = rig.up("one");
        final String second = invite("two", "", "v=0 offer");
        rig.fromCaller(second);
        final String full = rig.caller("SIP/2.0 480 ");
        assertThat(header(full, "Reason")).contains("queue holds 1 callers");
        rig.fromCaller(failureAck(second, full));
        rig.hangUp(waiting, 2);
        rig.offered("three");
        rig.audit();
    }
}
