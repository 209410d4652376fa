package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.cancel;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.transaction.TimerValues;
import io.tandem.routing.transaction.TransactionLimits;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Every table, full: a 503 that says when to come again, and nothing leaks (D2). */
class TableFullTest {
    private static final long ALL_TIMERS_MS = 300_000;

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig = new CoreRig(false, configuration);
    private int calls;
    private int refusals;

    private void clients(final int max) {
        final var layer = rig.core.exchange().layer;
        layer.use(new TransactionLimits(max, 1_000), layer.values());
    }

    private void servers(final int max) {
        final var layer = rig.core.exchange().layer;
        layer.use(new TransactionLimits(1_000, max), layer.values());
    }

    private void refused(final String call, final boolean afterTrying) {
        final String invite = invite(call, "", "");
        rig.fromCaller(invite);
        if (afterTrying) {
            rig.caller("SIP/2.0 100 ");
        }
        final String answer = rig.caller("SIP/2.0 503 ");
        assertThat(header(answer, "Retry-After")).isEqualTo("5");
        rig.fromCaller(invite);
        assertThat(rig.caller("SIP/2.0 503 ")).as("INVITE again").isEqualTo(answer);
        rig.fromCaller(failureAck(invite, answer));
        rig.quiet();
        assertThat(rig.count(CoreCounter.REQUESTS_REFUSED_FULL)).isPositive();
    }

    private void end(final CoreRig.Up up, final int cSeq) {
        rig.hangUp(up, cSeq);
        rig.over();
    }

    @Test
    void shouldRefuseACallTooMany() {
        final CoreSettings settings = new CoreSettings(
                CoreRig.listeners(), TimerValues.DEFAULT, 1, 1_000, CoreSettings.STORE_BYTES_MAX_DEFAULT);
        rig.restart(settings);
        final CoreRig.Up up = rig.up("one");
        refused("two", false);
        assertThat(rig.records).containsExactly("503 3 refused");
        assertThat(rig.rules).containsExactly(Rule.CALL_TABLE_FULL);
        end(up, 2);
    }

    @Test
    void shouldRefuseACallWithoutALegForTheCaller() {
        final CoreRig.Up up = rig.up("one");
        rig.core.exchange().legs.limit(2);
        refused("two", false);
        assertThat(rig.records).containsExactly("503 3 refused");
        assertThat(rig.rules).containsExactly(Rule.CALL_TABLE_FULL);
        end(up, 2);
    }

    @Test
    void shouldRefuseACallWithoutALegForTheCallee() {
        final CoreRig.Up up = rig.up("one");
        rig.core.exchange().legs.limit(3);
        refused("two", true);
        assertThat(rig.records).containsExactly("503 3 refused");
        assertThat(rig.rules).containsExactly(Rule.CALL_TABLE_FULL);
        end(up, 2);
    }

    @Test
    void shouldRefuseAnInviteWithoutAServerTransaction() {
        final CoreRig.Up up = rig.up("one");
        servers(1);
        refused("two", false);
        assertThat(rig.records).as("without a transaction, no record").isEmpty();
        servers(100);
        end(up, 2);
    }

    @Test
    void shouldRefuseACallWithoutAClientTransaction() {
        final CoreRig.Up up = rig.up("one");
        clients(1);
        refused("two", true);
        assertThat(rig.records).containsExactly("503 3 refused");
        assertThat(rig.rules).containsExactly(Rule.CALL_TABLE_FULL);
        clients(100);
        end(up, 2);
    }

