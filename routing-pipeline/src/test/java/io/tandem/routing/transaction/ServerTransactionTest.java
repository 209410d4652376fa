package io.tandem.routing.transaction;

import static io.tandem.routing.transaction.LayerRig.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import io.tandem.sip.Method;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 17.2 with RFC 6026 section 7.1 and RFC 4320, row by row of docs/specs/transactions.md. */
class ServerTransactionTest {
    private static final String VIA = "SIP/2.0/UDP 127.0.0.9:5070;branch=z9hG4bKx";
    private static final String INVITE = request(Method.INVITE, VIA);
    private static final String INFO = request(Method.INFO, VIA);
    private static final String ACK = request(Method.ACK, VIA);

    @Nested
    class Invite {
        private final LayerRig rig = new LayerRig(TransportKind.UDP);
        private final InviteServerTransaction transaction = rig.newInviteServer(INVITE);

        @Test
        void shouldSendTheLastProvisionalAgain() {
            assertThat(rig.again(INVITE)).isTrue();
            rig.quiet();
            rig.respond(transaction, 100);
            final String trying = rig.next("SIP/2.0 100 ");
            assertThat(trying).contains("\r\nTo: <sip:b@y>\r\n");
            rig.again(INVITE);
            assertThat(rig.next("SIP/2.0 100 ")).isEqualTo(trying);
            rig.respond(transaction, 180);
            final String ringing = rig.next("SIP/2.0 180 ");
            assertThat(ringing).contains("\r\nTo: <sip:b@y>;tag=");
            rig.again(INVITE);
            assertThat(rig.next("SIP/2.0 180 ")).isEqualTo(ringing);
            rig.pass(10 * LayerRig.TIMEOUT_MS);
            rig.quiet();
            assertThat(transaction.state()).isEqualTo(TransactionState.PROCEEDING);
        }

        @Test
        void shouldSayTryingByItselfWhenAskedTo() {
            transaction.tryingLater();
            rig.sends("SIP/2.0 100 ", 150);
            rig.pass(LayerRig.TIMEOUT_MS);
            rig.quiet();
        }

        @Test
        void shouldNotSayTryingAfterAnotherAnswer() {
            transaction.tryingLater();
            rig.pass(149);
            rig.respond(transaction, 180);
            rig.next("SIP/2.0 180 ");
            rig.pass(LayerRig.TIMEOUT_MS);
            rig.quiet();
        }

        @Test
        void shouldLeaveThe2xxToItsUserUntilTimerL() {
            rig.respond(transaction, 200);
            rig.next("SIP/2.0 200 ");
            assertThat(transaction.state()).isEqualTo(TransactionState.ACCEPTED);
            assertThat(rig.again(INVITE)).isTrue();
            assertThat(rig.again(ACK)).as("the ACK belongs to the dialog").isFalse();
            rig.pass(LayerRig.TIMEOUT_MS - 1);
            assertThat(rig.again(INVITE)).isTrue();
            rig.quiet();
            rig.pass(1);
            rig.empty();
            assertThat(rig.again(INVITE)).isFalse();
        }

        @Test
        void shouldRepeatARefusalAfterT1AndThenTwiceAsLongUpToT2() {
            rig.respond(transaction, 486);
            rig.next("SIP/2.0 486 ");
            rig.sends("SIP/2.0 486 ", 400, 1_200, 2_800, 4_800, 6_800, 8_800);
            assertThat(transaction.state()).isEqualTo(TransactionState.COMPLETED);
        }

        @Test
        void shouldGiveUpARefusalThatIsNeverAcknowledged() {
            rig.respond(transaction, 486);
            rig.pass(LayerRig.TIMEOUT_MS - 1);
            rig.sent.clear();
            assertThat(rig.layer.serverCount()).isEqualTo(1);
            rig.pass(1);
            rig.empty();
        }

        @Test
        void shouldSendTheRefusalAgainWhenTheInviteComesAgain() {
            rig.respond(transaction, 486);
            final String busy = rig.next("SIP/2.0 486 ");
            rig.again(INVITE);
            assertThat(rig.next("SIP/2.0 486 ")).isEqualTo(busy);
        }

        @Test
        void shouldAbsorbAcksForTimerI() {
            rig.respond(transaction, 486);
            rig.next("SIP/2.0 486 ");
            assertThat(rig.again(ACK)).isTrue();
            assertThat(transaction.state()).isEqualTo(TransactionState.CONFIRMED);
            rig.pass(2_999);
            assertThat(rig.again(ACK)).isTrue();
            assertThat(rig.again(INVITE)).isTrue();
            rig.quiet();
            rig.pass(1);
            rig.empty();
            assertThat(rig.again(ACK)).isFalse();
        }

        @Test
        void shouldAbsorbAnAckThatComesTooEarly() {
            assertThat(rig.again(ACK)).isTrue();
            assertThat(transaction.state()).isEqualTo(TransactionState.PROCEEDING);
        }

