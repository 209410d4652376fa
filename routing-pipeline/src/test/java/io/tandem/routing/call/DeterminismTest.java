package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same inputs give the same outputs, byte for byte, also when the core is read from a snapshot on the way. */
class DeterminismTest {
    private static final int CALLS = 60;

    private record Outcome(long digest, long frames, List<String> finals) {}

    /** Calls at random, some cancelled, some left in the middle, with time passing at random. */
    private static Outcome run(final long seed, final boolean throughSnapshots, final int swapAtCall) {
        final SplittableRandom random = new SplittableRandom(seed);
        final RigConfiguration configuration = new RigConfiguration();
        configuration.number.maxChannels = 3;
        final CoreRig rig = new CoreRig(throughSnapshots, configuration);
        final List<String> finals = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            if (call == swapAtCall) {
                rig.swap();
            }
            final Robots robots = new Robots(rig);
            robots.call("c" + call, random.nextBoolean());
            if (random.nextInt(3) == 0) {
                rig.fromCaller(Texts.invite("left" + call, "", ""));
                rig.toCaller.clear();
                rig.toCallee.clear();
            }
            rig.pass(random.nextInt(3_000));
            robots.settle();
            finals.addAll(robots.finals());
        }
        rig.pass(500_000);
        rig.empty();
        return new Outcome(rig.effects.digest().value(), rig.effects.digest().count(), finals);
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void shouldGiveTheSameOutputsForTheSameInputs(final long seed) {
        final Outcome first = run(seed, false, -1);
        assertThat(first.frames).as("seed " + seed).isGreaterThan(CALLS * 7L);
        assertThat(run(seed, false, -1)).as("seed " + seed).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52})
    void shouldGiveTheSameOutputsWhenReadFromASnapshotOnTheWay(final long seed) {
        final Outcome whole = run(seed, false, -1);
        for (final int at : new int[] {1, CALLS / 2, CALLS - 1}) {
            assertThat(run(seed, false, at))
                    .as("seed %d, snapshot at call %d", seed, at)
                    .isEqualTo(whole);
        }
        assertThat(run(seed, true, -1))
                .as("seed %d, snapshot after every turn", seed)
                .isEqualTo(whole);
    }

    @Test
    void shouldGiveOtherOutputsForOtherInputs() {
        assertThat(run(51, false, -1)).isNotEqualTo(run(52, false, -1));
    }
}
