package io.tandem.routing.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 17.1.1 with RFC 6026 section 7.2, row by row of docs/specs/transactions.md. */
class InviteClientTransactionTest {
    private static final UnsafeBuffer REASON =
            new UnsafeBuffer("Reason: SIP;cause=200\r\n".getBytes(StandardCharsets.US_ASCII));

    private final LayerRig rig = new LayerRig(TransportKind.UDP);
    private final InviteClientTransaction invite = rig.startInvite();
    private final String request = rig.next("INVITE ");

    private void cancel() {
        invite.cancel(REASON, 0, REASON.capacity());
        rig.drain();
    }

    @Test
    void shouldSendAgainAfterT1AndThenTwiceAsLongEachTime() {
        rig.sends("INVITE ", 400, 1_200, 2_800, 6_000, 12_400, 25_200);
        assertThat(invite.state()).isEqualTo(TransactionState.CALLING);
    }

    @Test
    void shouldGiveUpAfter64TimesT1() {
        rig.timesOut(LayerRig::drop);
    }

    @Test
    void shouldTellOfARequestThatCannotBeDelivered() {
        rig.undeliverable(request);
        assertThat(rig.heard).containsExactly("undeliverable", "terminated");
        rig.undeliverable(request);
        rig.empty();
    }

    @Test
    void shouldStopSendingWhenAProvisionalComes() {
        rig.answered(request, 100);
        rig.answered(request, 180);
        rig.answered(request, 180);
        assertThat(rig.heard).containsExactly("100", "180", "180");
        rig.pass(10 * LayerRig.TIMEOUT_MS);
        rig.quiet();
        assertThat(invite.state()).isEqualTo(TransactionState.PROCEEDING);
    }

    @Test
    void shouldPassEvery2xxUntilTimerM() {
        rig.answered(request, 180);
        rig.answered(request, 200);
        assertThat(invite.state()).isEqualTo(TransactionState.ACCEPTED);
        rig.pass(1_000);
        rig.answered(request, 200);
        rig.answered(request, 200, "other-fork");
        rig.answered(request, 486);
        rig.answered(request, 180);
        rig.pass(LayerRig.TIMEOUT_MS - 1_001);
        assertThat(rig.heard).containsExactly("180", "200", "200", "200");
        rig.quiet();
        rig.pass(1);
        assertThat(rig.heard).endsWith("terminated");
        rig.empty();
    }

    @Test
    void shouldPassA2xxThatComesFirst() {
        rig.answered(request, 200);
        assertThat(rig.heard).containsExactly("200");
        rig.pass(5_000);
        rig.quiet();
    }

    @Test
    void shouldAcknowledgeARefusalWithTheSameBranchAndRoute() {
        rig.answered(request, 486);
        assertThat(rig.heard).containsExactly("486");
        final String ack = rig.next("ACK sip:bob@127.0.0.9 SIP/2.0\r\n");
        assertThat(ack)
                .contains(request.lines()
                                .filter(line -> line.startsWith("Via: "))
                                .findFirst()
                                .orElseThrow() + "\r\n")
                .contains("\r\nRoute: <sip:r1;lr>\r\nRoute: <sip:r2;lr>\r\n")
                .contains("\r\nFrom: <sip:a@x>;tag=f\r\n")
                .contains("\r\nTo: <sip:b@y>;tag=to-tag\r\n")
                .contains("\r\nCall-ID: call\r\n")
                .contains("\r\nCSeq: 7 ACK\r\n")
                .doesNotContain("X-Body")
                .endsWith("\r\nContent-Length: 0\r\n\r\n");
        rig.pass(1_000);
        rig.answered(request, 486);
        assertThat(rig.next("ACK ")).isEqualTo(ack);
        rig.answered(request, 180);
        rig.quiet();
        assertThat(rig.heard).as("once").containsExactly("486");
    }

    @Test
    void shouldStayCompletedForTimerD() {
        rig.answered(request, 486);
        rig.next("ACK ");
        rig.pass(LayerRig.TIMEOUT_MS - 1);
        assertThat(invite.state()).isEqualTo(TransactionState.COMPLETED);
        rig.pass(1);
        assertThat(rig.heard).containsExactly("486", "terminated");
        rig.empty();
        rig.answered(request, 486);
        assertThat(rig.count(io.tandem.routing.counter.CoreCounter.RESPONSES_STRAY))
                .isEqualTo(1);
    }

    @Test
    void shouldPassA2xxThatComesAfterARefusalAsALateOne() {
        rig.answered(request, 486);
        rig.next("ACK ");
        rig.answered(request, 180);
        rig.answered(request, 200, "other-fork");
        rig.answered(request, 200, "other-fork");
        assertThat(rig.heard).containsExactly("486", "late 200", "late 200");
        assertThat(invite.state()).isEqualTo(TransactionState.COMPLETED);
        rig.quiet();
        rig.pass(LayerRig.TIMEOUT_MS);
        rig.empty();
    }

