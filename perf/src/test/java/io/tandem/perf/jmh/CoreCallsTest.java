package io.tandem.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the benchmark runs must be calls, or its numbers are of something else. */
class CoreCallsTest {
    @Test
    void shouldRunWholeCallsAndLeaveNothingBehind() {
        final CoreCalls calls = new CoreCalls(1_000);
        for (int i = 0; i < 500; i++) {
            assertThat(calls.call()).as("messages of call " + i).isEqualTo(CoreCalls.MESSAGES);
        }
        assertThat(calls.records()).as("at least one record for each call").isGreaterThanOrEqualTo(500);
        assertThat(calls.stats().liveCalls()).isZero();
        assertThat(calls.stats().serverTransactions())
                .as("what absorbs retransmissions")
                .isPositive();
        calls.pass(TimeUnit.SECONDS.toNanos(120));
        assertThat(calls.stats().tableCalls()).isZero();
        assertThat(calls.stats().serverTransactions()).isZero();
        assertThat(calls.stats().clientTransactions()).isZero();
        assertThat(calls.stats().timers()).isZero();
        assertThat(calls.stats().blocks()).isZero();
    }
}