        @Test
        void shouldTakeNoMoreThanItsLimit() {
            rig.layer.use(new TransactionLimits(100, 1), LayerRig.VALUES);
            assertThat(rig.newInviteServer(request(Method.INVITE, VIA + "2"))).isNull();
            rig.blocks.limitBytes(0);
            rig.layer.use(new TransactionLimits(100, 100), LayerRig.VALUES);
            assertThat(rig.newInviteServer(request(Method.INVITE, VIA + "2"))).isNull();
            assertThat(rig.layer.serverCount()).isEqualTo(1);
        }
    }

    @Nested
    class InviteOnStreams {
        private final LayerRig rig = new LayerRig(TransportKind.TCP);
        private final InviteServerTransaction transaction = rig.newInviteServer(INVITE);

        @Test
        void shouldSendARefusalOnceAndGiveItUpAfter64TimesT1() {
            rig.respond(transaction, 486);
            rig.next("SIP/2.0 486 ");
            rig.pass(LayerRig.TIMEOUT_MS - 1);
            rig.quiet();
            assertThat(rig.layer.serverCount()).isEqualTo(1);
            rig.pass(1);
            rig.empty();
        }

        @Test
        void shouldBeOverAtOnceAfterTheAck() {
            rig.respond(transaction, 486);
            rig.next("SIP/2.0 486 ");
            rig.again(ACK);
            assertThat(transaction.state()).isEqualTo(TransactionState.CONFIRMED);
            rig.pass(1);
            rig.empty();
        }

        @Test
        void shouldStayAcceptedForTimerLAllTheSame() {
            rig.respond(transaction, 200);
            rig.next("SIP/2.0 200 ");
            rig.pass(LayerRig.TIMEOUT_MS - 1);
            assertThat(rig.again(INVITE)).isTrue();
            rig.pass(1);
            rig.empty();
        }
    }

    @Nested
    class Other {
        private final LayerRig rig = new LayerRig(TransportKind.UDP);
        private final NonInviteServerTransaction transaction = rig.newNonInviteServer(INFO);

        @Test
        void shouldAbsorbRepetitionsUntilItHasSomethingToSay() {
            assertThat(rig.again(INFO)).isTrue();
            rig.pass(10 * LayerRig.TIMEOUT_MS);
            rig.quiet();
            assertThat(transaction.state()).isEqualTo(TransactionState.TRYING);
        }

        @Test
        void shouldSendTheLastProvisionalAgain() {
            rig.respond(transaction, 100);
            final String trying = rig.next("SIP/2.0 100 ");
            assertThat(transaction.state()).isEqualTo(TransactionState.PROCEEDING);
            rig.again(INFO);
            assertThat(rig.next("SIP/2.0 100 ")).isEqualTo(trying);
        }

        /** RFC 4320 section 4.1: the client's timer E fires after 0.4, 1.2 and 2.8 s, from then on every T2 of 2 s. */
        @Test
        void shouldSayTryingWhenTheClientSendsEveryT2() {
            transaction.tryingWhenLate();
            rig.pass(2_799);
            rig.quiet();
            rig.pass(1);
            rig.next("SIP/2.0 100 Trying");
            assertThat(transaction.state()).isEqualTo(TransactionState.PROCEEDING);
            rig.pass(LayerRig.TIMEOUT_MS);
            rig.quiet();
        }

        @Test
        void shouldNotSayTryingAfterAnAnswer() {
            transaction.tryingWhenLate();
            rig.pass(2_000);
            rig.respond(transaction, 200);
            rig.next("SIP/2.0 200 ");
            rig.pass(LayerRig.TIMEOUT_MS);
            rig.empty();
        }

        @Test
        void shouldSendTheFinalAnswerAgainForTimerJ() {
            rig.respond(transaction, 200);
            final String ok = rig.next("SIP/2.0 200 ");
            assertThat(transaction.state()).isEqualTo(TransactionState.COMPLETED);
            rig.pass(LayerRig.TIMEOUT_MS - 1);
            rig.quiet();
            rig.again(INFO);
            assertThat(rig.next("SIP/2.0 200 ")).isEqualTo(ok);
            rig.pass(1);
            rig.empty();
            assertThat(rig.again(INFO)).isFalse();
        }

        @Test
        void shouldBeForgottenWithoutAnAnswer() {
            transaction.giveUp();
            rig.empty();
        }

        @Test
        void shouldTakeNoMoreThanItsLimit() {
            rig.layer.use(new TransactionLimits(100, 1), LayerRig.VALUES);
            assertThat(rig.newNonInviteServer(request(Method.INFO, VIA + "2"))).isNull();
        }
    }

    @Nested
    class OtherOnStreams {
        private final LayerRig rig = new LayerRig(TransportKind.TCP);

        @Test
        void shouldBeOverAtOnceAfterTheFinalAnswer() {
            final NonInviteServerTransaction transaction = rig.newNonInviteServer(INFO);
            rig.respond(transaction, 200);
            rig.next("SIP/2.0 200 ");
            rig.pass(1);
            rig.empty();
        }
    }
}
