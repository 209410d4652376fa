package io.tandem.perf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.perf.simulation.check.Census;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.network.Profile;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the test: checks let pass what is right and find out what is not. */
class ChecksTest {
    private static final int CALLS = 250;

    private static SimulationResult run(final long seed, final Supplier<Engine> lives) {
        return new Simulation(new SimulationPlan(seed, CALLS, Profile.IDEAL), new JournaledSystem(lives)).run();
    }

    private static SimulationResult run(final long seed, final Mutation mutation) {
        final Mutation.Memory memory = new Mutation.Memory();
        return run(seed, () -> new MutatedEngine(new MaskingRelay(), mutation, memory));
    }

    @Test
    void shouldPassASystemThatKeepsTheRules() {
        for (long seed = 1; seed <= 5; seed++) {
            final SimulationResult result = run(seed, MaskingRelay::new);
            assertThat(result.isClean()).as(result.report(false)).isTrue();
            assertThat(result.messages()).isGreaterThan(10L * CALLS);
        }
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void shouldFindOut(final Mutation mutation) {
        final SimulationResult result = run(3, mutation);
        assertThat(result.isClean()).as("%s was not noticed", mutation).isFalse();
        assertThat(mutation.foundBy())
                .as(result.report(false))
                .contains(result.broken().invariant());
    }

    @Test
    void shouldFindACeilingThatIsNotKept() {
        final SimulationResult result = run(4, () -> new MaskingRelay(2));
        assertThat(result.broken().invariant()).as(result.report(false)).isEqualTo(Invariant.CEILING);
    }

    @Test
    void shouldFindARefusalWithRoomUnderTheCeiling() {
        final SimulationResult result = run(4, () -> new MaskingRelay(-1));
        assertThat(result.broken().invariant()).as(result.report(false)).isEqualTo(Invariant.ROOM_UNDER_CEILING);
    }

    @Test
    void shouldFindACounterThatIsNotGivenBack() {
        final SimulationResult result = run(5, () -> new MaskingRelay() {
            @Override
            public Census census() {
                final Census census = super.census();
                final Map<String, Long> holds = new LinkedHashMap<>(census.holds());
                holds.computeIfPresent("number 12025550113", (number, count) -> count + 1);
                return new Census(census.calls(), holds, census.remainders());
            }
        });
        assertThat(result.broken().invariant()).as(result.report(false)).isEqualTo(Invariant.COUNTERS);
    }

    @Test
    void shouldFindAnythingLeftBehind() {
        final SimulationResult result = run(6, () -> new MaskingRelay() {
            @Override
            public Census census() {
                final Census census = super.census();
                return new Census(census.calls(), census.holds(), Map.of("timers", 1L));
            }
        });
        assertThat(result.broken().invariant()).as(result.report(false)).isEqualTo(Invariant.NOTHING_LEFT);
    }

    @Test
    void shouldHaveAMutationForEveryInvariant() {
        final Set<Invariant> elsewhere = EnumSet.of(Invariant.ROOM_UNDER_CEILING, Invariant.NOTHING_LEFT);
        final Set<Invariant> found = EnumSet.copyOf(elsewhere);
        for (final Mutation mutation : Mutation.values()) {
            found.addAll(mutation.foundBy());
        }
        assertThat(found).containsExactlyInAnyOrder(Invariant.values());
    }

    @Test
    void shouldSayHowToSeeAFailureAgain() {
        final Mutation mutation = Mutation.SECOND_FINAL_RESPONSE;
        final String once = run(7, mutation).report(true);
        final String again = run(7, mutation).report(true);
        assertThat(again).isEqualTo(once);
        assertThat(once)
                .contains("seed=7", "event=", "tandem simulate --seed 7 --seeds 1 --calls 250 --profile ideal")
                .contains("ONE_FINAL", "Changed My Mind");
    }
}
