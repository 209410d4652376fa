package io.tandem.routing.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel against a sorted list: never early, in order of ticks and then of scheduling, across a restore too. */
class TimerWheelTest {
    private static final long START_NS = TimeUnit.HOURS.toNanos(1_000);
    private static final int TIMERS = 400;

    private final List<Integer> fired = new ArrayList<>();
    private TimerWheel wheel = new TimerWheel();
    private Numbered[] timers = numbered();
    private final long[] deadlines = new long[TIMERS];
    private final long[] orders = new long[TIMERS];
    private long nowNs = START_NS;
    private long nextOrder;

    private final class Numbered implements TimerOwner {
        private final int number;
        private final Timer timer = new Timer(this);

        Numbered(final int number) {
            this.number = number;
        }

        @Override
        public void onTimer(final Timer firing, final long atNs) {
            assertThat(firing).isSameAs(timer);
            assertThat(firing.isScheduled()).isFalse();
            assertThat(atNs).isGreaterThanOrEqualTo(deadlines[number]);
            fired.add(number);
            orders[number] = 0;
        }
    }

    private Numbered[] numbered() {
        final Numbered[] made = new Numbered[TIMERS];
        for (int i = 0; i < TIMERS; i++) {
            made[i] = new Numbered(i);
        }
        return made;
    }

    private void schedule(final int number, final long deadlineNs) {
        wheel.schedule(timers[number].timer, deadlineNs);
        deadlines[number] = deadlineNs;
        orders[number] = ++nextOrder;
    }

    private void fireAll() {
        int count;
        do {
            count = wheel.fire(nowNs, 7);
        } while (count == 7);
    }

    /** What has to fire until now, by tick and then by order; a deadline that had passed counts for the tick it was set in. */
    private List<Integer> due(final long[] ticks) {
        final List<Integer> due = new ArrayList<>();
        for (int i = 0; i < TIMERS; i++) {
            if (orders[i] != 0 && deadlines[i] <= nowNs) {
                due.add(i);
            }
        }
        due.sort(Comparator.<Integer>comparingLong(i -> ticks[i]).thenComparingLong(i -> orders[i]));
        return due;
    }

    private void restore() {
        final TimerWheel restored = new TimerWheel();
        restored.restoreTime(nowNs, wheel.orders());
        final Numbered[] again = numbered();
        final List<Integer> byOrder = new ArrayList<>();
        for (int i = 0; i < TIMERS; i++) {
            assertThat(timers[i].timer.isScheduled()).isEqualTo(orders[i] != 0);
            if (orders[i] != 0) {
                assertThat(timers[i].timer.order()).isEqualTo(orders[i]);
                byOrder.add(i);
            }
        }
        byOrder.sort(Comparator.comparingLong(i -> orders[i]));
        for (final int i : byOrder) {
            restored.restore(again[i].timer, deadlines[i], orders[i]);
        }
        assertThat(restored.size()).isEqualTo(wheel.size());
        wheel = restored;
        timers = again;
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void shouldFireWhatIsDueInOrder(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        wheel.restoreTime(nowNs, 0);
        final long[] ticks = new long[TIMERS];
        for (int step = 0; step < 6_000; step++) {
            final int actions = random.nextInt(4);
            for (int action = 0; action < actions; action++) {
                final int number = random.nextInt(TIMERS);
                if (random.nextInt(4) == 0) {
                    wheel.cancel(timers[number].timer);
                    orders[number] = 0;
                } else {
                    schedule(number, nowNs + delay(random));
                    ticks[number] = Math.max(nowNs, deadlines[number]) >> TimerWheel.TICK_SHIFT;
                }
            }
            if (random.nextInt(50) == 0) {
                restore();
            }
            final long deadline = wheel.nextDeadlineNs();
            nowNs += random.nextInt(20) == 0 ? Math.abs(delay(random)) : random.nextLong(60_000_000L);
            final List<Integer> expected = due(ticks);
            if (!expected.isEmpty()) {
                assertThat(deadline)
                        .as("the next deadline covers what is due")
                        .isLessThanOrEqualTo(nowNs + (1L << TimerWheel.TICK_SHIFT));
            }
            fired.clear();
            fireAll();
            assertThat(fired).as("seed %d step %d", seed, step).isEqualTo(expected);
        }
    }

    private static long delay(final SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> -random.nextLong(TimeUnit.SECONDS.toNanos(5));
            case 1 -> random.nextLong(TimeUnit.MILLISECONDS.toNanos(20));
            case 2 -> random.nextLong(TimeUnit.SECONDS.toNanos(40));
            case 3 -> random.nextLong(TimeUnit.MINUTES.toNanos(5));
            case 4 -> random.nextLong(TimeUnit.HOURS.toNanos(30));
            default -> TimeUnit.MILLISECONDS.toNanos(500);
        };
    }

    @Test
    void shouldNeverNeedMoreTurnsThanDeadlinesSay() {
        wheel.restoreTime(nowNs, 0);
        schedule(0, nowNs + TimeUnit.HOURS.toNanos(50));
        int turns = 0;
        while (fired.isEmpty()) {
            final long deadline = wheel.nextDeadlineNs();
            assertThat(deadline).isGreaterThan(nowNs);
            nowNs = deadline;
            fireAll();
            turns++;
        }
        assertThat(nowNs - deadlines[0]).isBetween(0L, 1L << TimerWheel.TICK_SHIFT);
        assertThat(turns).as("a far wheel's turn of 4.3 s each").isLessThan(50_000);
        assertThat(wheel.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldLetATimerScheduleAndCancelOthersWhileItFires() {
        wheel.restoreTime(nowNs, 0);
        final List<String> told = new ArrayList<>();
        final Timer[] three = new Timer[3];
        three[0] = new Timer((timer, atNs) -> {
            told.add("first");
            wheel.cancel(three[1]);
            wheel.schedule(three[2], atNs);
        });
        three[1] = new Timer((timer, atNs) -> told.add("cancelled"));
        three[2] = new Timer((timer, atNs) -> told.add("third"));
        wheel.schedule(three[0], nowNs + 1);
        wheel.schedule(three[1], nowNs + 1);
        nowNs += 2;
        int count = 0;
        while (wheel.fire(nowNs, 1) == 1) {
            count++;
        }
        assertThat(count).isEqualTo(2);
        assertThat(told).containsExactly("first", "third");
        assertThat(wheel.size()).isZero();
    }
}
