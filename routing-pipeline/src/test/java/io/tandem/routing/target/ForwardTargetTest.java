package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardTargetTest {
    private final Office office = new Office().phone("alice");

    @ParameterizedTest
    @DisplayName("N-049 R-102 R-103 X17 a forward that is reached as a target dials its number, whatever its trigger")
    @CsvSource({"always", "busy", "no_answer", "unreachable"})
    void shouldDial(final String trigger) {
        forward("'trigger':'" + trigger + "'");
        final TargetPlan.ToNumber plan = dial();
        assertThat(plan.number()).isEqualTo("12025550177");
        assertThat(plan.ringMs()).isEqualTo(30_000);
        assertThat(plan.confirm()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("R-104 X20 a forward rings for timeout_sec, or for what is left to it")
    @CsvSource({"20,,20", "20,60,20", "20,8,8"})
    void shouldRingForItsTime(final int timeout, final Integer budget, final int seconds) {
        forward("'timeout_sec':" + timeout);
        if (budget != null) {
            office.budgetSec(budget);
        }
        assertThat(dial().ringMs()).isEqualTo(seconds * 1000);
    }

    @ParameterizedTest
    @DisplayName("R-105 a forward shows the caller, the number that was dialled, or one of its own")
    @CsvSource(
            delimiter = '|',
            value = {
                "'cid_mode':'passthrough'|12025550100",
                "'cid_mode':'did'|12025550123",
                "'cid_mode':'custom','cid_number':'12025550199'|12025550199"
            })
    void shouldShowTheNumberItIsToldTo(final String fields, final String shown) {
        forward(fields);
        assertThat(dial().shownNumber("12025550100", "12025550123")).isEqualTo(shown);
    }

    @ParameterizedTest
    @DisplayName("R-107 a call that nobody took overflows, or is refused when there is nowhere to go")
    @CsvSource({
        "true,NO_ANSWER,TARGET_RINGS", "true,BUSY,TARGET_RINGS", "true,UNREACHABLE,TARGET_RINGS",
        "false,NO_ANSWER,FORWARD_NO_ANSWER", "false,BUSY,FORWARD_BUSY", "false,UNREACHABLE,FORWARD_NO_ANSWER"
    })
    void shouldOverflow(final boolean overflow, final RingOutcome outcome, final TargetVerdict verdict) {
        forward(overflow ? "'overflow_dest_kind':'user','overflow_dest_id':'name:alice'" : "'confirm':0");
        assertThat(office.after(dial(), outcome).verdict()).isEqualTo(verdict);
    }

    @Test
    @DisplayName("a forward that has to ask for a key needs a media server: without one it overflows, or is refused by name")
    void shouldNotAskWithoutMedia() {
        forward("'confirm':1");
        assertThat(dial().confirm()).isTrue();
        final Office silent = Office.withoutMedia()
                .phone("alice")
                .add(ResourceKind.FORWARDS, "'name':'mobile','number':'12025550177','confirm':1")
                .add(
                        ResourceKind.FORWARDS,
                        "'name':'second','number':'12025550177','confirm':1,'overflow_dest_kind':'user','overflow_dest_id':'name:alice'");
        assertThat(silent.to(TargetKind.FORWARD, "mobile"))
                .isEqualTo(new TargetPlan.Reject(
                        TargetVerdict.TARGET_NEEDS_MEDIA, 0, TargetKind.FORWARD.code()));
        assertThat(silent.rings(silent.to(TargetKind.FORWARD, "second"))).containsExactly("alice 0-25");
    }

    private void forward(final String fields) {
        office.add(ResourceKind.FORWARDS, "'name':'mobile','number':'+1 202 555 0177'," + fields);
    }

    private TargetPlan.ToNumber dial() {
        return (TargetPlan.ToNumber) office.to(TargetKind.FORWARD, "mobile");
    }
}
