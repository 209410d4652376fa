package io.tandem.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final long START_NS = -5_000_000_123L;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1_000, 9_999, 333_333, 1_000_000})
    void shouldHaveACallDueExactlyFromItsTimeOn(final int rate) {
        final Schedule schedule = new Schedule(START_NS, rate, 100_000);
        for (long call = 0; call < 2_000; call++) {
            final long dueNs = schedule.dueNs(call);
            assertThat(schedule.dueCount(dueNs)).isEqualTo(call + 1);
            assertThat(schedule.dueCount(dueNs - 1)).isEqualTo(call);
        }
    }

    @Test
    void shouldSpreadCallsEvenlyWithoutDrift() {
        final Schedule schedule = new Schedule(START_NS, 3, 1_000);
        assertThat(schedule.dueNs(0)).isEqualTo(START_NS);
        assertThat(schedule.dueNs(1) - START_NS).isEqualTo(333_333_333L);
        assertThat(schedule.dueNs(3) - START_NS).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(schedule.dueNs(300) - START_NS).isEqualTo(TimeUnit.SECONDS.toNanos(100));
    }

    @Test
    void shouldNeverHaveMoreDueThanThereAre() {
        final Schedule schedule = new Schedule(START_NS, 1_000, 50);
        assertThat(schedule.dueCount(START_NS - 1)).isZero();
        assertThat(schedule.dueCount(schedule.endNs() - 1)).isEqualTo(50);
        assertThat(schedule.dueCount(START_NS + TimeUnit.DAYS.toNanos(1_000))).isEqualTo(50);
        assertThat(schedule.endNs()).isEqualTo(START_NS + TimeUnit.MILLISECONDS.toNanos(50));
    }

    @Test
    void shouldNotOverflowInADayAtTheHighestRate() {
        final Schedule schedule = new Schedule(0, 49_710, 1L << 32);
        final long call = schedule.callCount() - 1;
        assertThat(schedule.dueNs(call)).isPositive();
        assertThat(schedule.dueCount(schedule.dueNs(call))).isEqualTo(call + 1);
    }

    @Test
    void shouldRefuseRatesOutOfRange() {
        assertThatThrownBy(() -> new Schedule(0, 0, 1)).hasMessageContaining("callsPerSecond=0");
        assertThatThrownBy(() -> new Schedule(0, 1_000_001, 1)).hasMessageContaining("callsPerSecond=1000001");
    }
}
