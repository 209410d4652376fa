package io.tandem.appliance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final long MS = 1_000_000L;

    /** A clock that goes on by a millisecond whenever it is asked. */
    private final AtomicLong clockNs = new AtomicLong();

    @Test
    void shouldEndEveryCallWithItsRecord() {
        final WarmUp.Outcome outcome = WarmUp.run(200, () -> clockNs.addAndGet(MS));
        assertThat(outcome.calls()).isEqualTo(199);
        assertThat(outcome.records()).isEqualTo(outcome.calls());
        assertThat(outcome.liveCalls()).isZero();
    }

    @Test
    void shouldStayWithinItsTablesHoweverLongItTakes() {
        final WarmUp.Outcome outcome = WarmUp.run(10_000, () -> clockNs.addAndGet(MS));
        assertThat(outcome.records()).isEqualTo(outcome.calls()).isEqualTo(9_999);
        assertThat(outcome.liveCalls()).isZero();
    }

    @Test
    void shouldDoNothingWhenItHasNoTime() {
        assertThat(WarmUp.run(0, clockNs::get)).isEqualTo(new WarmUp.Outcome(0, 0, 0));
    }
}
