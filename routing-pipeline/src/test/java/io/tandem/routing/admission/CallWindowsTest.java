package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallWindowsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long PERIOD = 60 * SECOND;

    private final CallWindows windows = new CallWindows(64, 1_024);
    private final RateRules rules = new RateRules();

    @Test
    @DisplayName("R-157 no more than max_count calls in any period: the one too many is refused until the first has left it")
    void shouldSlide() {
        for (int i = 0; i < 10; i++) {
            assertThat(call(rule(1, 10), i * SECOND)).isEqualTo(CallWindows.PASSED);
        }
        assertThat(call(rule(1, 10), PERIOD - 1)).isZero();
        assertThat(call(rule(1, 10), PERIOD)).as("the period is half open").isEqualTo(CallWindows.PASSED);
        assertThat(call(rule(1, 10), PERIOD)).isZero();
        assertThat(call(rule(1, 10), PERIOD + SECOND)).isEqualTo(CallWindows.PASSED);
        assertThat(call(rule(1, 10), PERIOD + 2 * SECOND - 1)).isZero();
    }

    @Test
    void shouldNotCountRefusedAttempts() {
        assertThat(call(rule(1, 1), 0)).isEqualTo(CallWindows.PASSED);
        for (int i = 1; i < 60; i++) {
            assertThat(call(rule(1, 1), i * SECOND)).isZero();
        }
        assertThat(call(rule(1, 1), PERIOD)).isEqualTo(CallWindows.PASSED);
        assertThat(windows.usedMoments()).isLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("R-158 a hard rule refuses, a soft one lets the call pass and flags it")
    void shouldOnlyFlagWhenSoft() {
        final RateRules soft = new RateRules();
        soft.add(0, 1, RateRules.ALL_NUMBERS, PERIOD, 2, false);
        for (int i = 0; i < 9; i++) {
            assertThat(windows.evaluate(soft, i * SECOND)).isEqualTo(CallWindows.PASSED);
            assertThat(soft.softExceeded()).isEqualTo(i < 2 ? 0 : 1);
            windows.record(soft, i * SECOND);
        }
        assertThat(windows.usedMoments()).as("one more than the rule's count is enough").isEqualTo(3);
        assertThat(call(rule(2, 2), 0)).isEqualTo(CallWindows.PASSED);
        assertThat(call(rule(2, 2), 0)).isEqualTo(CallWindows.PASSED);
        assertThat(call(rule(2, 2), 0)).isZero();
    }

    @Test
    @DisplayName("R-159 rules stack: all have to pass, and none counts a call that another refused")
    void shouldStack() {
        for (int i = 0; i < 3; i++) {
            assertThat(call(burstAndSustained(), i)).isEqualTo(CallWindows.PASSED);
        }
        assertThat(call(burstAndSustained(), 3)).as("burst").isZero();
        assertThat(windows.count(0, 2, RateRules.ALL_NUMBERS, 3_600 * SECOND, 3)).isEqualTo(3);
        for (int i = 1; i < 3; i++) {
            assertThat(call(burstAndSustained(), i * PERIOD)).isEqualTo(CallWindows.PASSED);
        }
        assertThat(call(burstAndSustained(), 3 * PERIOD)).as("sustained").isEqualTo(1);
        assertThat(windows.count(0, 1, RateRules.ALL_NUMBERS, PERIOD, 3 * PERIOD)).isZero();
    }

    @Test
    void shouldRefuseAllWhenNoneIsAllowed() {
        assertThat(call(rule(1, 0), 5)).isZero();
        assertThat(windows.usedWindows()).isZero();
    }

    @Test
    void shouldFollowARuleThatChanges() {
        for (int i = 0; i < 10; i++) {
            assertThat(call(rule(1, 10), i * SECOND)).isEqualTo(CallWindows.PASSED);
        }
        assertThat(call(rule(1, 3), 10 * SECOND)).as("fewer calls allowed").isZero();
        assertThat(call(rule(1, 3), PERIOD + 7 * SECOND)).isEqualTo(CallWindows.PASSED);
        assertThat(call(rule(1, 11), PERIOD + 7 * SECOND)).as("more calls allowed").isEqualTo(CallWindows.PASSED);
    }

    @Test
    void shouldTakeBackWhatALaterStageRefused() {
        final RateRules two = burstAndSustained();
        assertThat(call(two, 0)).isEqualTo(CallWindows.PASSED);
        windows.retract(two);
        windows.retract(two);
        assertThat(windows.usedWindows()).isZero();
        assertThat(windows.usedMoments()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(call(burstAndSustained(), 1)).isEqualTo(CallWindows.PASSED);
        }
    }

    @Test
    void shouldLetCallsPassUnrememberedWhenFullAndCountThem() {
        for (int number = 1; number <= 40; number++) {
            rules.clear();
            rules.add(0, 1, number, PERIOD, 1, true);
            assertThat(call(rules, 0)).isEqualTo(CallWindows.PASSED);
        }
        assertThat(windows.usedWindows()).as("single numbers take half of the table").isEqualTo(32);
        assertThat(windows.unrecorded()).isEqualTo(8);
        for (int rule = 2; rule < 40; rule++) {
            assertThat(call(rule(rule, 1), 0)).isEqualTo(CallWindows.PASSED);
        }
        assertThat(windows.usedWindows()).isEqualTo(64);
        assertThat(windows.unrecorded()).isEqualTo(8 + 6);
        assertThat(windows.windowFill("x").refused()).isEqualTo(14);
        assertThat(call(rule(2, 1), 1)).as("what is remembered still counts").isZero();
        for (int i = 0; i < 40; i++) {
            call(rule(100 + i, 1), PERIOD);
        }
        assertThat(windows.unrecorded()).as("there is room again once periods are over").isEqualTo(14);
    }

    @Test
    void shouldLetCallsPassUnrememberedWhenThereIsNoRoomForMoments() {
        final CallWindows few = new CallWindows(64, 8);
        for (int i = 0; i < 20; i++) {
            final RateRules one = rule(1, 1_000);
            assertThat(few.evaluate(one, i)).isEqualTo(CallWindows.PASSED);
            few.record(one, i);
        }
        assertThat(few.usedMoments()).isEqualTo(8);
        assertThat(few.unrecorded()).isEqualTo(12);
        final RateRules later = rule(2, 1);
        few.evaluate(later, PERIOD + 20);
        few.record(later, PERIOD + 20);
        assertThat(few.usedMoments()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "100, 1", "16777217, 100", "100, 268435457"})
    void shouldRefuseTablesBeyondItsLimits(final int windowMax, final int momentMax) {
        assertThatThrownBy(() -> new CallWindows(windowMax, momentMax))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rate table refused: windows=" + windowMax + " moments=" + momentMax);
    }

    @Test
    void shouldAllocateNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final CallWindows many = new CallWindows(4_096, 65_536);
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 30_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            rules.clear();
            rules.add(0, i % 5_000, RateRules.ALL_NUMBERS, PERIOD, 10, true);
            rules.add(1, 1, i % 3_000, PERIOD, 10, false);
            if (many.evaluate(rules, i * 20_000_000L) == CallWindows.PASSED) {
                many.record(rules, i * 20_000_000L);
            }
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private int call(final RateRules all, final long nowNs) {
        final int outcome = windows.evaluate(all, nowNs);
        if (outcome == CallWindows.PASSED) {
            windows.record(all, nowNs);
        }
        return outcome;
    }

    private static RateRules rule(final long id, final int maxCount) {
        final RateRules one = new RateRules();
        one.add(0, id, RateRules.ALL_NUMBERS, PERIOD, maxCount, true);
        return one;
    }

    private static RateRules burstAndSustained() {
        final RateRules two = new RateRules();
        two.add(0, 1, RateRules.ALL_NUMBERS, PERIOD, 3, true);
        two.add(0, 2, RateRules.ALL_NUMBERS, 3_600 * SECOND, 5, true);
        return two;
    }
}
