package io.tandem.perf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.perf.simulation.network.Profile;
import io.tandem.perf.simulation.network.Unkindness;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The core under the simulation in every build: a few thousand calls from fixed seeds, so that a build says the same twice.
 * {@code tandem simulate} runs as many as asked for from any seed.
 */
class SimulationTest {
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 1);
    private static final int SEEDS = 6;
    private static final int CALLS = 150;

    private static SimulationResult run(final long seed, final Profile profile) {
        final SimulationResult result =
                Simulation.ofCore(new SimulationPlan(seed, CALLS, profile)).run();
        assertThat(result.isClean()).as(result.report(true)).isTrue();
        return result;
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void shouldBreakNoInvariant(final Profile profile, final TestReporter reporter) {
        Unkindness unkindness = Unkindness.NONE;
        int crashes = 0;
        for (int i = 0; i < SEEDS; i++) {
            final SimulationResult result = run(FIRST_SEED + i, profile);
            assertThat(result.calls()).isEqualTo(CALLS);
            unkindness = unkindness.plus(result.unkindness());
            crashes += result.crashes();
        }
        reporter.publishEntry(
                profile.name().toLowerCase(Locale.ROOT),
                "seeds=" + FIRST_SEED + " to " + (FIRST_SEED + SEEDS - 1) + " calls=" + SEEDS * CALLS + " crashes="
                        + crashes + " " + unkindness);
        assertThat(unkindness.lost() > 0).isEqualTo(profile.loss() > 0);
        assertThat(unkindness.duplicated() > 0).isEqualTo(profile.duplicate() > 0);
        assertThat(unkindness.detoured() > 0).isEqualTo(profile.reorder() > 0);
        assertThat(crashes > 0).as("crashes").isEqualTo(profile.crashesPerThousandCalls() > 0);
    }

    @Test
    void shouldDoTheSameFromTheSameSeed() {
        final SimulationResult once = run(FIRST_SEED, Profile.HOSTILE);
        final SimulationResult again = run(FIRST_SEED, Profile.HOSTILE);
        assertThat(again).usingRecursiveComparison().ignoringFields("lastCall").isEqualTo(once);
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void shouldFindOutACoreThatIsBrokenOnPurpose(final Mutation mutation) {
        final Mutation.Memory memory = new Mutation.Memory();
        final SimulationResult result = new Simulation(
                        new SimulationPlan(3, CALLS, Profile.IDEAL),
                        new JournaledSystem(() -> new MutatedEngine(new CoreEngine(), mutation, memory)))
                .run();
        assertThat(result.isClean()).as("%s was not noticed", mutation).isFalse();
        assertThat(mutation.foundBy())
                .as(result.report(false))
                .contains(result.broken().invariant());
    }
}
