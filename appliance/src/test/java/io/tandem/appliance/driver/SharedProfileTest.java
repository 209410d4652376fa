package io.tandem.appliance.driver;

import static io.tandem.appliance.driver.SharedProfile.SLEEP_MAX_NS;
import static io.tandem.appliance.driver.SharedProfile.SLEEP_MIN_NS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedProfileTest {
    private static final long NOW_NS = 5_000_000_000L;
    private static final long LONGEST_TICK_NS = 10_000_000L;

    @Test
    @DisplayName("no sleep is so short that the kernel must set the processor's timer for it")
    void shouldSleepLongerThanTheKernelsTick() {
        for (final long dueInNs : new long[] {-1_000_000_000L, 0, 1, 4_000_000L, LONGEST_TICK_NS}) {
            assertThat(SharedProfile.sleepNs(false, NOW_NS + dueInNs, NOW_NS))
                    .as("due in %d ns", dueInNs)
                    .isGreaterThan(LONGEST_TICK_NS)
                    .isEqualTo(SLEEP_MIN_NS);
        }
        assertThat(SharedProfile.sleepNs(true, Long.MAX_VALUE, NOW_NS)).isEqualTo(SLEEP_MIN_NS);
    }

    @Test
    @DisplayName("a timer that is due later is slept for, a second at most")
    void shouldSleepUntilTheNextTimer() {
        assertThat(SharedProfile.sleepNs(false, NOW_NS + 500_000_000L, NOW_NS)).isEqualTo(500_000_000L);
        assertThat(SharedProfile.sleepNs(false, NOW_NS + 60_000_000_000L, NOW_NS)).isEqualTo(SLEEP_MAX_NS);
        assertThat(SharedProfile.sleepNs(false, Long.MAX_VALUE, NOW_NS)).isEqualTo(SLEEP_MAX_NS);
    }
}
