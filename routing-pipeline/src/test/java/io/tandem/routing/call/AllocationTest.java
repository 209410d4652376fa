package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Once its tables have grown, the core allocates nothing for a call, whatever happens to it, while snapshots are taken. */
class AllocationTest {
    private static final int WARM_UP_CALLS = 8_000;
    private static final int CALLS = 20_000;
    private static final int ROUNDS = 3;
    private static final int MS_PER_CALL = 10;
    private static final int SPARED_BYTES_MAX = 1024;

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig = new CoreRig(false, configuration);
    private int number;

    @BeforeEach
    void takeSnapshotsWithoutLooking() {
        rig.snapshots = new SlicedSnapshots(false);
    }

    private void run(final int calls, final Runnable call) {
        for (int i = 0; i < calls; i++) {
            call.run();
            rig.quiet();
            rig.sent.clear();
            rig.records.clear();
            rig.pass(MS_PER_CALL);
        }
    }

    /**
     * Nothing is allocated per call, nor per hundred calls: all together stay below a kibibyte, which is what the virtual
     * machine makes on the thread's account when its compiler gives up a guess (72 bytes now and then). What it makes
     * once, such as some kilobytes for a call site that it links late, is not in the next round.
     */
    private void shouldAllocateNothing(final int calls, final Runnable call) {
        run(WARM_UP_CALLS, call);
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && bytes >= SPARED_BYTES_MAX; round++) {
            rig.allocatedBytes = 0;
            run(calls, call);
            bytes = rig.allocatedBytes;
        }
        assertThat(bytes / calls).as("bytes per call").isZero();
        assertThat(bytes).as("bytes of all calls").isLessThan(SPARED_BYTES_MAX);
    }

    @Test
    void shouldAllocateNothingForTheBasicCall() {
        shouldAllocateNothing(CALLS, () -> {
            final CoreRig.Ringing ringing = rig.ringing(Integer.toString(++number), "bob");
            rig.fromCallee(ok(ringing.invite(), "bob", "v=0 answer"));
            final String answer = rig.caller("SIP/2.0 200 ");
            rig.fromCaller(inDialog("ACK", 1, answer, "ack-" + number, ""));
            rig.callee("ACK ");
            rig.fromCaller(inDialog("BYE", 2, answer, "bye-" + number, ""));
            rig.caller("SIP/2.0 200 ");
            rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        });
    }

    @Test
    void shouldAllocateNothingForRefusedCancelledAndRepeatedCalls() {
        shouldAllocateNothing(2_000, () -> {
            final String call = Integer.toString(++number);
            final String invite = invite(call, "", "v=0 offer");
            final CoreRig.Ringing ringing = rig.ringing(call, "bob");
            rig.fromCaller(invite);
            rig.caller("SIP/2.0 180 ");
            if (number % 2 == 0) {
                rig.fromCallee(response(ringing.invite(), "486 Busy Here", "bob"));
                rig.callee("ACK ");
                rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 486 ")));
            } else {
                rig.fromCaller(Texts.cancel(invite, "Reason: SIP;cause=487\n"));
                rig.caller("SIP/2.0 200 ");
                rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 487 ")));
                rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", ""));
                rig.fromCallee(response(ringing.invite(), "487 Request Terminated", "bob"));
                rig.callee("ACK ");
            }
        });
    }

    @Test
    void shouldAllocateNothingForAttemptsThatFail() {
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:5080','max_channels':0");
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.5:5080'");
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.3:5081'");
        rig.configure();
        shouldAllocateNothing(2_000, () -> {
            final String call = Integer.toString(++number);
            rig.fromCallee(response(rig.offered(call), "503 Service Unavailable", "bob"));
            rig.callee("ACK ");
            rig.undeliverable(rig.other("INVITE "));
            rig.fromCallee(response(rig.callee("INVITE "), "486 Busy Here", "bob"));
            rig.callee("ACK ");
            rig.fromCaller(failureAck(invite(call, "", "v=0 offer"), rig.caller("SIP/2.0 486 ")));
        });
    }

    @Test
    void shouldAllocateNothingForRequestsInDialogsAndTheirRefusal() {
        shouldAllocateNothing(2_000, () -> {
            final CoreRig.Up up = rig.up(Integer.toString(++number));
            rig.fromCaller(inDialog("INVITE", 2, up.answer(), "re-" + number, "", "v=0 hold"));
            rig.fromCallee(ok(rig.callee("INVITE "), "", "v=0 held"));
            rig.caller("SIP/2.0 200 ");
            rig.fromCaller(inDialog("ACK", 2, up.answer(), "ack2-" + number, ""));
            rig.callee("ACK ");
            rig.fromCallee(fromCalleeInDialog("INFO", 1, up.invite(), "bob", "info-" + number, "", "Signal=5"));
            rig.fromCaller(response(rig.caller("INFO "), "200 OK", ""));
            rig.callee("SIP/2.0 200 ");
            rig.fromCaller(inDialog("INFO", 1, up.answer(), "low-" + number, ""));
            rig.caller("SIP/2.0 500 ");
            rig.fromCaller(inDialog("SUBSCRIBE", 3, up.answer(), "sub-" + number, ""));
            rig.caller("SIP/2.0 405 ");
            rig.fromCallee(fromCalleeInDialog("BYE", 2, up.invite(), "bob", "bye-" + number));
            rig.callee("SIP/2.0 200 ");
            rig.fromCaller(okOfCaller(rig.caller("BYE "), ""));
        });
    }

    @Test
    void shouldAllocateNothingForCallersAndPartiesWhoAreNotShown() {
        final String hidden = """
                Privacy: id;user;history
                P-Asserted-Identity: <sip:+12025550177@carrier.example>
                Subject: hello
                Diversion: <sip:1@a>;privacy=full, <sip:2@a>
                History-Info: <sip:1@a>;index=1, <sip:2@a>;index=1.1
                """;
        shouldAllocateNothing(2_000, () -> {
            final String invite = invite(Integer.toString(++number), hidden, "v=0 offer");
            rig.fromCaller(invite);
            rig.caller("SIP/2.0 100 ");
            rig.fromCallee(response(rig.callee("INVITE "), "486 Busy Here", "bob"));
            rig.callee("ACK ");
            rig.fromCaller(failureAck(invite, rig.caller("SIP/2.0 486 ")));
        });
    }

    @Test
    void shouldAllocateNothingForSessionTimers() {
        final String timer = "Supported: timer\nAllow: UPDATE\nSession-Expires: 90;refresher=uas\n";
        final String invite = invite("s", timer, "v=0 offer");
        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        rig.fromCallee(ok(rig.callee("INVITE "), "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        shouldAllocateNothing(2_000, () -> {
            rig.pass(45_010);
            final String expires = "Session-Expires: 90;refresher=uac\n";
            rig.fromCaller(response(rig.caller("UPDATE "), "200 OK", "", expires, ""));
        });
    }
}