    @Test
    void shouldNotMindAnUndeliverableMessageOnceAnswered() {
        rig.answered(request, 200);
        rig.undeliverable(request);
        assertThat(rig.heard).containsExactly("200");
    }

    @Test
    void shouldCancelAtOnceWhenAProvisionalHasCome() {
        rig.answered(request, 180);
        cancel();
        final String cancel = rig.next("CANCEL sip:bob@127.0.0.9 SIP/2.0\r\n");
        assertThat(cancel)
                .contains(request.lines()
                                .filter(line -> line.startsWith("Via: "))
                                .findFirst()
                                .orElseThrow() + "\r\n")
                .contains("\r\nRoute: <sip:r1;lr>\r\nRoute: <sip:r2;lr>\r\n")
                .contains("\r\nTo: <sip:b@y>\r\n")
                .contains("\r\nCSeq: 7 CANCEL\r\n")
                .contains("\r\nReason: SIP;cause=200\r\n");
        cancel();
        rig.quiet();
        rig.answered(cancel, 200);
        assertThat(rig.heard).as("the answer to the CANCEL changes nothing").containsExactly("180");
        rig.answered(request, 487);
        rig.next("ACK ");
        assertThat(rig.heard).containsExactly("180", "487");
    }

    @Test
    void shouldHoldTheCancelUntilAProvisionalComes() {
        cancel();
        rig.quiet();
        rig.answered(request, 100);
        rig.next("CANCEL ");
        assertThat(rig.heard).containsExactly("100");
    }

    @Test
    void shouldForgetAHeldCancelWhenTheAnswerComesFirst() {
        cancel();
        rig.answered(request, 200);
        rig.quiet();
        rig.pass(LayerRig.TIMEOUT_MS);
        rig.empty();
    }

    @Test
    void shouldGiveUp64TimesT1AfterTheCancel() {
        rig.answered(request, 180);
        rig.pass(200_000);
        cancel();
        final String cancel = rig.next("CANCEL ");
        rig.answered(cancel, 200);
        rig.answered(request, 180);
        rig.pass(LayerRig.TIMEOUT_MS - 1);
        assertThat(rig.heard).containsExactly("180", "180");
        rig.pass(1);
        assertThat(rig.heard).containsExactly("180", "180", "timeout", "terminated");
        rig.empty();
    }

    @Test
    void shouldGiveUpWhenTheLimitOfItsUserIsReached() {
        rig.answered(request, 100);
        invite.expireAfter(LayerRig.ms(5_000));
        rig.pass(4_999);
        assertThat(rig.heard).containsExactly("100");
        rig.pass(1);
        assertThat(rig.heard).containsExactly("100", "timeout", "terminated");
        rig.empty();
    }

    @Test
    void shouldNotBeKeptLongerByItsUserOnceCancelled() {
        rig.answered(request, 100);
        cancel();
        rig.next("CANCEL ");
        invite.expireAfter(LayerRig.ms(900_000));
        rig.pass(LayerRig.TIMEOUT_MS);
        rig.sent.clear();
        assertThat(rig.heard).containsExactly("100", "timeout", "terminated");
        rig.empty();
    }

    @Test
    void shouldRefuseToStartWhatCannotBeKept() {
        rig.blocks.limitBytes(rig.blocks.usedBytes());
        final InviteClientTransaction other = rig.layer.newInviteClient(rig, rig.far(), 8);
        rig.write(io.tandem.sip.Method.INVITE, other);
        assertThat(rig.layer.start(other)).isEqualTo(503);
        rig.drain();
        rig.quiet();
        assertThat(rig.layer.clientCount()).isEqualTo(1);
    }

    @Test
    void shouldTakeNoMoreThanItsLimit() {
        rig.layer.use(new TransactionLimits(1, 100), LayerRig.VALUES);
        assertThat(rig.layer.newInviteClient(rig, rig.far(), 8)).isNull();
    }

    @Nested
    class OnStreams {
        private final LayerRig rig = new LayerRig(TransportKind.TCP);
        private final InviteClientTransaction invite = rig.startInvite();
        private final String request = rig.next("INVITE ");

        @Test
        void shouldSendOnceAndGiveUpAfter64TimesT1() {
            rig.timesOut(LayerRig::quiet);
        }

        @Test
        void shouldBeOverAtOnceAfterARefusal() {
            rig.answered(request, 486);
            rig.next("ACK ");
            assertThat(invite.state()).isEqualTo(TransactionState.COMPLETED);
            rig.pass(1);
            assertThat(rig.heard).containsExactly("486", "terminated");
            rig.empty();
        }

        @Test
        void shouldStayAcceptedForTimerMAllTheSame() {
            rig.answered(request, 200);
            rig.pass(LayerRig.TIMEOUT_MS - 1);
            rig.answered(request, 200);
            assertThat(rig.heard).containsExactly("200", "200");
            rig.pass(1);
            rig.empty();
        }
    }
}
