package io.tandem.routing.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 17.1.2, row by row of docs/specs/transactions.md. */
class NonInviteClientTransactionTest {
    private final LayerRig rig = new LayerRig(TransportKind.UDP);
    private final NonInviteClientTransaction info = rig.startOther();
    private final String request = rig.next("INFO ");

    @Test
    void shouldSendAgainAfterT1AndThenTwiceAsLongUpToT2() {
        rig.sends(
                "INFO ", 400, 1_200, 2_800, 4_800, 6_800, 8_800, 10_800, 12_800, 14_800, 16_800, 18_800, 20_800,
                22_800);
        rig.sends("INFO ", 2_000);
        assertThat(info.state()).isEqualTo(TransactionState.TRYING);
    }

    @Test
    void shouldGiveUpAfter64TimesT1() {
        rig.timesOut(LayerRig::drop);
    }

    @Test
    void shouldSendAgainEveryT2OnceAProvisionalHasCome() {
        rig.pass(100);
        rig.answered(request, 100);
        assertThat(rig.heard).containsExactly("100");
        assertThat(info.state()).isEqualTo(TransactionState.PROCEEDING);
        rig.sends("INFO ", 300, 2_300, 4_300, 6_300);
        rig.pass(LayerRig.TIMEOUT_MS - 6_401);
        rig.sent.clear();
        rig.pass(1);
        assertThat(rig.heard).containsExactly("100", "timeout", "terminated");
        rig.empty();
    }

    @Test
    void shouldPassTheFinalAnswerOnceAndAbsorbItsRepetitionsForTimerK() {
        rig.answered(request, 200);
        rig.answered(request, 200);
        rig.answered(request, 404);
        assertThat(rig.heard).containsExactly("200");
        rig.pass(2_999);
        rig.quiet();
        assertThat(info.state()).isEqualTo(TransactionState.COMPLETED);
        rig.pass(1);
        assertThat(rig.heard).containsExactly("200", "terminated");
        rig.empty();
    }

    @Test
    void shouldPassAFinalAnswerAfterAProvisionalOne() {
        rig.answered(request, 183);
        rig.answered(request, 500);
        assertThat(rig.heard).containsExactly("183", "500");
    }

    @Test
    void shouldTellOfARequestThatCannotBeDelivered() {
        rig.undeliverable(request);
        assertThat(rig.heard).containsExactly("undeliverable", "terminated");
        rig.empty();
    }

    @Test
    void shouldNotMindAnUndeliverableMessageOnceAnswered() {
        rig.answered(request, 200);
        rig.undeliverable(request);
        assertThat(rig.heard).containsExactly("200");
    }

    @Test
    void shouldSendOnceWhenThereIsNoRoomToKeepIt() {
        rig.blocks.limitBytes(0);
        final NonInviteClientTransaction other = rig.startOther();
        rig.next("INFO ");
        assertThat(other.message()).isNegative();
        rig.answered(request, 200);
        rig.pass(LayerRig.TIMEOUT_MS);
        assertThat(rig.heard).containsExactly("200", "terminated", "timeout", "terminated");
        rig.empty();
    }

    @Test
    void shouldTakeNoMoreThanItsLimit() {
        rig.layer.use(new TransactionLimits(1, 100), LayerRig.VALUES);
        assertThat(rig.layer.newNonInviteClient(rig, rig.far(), io.tandem.sip.Method.BYE, 8))
                .isNull();
    }

    @Nested
    class OnStreams {
        private final LayerRig rig = new LayerRig(TransportKind.TCP);
        private final String request = started();

        private String started() {
            rig.startOther();
            return rig.next("INFO ");
        }

        @Test
        void shouldSendOnceAndGiveUpAfter64TimesT1() {
            rig.timesOut(LayerRig::quiet);
        }

        @Test
        void shouldBeOverAtOnceAfterTheFinalAnswer() {
            rig.answered(request, 200);
            rig.pass(1);
            assertThat(rig.heard).containsExactly("200", "terminated");
            rig.empty();
        }
    }
}
