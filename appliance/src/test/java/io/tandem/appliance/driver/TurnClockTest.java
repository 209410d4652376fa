package io.tandem.appliance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TurnClockTest {
    private static final long WALL_MS = 1_790_000_000_000L;
    private static final long LAST_NS = 5_000_000_000L;

    private final AtomicLong monotonicNs = new AtomicLong(77);
    private final AtomicLong wallMs = new AtomicLong(WALL_MS);

    @Test
    void shouldBeginWithoutAJournal() {
        assertThat(clock(0, 0).nowNs()).isOne();
    }

    @Test
    @DisplayName("D10 D18 what passed while the process was down is told by the wall clock")
    void shouldGoOnByWhatPassedMeanwhile() {
        final TurnClock clock = clock(LAST_NS, WALL_MS - 27_300);

        assertThat(clock.nowNs()).isEqualTo(LAST_NS + TimeUnit.MILLISECONDS.toNanos(27_300) + 1);
        monotonicNs.addAndGet(1_000);
        assertThat(clock.nowNs()).isEqualTo(LAST_NS + TimeUnit.MILLISECONDS.toNanos(27_300) + 1_001);
    }

    @Test
    @DisplayName("D19 monotonic time does not go back where the wall clock was set back meanwhile")
    void shouldNotGoBack() {
        assertThat(clock(LAST_NS, WALL_MS + 60_000).nowNs()).isEqualTo(LAST_NS + 1);
    }

    @Test
    @DisplayName("D19 a step of the wall clock changes no time once the process runs")
    void shouldNotHeedAStepOfTheWallClock() {
        final TurnClock clock = clock(LAST_NS, WALL_MS);
        final long before = clock.nowNs();

        wallMs.addAndGet(86_400_000);
        assertThat(clock.nowNs()).isEqualTo(before);
        assertThat(clock.wallMs()).isEqualTo(WALL_MS + 86_400_000);
    }

    private TurnClock clock(final long lastNowNs, final long lastWallMs) {
        return new TurnClock(lastNowNs, lastWallMs, monotonicNs::get, wallMs::get);
    }
}
