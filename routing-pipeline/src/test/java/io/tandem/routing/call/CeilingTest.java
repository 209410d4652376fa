package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.counter.CoreCounter;
import org.junit.jupiter.api.Test;

/** Ceilings, draining and the longest duration of a call (D2, D10). */
@AlsoThroughSnapshots
class CeilingTest {
    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    CeilingTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private String refused(final String call, final int status, final String reason) {
        rig.fromCaller(invite(call, "", ""));
        final String answer = rig.caller("SIP/2.0 " + status);
        assertThat(header(answer, "Reason")).contains(reason);
        rig.fromCaller(invite(call, "", ""));
        assertThat(rig.caller("SIP/2.0 ")).as("INVITE again").isEqualTo(answer);
        rig.fromCaller(failureAck(invite(call, "", ""), answer));
        rig.quiet();
        return answer;
    }

    @Test
    void shouldRefuseTheSecondCallOfANumberAndTakeTheThird() {
        configuration.number.maxChannels = 1;
        rig.configure();
        final CoreRig.Up up = rig.up("one");
        final String answer = refused("two", 486, "Q.850;cause=17;text=\"number ceiling 1 reached\"");
        assertThat(headers(answer, "Retry-After")).isEmpty();
        rig.hangUp(up, 2);
        final CoreRig.Up third = rig.up("three");
        rig.hangUp(third, 2);
        assertThat(rig.records).containsExactly("486 3 refused", "200 1 hung up", "200 1 hung up");
        rig.over();
    }

    @Test
    void shouldNameTheCeilingOfTheAccount() {
        configuration.account = ",'max_in':0";
        rig.configure();
        refused("a", 480, "Q.850;cause=34;text=\"account ceiling 0 reached\"");
        rig.over();
    }

    @Test
    void shouldNameTheCeilingOfTheIngressTrunk() {
        configuration.carrier = ",'max_channels':1,'over_limit_status':503";
        rig.configure();
        final CoreRig.Up up = rig.up("one");
        final String answer = refused("two", 503, "cause=34;text=\"trunk ceiling 1 reached\"");
        assertThat(headers(answer, "Retry-After"))
                .as("a tenant's ceiling never stops a carrier")
                .isEmpty();
        rig.hangUp(up, 2);
        rig.over();
    }

    @Test
    void shouldNameTheCeilingOfTheEgressTrunkAndGiveBackTheCalls() {
        configuration.pbx = ",'max_channels':1";
        rig.configure();
        final CoreRig.Up up = rig.up("one");
        final int held = rig.core.stats().admissionCounters();
        rig.fromCaller(invite("two", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String answer = rig.caller("SIP/2.0 480 ");
        assertThat(header(answer, "Reason")).contains("target trunk ceiling 1 reached");
        rig.fromCaller(failureAck(invite("two", "", ""), answer));
        assertThat(rig.core.stats().admissionCounters()).isEqualTo(held);
        rig.hangUp(up, 2);
        assertThat(rig.core.stats().admissionCounters()).isZero();
        rig.over();
    }

    @Test
    void shouldHoldTheEgressTrunkUntilACancelledCalleeHasAnswered() {
        configuration.pbx = ",'max_channels':1";
        rig.configure();
        final CoreRig.Ringing ringing = rig.ringing("one", "bob");
        rig.fromCaller(Texts.cancel(invite("one", "", ""), ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(invite("one", "", ""), rig.caller("SIP/2.0 487 ")));
        final String cancel = rig.callee("CANCEL ");
        assertThat(rig.core.stats().admissionCounters()).isEqualTo(1);
        rig.fromCallee(response(cancel, "200 OK", ""));
        rig.fromCallee(response(ringing.invite(), "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        assertThat(rig.core.stats().admissionCounters()).isZero();
        rig.over();
    }

    @Test
    void shouldDrainWithoutEndingCalls() {
        final CoreRig.Up up = rig.up("one");
        rig.command("drain on");
        rig.fromCaller(invite("two", "", ""));
        final String answer = rig.caller("SIP/2.0 503 ");
        assertThat(header(answer, "Retry-After")).isEqualTo("5");
        rig.fromCaller(invite("two", "", ""));
        assertThat(rig.caller("SIP/2.0 503 ")).isEqualTo(answer);
        rig.fromCaller(failureAck(invite("two", "", ""), answer));
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        rig.fromCallee(response(rig.callee("INFO "), "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(invite("o", "", "").replace("INVITE", "OPTIONS"));
        assertThat(header(rig.caller("SIP/2.0 503 "), "Retry-After")).isEqualTo("5");
        rig.hangUp(up, 3);
        rig.command("drain off");
        rig.hangUp(rig.up("three"), 2);
        rig.over();
    }

    @Test
    void shouldEndACallThatLastsTooLong() {
        configuration.pbx = ",'max_call_sec':60";
        rig.configure();
        rig.up("one");
        rig.pass(59_900);
        rig.quiet();
        rig.pass(200);
        final String bye = rig.caller("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("Q.850;cause=31;text=\"longest call duration reached\"");
        rig.fromCaller(okOfCaller(bye, ""));
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly("200 3 longest duration reached");
        assertThat(rig.count(CoreCounter.CALLS_TIMED_OUT)).isEqualTo(1);
        rig.over();
    }

    @Test
    void shouldForgetTheLongestDurationOfACallThatHasEnded() {
        configuration.account = ",'max_call_sec':60";
        rig.configure();
        final CoreRig.Up up = rig.up("one");
        rig.fromCallee(fromCalleeInDialog("BYE", 1, up.invite(), "bob", "bye"));
        rig.callee("SIP/2.0 200 ");
        rig.fromCaller(okOfCaller(rig.caller("BYE "), ""));
        rig.pass(100_000);
        rig.over();
    }

    @Test
    void shouldCountARetransmittedInviteOnce() {
        rig.fromCaller(invite("one", "", "v=0 offer"));
        final String trying = rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        final int held = rig.core.stats().admissionCounters();
        rig.fromCaller(invite("one", "", "v=0 offer"));
        assertThat(rig.caller("SIP/2.0 100 ")).isEqualTo(trying);
        rig.quiet();
        assertThat(rig.core.stats().admissionCounters()).isEqualTo(held);
        assertThat(rig.core.ledger().usedCounters()).isEqualTo(held);
        assertThat(rig.count(CoreCounter.CALLS_OFFERED)).isEqualTo(1);
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("one", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }
}