    @Test
    void shouldAcknowledgeAProvisionalLaterWhenThereIsNoRoomNow() {
        final CoreRig.Up up = rig.up("up");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        final String sent = rig.offered("one");
        final String reliable = response(sent, "180 Ringing", "carol", "Require: 100rel\nRSeq: 7\n", "");
        clients(1);
        rig.fromCallee(reliable);
        rig.quiet();
        assertThat(rig.count(CoreCounter.REQUESTS_REFUSED_FULL)).isOne();
        clients(100);
        rig.fromCallee(reliable);
        rig.fromCallee(response(rig.callee("PRACK "), "200 OK", ""));
        rig.caller("SIP/2.0 180 ");
        rig.fromCallee(response(sent, "486 Busy Here", "carol"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("one", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        end(up, 3);
    }

    @Test
    void shouldRefreshASessionLaterWhenThereIsNoRoomNow() {
        final String timer = "Supported: timer\nAllow: UPDATE\nSession-Expires: 120;refresher=uas\n";
        rig.fromCaller(invite("s", timer, ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(ok(sent, "bob", ""));
        final CoreRig.Up up = new CoreRig.Up(sent, rig.caller("SIP/2.0 200 "));
        rig.fromCaller(inDialog("ACK", 1, up.answer(), "ack", ""));
        rig.callee("ACK ");
        rig.pass(59_000);
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        clients(1);
        rig.pass(2_000);
        rig.quietCaller();
        assertThat(rig.count(CoreCounter.REQUESTS_REFUSED_FULL)).isOne();
        rig.toCallee.clear();
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        clients(100);
        rig.pass(9_200);
        rig.fromCaller(okOfCaller(rig.caller("UPDATE "), ""));
        end(up, 3);
    }

    @Test
    void shouldObeyACancelWithoutAServerTransaction() {
        final CoreRig.Up up = rig.up("up");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        final CoreRig.Ringing ringing = rig.ringing("one", "bob");
        servers(1);
        rig.fromCaller(cancel(invite("one", "", ""), ""));
        final String ok = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(invite("one", "", ""), rig.caller("SIP/2.0 487 ")));
        rig.fromCaller(cancel(invite("one", "", ""), ""));
        assertThat(rig.caller("SIP/2.0 200 ")).isEqualTo(ok);
        servers(100);
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", ""));
        rig.fromCallee(response(ringing.invite(), "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        end(up, 3);
    }

    @Test
    void shouldObeyAByeWithoutAServerTransaction() {
        final CoreRig.Up up = rig.up("one");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        servers(1);
        rig.fromCaller(inDialog("BYE", 1, up.answer(), "low", ""));
        rig.caller("SIP/2.0 503 ");
        rig.fromCaller(inDialog("BYE", 3, up.answer(), "bye", ""));
        assertThat(header(rig.caller("SIP/2.0 200 "), "CSeq")).isEqualTo("3 BYE");
        final String bye = rig.callee("BYE ");
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCallee(response(bye, "200 OK", ""));
        rig.fromCaller(inDialog("BYE", 3, up.answer(), "bye", ""));
        rig.caller("SIP/2.0 481 ");
        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.over();
    }

    @Test
    void shouldRefuseRequestsInADialogWithoutAServerTransaction() {
        final CoreRig.Up up = rig.up("one");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        servers(1);
        rig.fromCaller(inDialog("MESSAGE", 3, up.answer(), "message", ""));
        assertThat(header(rig.caller("SIP/2.0 503 "), "Retry-After")).isEqualTo("5");
        rig.fromCallee(fromCalleeInDialog("INVITE", 1, up.invite(), "bob", "re", "", "v=0"));
        assertThat(header(rig.callee("SIP/2.0 503 "), "Retry-After")).isEqualTo("5");
        servers(100);
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        end(up, 4);
    }

    @Test
    void shouldRefuseRequestsInADialogWithoutAClientTransaction() {
        final CoreRig.Up up = rig.up("one");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        clients(1);
        rig.fromCaller(inDialog("MESSAGE", 3, up.answer(), "message", ""));
        assertThat(header(rig.caller("SIP/2.0 503 "), "Retry-After")).isEqualTo("5");
        final String again = inDialog("INVITE", 4, up.answer(), "re", "", "v=0");
        rig.fromCaller(again);
        final String refused = rig.caller("SIP/2.0 503 ");
        assertThat(header(refused, "Retry-After")).isEqualTo("5");
        rig.fromCaller(failureAck(again, refused));
        clients(100);
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        end(up, 5);
    }

    @Test
    void shouldEndTheCallEvenIfNoByeCanBeSent() {
        final CoreRig.Up up = rig.up("one");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        clients(1);
        rig.fromCaller(inDialog("BYE", 3, up.answer(), "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        assertThat(rig.records).containsExactly("200 1 hung up");
        rig.over();
    }

    @Test
    void shouldEndAnAttemptEvenIfNoCancelCanBeSent() {
        final CoreRig.Up up = rig.up("up");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        final CoreRig.Ringing ringing = rig.ringing("one", "bob");
        clients(1);
        rig.fromCaller(cancel(invite("one", "", ""), ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(invite("one", "", ""), rig.caller("SIP/2.0 487 ")));
        rig.quiet();
        clients(100);
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        rig.pass(31_900);
        assertThat(rig.core.stats().tableLegs())
                .as("still waiting for the callee")
                .isEqualTo(3);
        rig.pass(200);
        assertThat(rig.core.stats().tableLegs()).isEqualTo(2);
        rig.fromCallee(response(ringing.invite(), "487 Request Terminated", "bob"));
        end(up, 3);
    }

    @Test
    void shouldEndAnAnswerThatNoDialogIsLeftFor() {
        final String sent = rig.offered("f");
        rig.core.exchange().dialogs.table().limit(1);
        rig.fromCallee(response(sent, "180 Ringing", "bob"));
        rig.quiet();
        rig.fromCallee(ok(sent, "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 503 ");
        assertThat(header(answer, "Retry-After")).isEqualTo("5");
        rig.fromCaller(failureAck(invite("f", "", ""), answer));
        rig.callee("ACK ");
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        assertThat(rig.records).containsExactly("503 3 refused");
        rig.over();
    }

    private String failing() {
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:5080'");
        rig.configure();
        return rig.offered("f");
    }

    private void refusedForWantOfRoom(final String sent) {
        rig.fromCallee(response(sent, "503 Service Unavailable", "bob"));
        rig.callee("ACK ");
        final String answer = rig.caller("SIP/2.0 503 ");
        assertThat(header(answer, "Retry-After")).isEqualTo("5");
        rig.fromCaller(failureAck(invite("f", "", ""), answer));
        assertThat(rig.records).containsExactly("503 3 refused");
        assertThat(rig.rules).containsExactly(Rule.CALL_TABLE_FULL);
        rig.audit();
        rig.over();
    }

    @Test
    void shouldEndACallThatNoTransactionIsLeftForAtTheNextTrunk() {
        final String sent = failing();
        clients(1);
        refusedForWantOfRoom(sent);
        assertThat(rig.attemptStatuses).containsExactly(503, 0);
    }

    @Test
    void shouldEndACallThatNoLegIsLeftForAtTheNextTrunk() {
        final String sent = failing();
        rig.core.exchange().legs.limit(1);
        refusedForWantOfRoom(sent);
        assertThat(rig.attemptStatuses).containsExactly(503);
    }

    @Test
    void shouldEndARedirectedCallWhoseDiversionFindsNoRoom() {
        final String sent = rig.offered("f");
        rig.core.exchange().blocks.limitBytes(0);
        rig.fromCallee(response(sent, "302 Moved", "bob", "Contact: <sip:12025550124@127.0.0.3>\n", ""));
        rig.callee("ACK ");
        final String answer = rig.caller("SIP/2.0 503 ");
        rig.fromCaller(failureAck(invite("f", "", ""), answer));
        assertThat(rig.rules).containsExactly(Rule.CALL_TABLE_FULL);
        rig.audit();
        rig.over();
    }

    @Test
    void shouldMakeTheNextAttemptInThePlaceOfTheOneThatFailed() {
        final String sent = failing();
        rig.core.exchange().legs.limit(2);
        rig.fromCallee(response(sent, "503 Service Unavailable", "bob"));
        rig.callee("ACK ");
        rig.from(CoreRig.CALLEE, 5080, response(rig.other("INVITE "), "486 Busy Here", "carol"));
        rig.other("ACK ");
        rig.fromCaller(failureAck(invite("f", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    void shouldLeakNothingWhateverIsLeftWhenTrunksFail() {
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.3:5081'");
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.3:5082'");
        rig.configure();
        refusals = 2;
        wholeWithFewSlots();
        assertThat(rig.count(CoreCounter.FAILOVERS)).isPositive();
        for (int bytes = 0; bytes <= 16_384; bytes += 256) {
            final long limit = bytes;
            whole(room -> rig.core.exchange().blocks.limitBytes(limit), bytes);
        }
    }

    /** The first attempt of each scene is refused as busy, and the overflow of the forward takes the call. */
    @Test
    void shouldLeakNothingWhateverIsLeftWhenACallGoesOn() {
        final String trunk = new ResourceId(4, 7).prefixed(ResourceKind.TRUNKS);
        configuration
                .with(ResourceKind.TRUNKS, 7, "'name':'over','direction':'outbound','proxy':'127.0.0.3:5081'")
                .with(
                        ResourceKind.OUTBOUND_ROUTES,
                        6,
                        "'match_prefix':'44','via':'trunk','trunk_id':'" + RigConfiguration.trunkId(2) + "'")
                .with(
                        ResourceKind.FORWARDS,
                        5,
                        "'name':'mobile','number':'442071838750','overflow_dest_kind':'trunk','overflow_dest_id':'"
                                + trunk + "'");
        configuration.number.destKind = (byte) TargetKind.FORWARD.code();
        configuration.number.destHigh = 4;
        configuration.number.destLow = 5;
        rig.configure();
        refusals = 1;
        wholeWithFewSlots();
        assertThat(rig.count(CoreCounter.CALLS_GONE_ON)).isPositive();
        for (int bytes = 0; bytes <= 16_384; bytes += 128) {
            final long limit = bytes;
            whole(room -> rig.core.exchange().blocks.limitBytes(limit), bytes);
        }
    }

    @Test
    void shouldRefuseAMessageWithoutATransaction() {
        final CoreRig.Up up = rig.up("one");
        rig.fromCaller(inDialog("INFO", 2, up.answer(), "info", ""));
        final String info = rig.callee("INFO ");
        servers(1);
        rig.fromCaller(invite("m", "", "").replace("INVITE", "MESSAGE"));
        assertThat(header(rig.caller("SIP/2.0 503 "), "Retry-After")).isEqualTo("5");
        clients(1);
        rig.fromCaller(invite("m", "", "").replace("INVITE", "MESSAGE"));
        assertThat(header(rig.caller("SIP/2.0 503 "), "Retry-After")).isEqualTo("5");
        clients(100);
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");
        end(up, 3);
    }

    @Test
    void shouldEndACallThatFillsTheStoreInTheMiddle() {
        final CoreRig.Up up = rig.up("one");
        rig.core.exchange().blocks.limitBytes(0);
        refused("two", false);
        rig.fromCallee(fromCalleeInDialog("BYE", 1, up.invite(), "bob", "bye"));
        rig.callee("SIP/2.0 200 ");
        final String bye = rig.caller("BYE ");
        rig.pass(1_000);
        rig.quiet();
        rig.fromCaller(okOfCaller(bye, ""));
        rig.over();
    }

    @Test
    void shouldLeakNothingWhateverBytesAreLeft() {
        for (int bytes = 0; bytes <= 16_384; bytes += 128) {
            final long limit = bytes;
            whole(room -> rig.core.exchange().blocks.limitBytes(limit), bytes);
        }
    }

    @Test
    void shouldLeakNothingWhateverSlotsAreLeft() {
        wholeWithFewSlots();
    }

    private void wholeWithFewSlots() {
        for (int slots = 1; slots <= 12; slots++) {
            whole(this::clients, slots);
            whole(this::servers, slots);
            clients(1_000);
            whole(max -> rig.core.exchange().dialogs.table().limit(max), slots);
            rig.core.exchange().dialogs.table().limit(1_000);
            whole(max -> rig.core.exchange().legs.limit(max), slots);
            rig.core.exchange().legs.limit(1_000);
        }
    }

    /** Two calls, one of them cancelled, with little room; in the end nothing is left, and each INVITE had one answer. */
    private void whole(final IntConsumer limit, final int room) {
        limit.accept(room);
        for (final boolean cancelled : new boolean[] {false, true}) {
            final Robots robots = new Robots(rig);
            robots.refuse(refusals);
            robots.call("r" + ++calls, cancelled);
            for (int i = 0; i < 30; i++) {
                rig.pass(ALL_TIMERS_MS / 30);
                robots.settle();
            }
            assertThat(robots.finals()).as("answers with room for " + room).hasSize(1);
            rig.empty();
        }
    }
}
