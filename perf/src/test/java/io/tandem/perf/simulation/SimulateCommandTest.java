package io.tandem.perf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        return run(new SimulateCommand(), arguments);
    }

    private int run(final SimulateCommand command, final String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void shouldPrintItsSeedAndWhatItDid() {
        assertThat(run("--calls", "20", "--seeds", "2", "--seed", "3", "--profile", "ideal"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("first seed=3", "seeds=2 calls=20", "no invariant broken");
    }

    @Test
    void shouldDrawASeedAndPrintItWhenNoneIsGiven() {
        run("--calls", "1", "--seeds", "1", "--profile", "ideal");
        assertThat(out.toString()).containsPattern("first seed=[1-9][0-9]*");
    }

    /** Broken for even seeds, from the tenth call on. */
    private static SimulationResult brokenForEvenSeeds(final SimulationPlan plan) {
        final Mutation.Memory memory = new Mutation.Memory();
        final boolean works = plan.seed() % 2 != 0 || plan.calls() < 10;
        return new Simulation(
                        plan,
                        new JournaledSystem(() -> works
                                ? new MaskingRelay()
                                : new MutatedEngine(new MaskingRelay(), Mutation.LENGTH_WRONG, memory)))
                .run();
    }

    @Test
    void shouldEndAtWhatBreaksAndSayHowToSeeItAgain() {
        final int status = run(
                new SimulateCommand(SimulateCommandTest::brokenForEvenSeeds),
                "--calls",
                "120",
                "--seeds",
                "3",
                "--seed",
                "1",
                "--profile",
                "ideal");
        assertThat(status).isEqualTo(1);
        assertThat(out.toString())
                .contains("WELL_FORMED", "seeds=2 calls=", "broken: {WELL_FORMED=1}")
                .containsPattern("again: tandem simulate --seed 2 --seeds 1 --calls [0-9]+ --profile ideal --ladder");
    }

    @Test
    void shouldGoOnAndCountWhatBreaksWhenAsked() {
        final int status = run(
                new SimulateCommand(SimulateCommandTest::brokenForEvenSeeds),
                "--calls",
                "160",
                "--seeds",
                "4",
                "--seed",
                "1",
                "--profile",
                "ideal",
                "--keep-going");
        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).contains("seeds=4 calls=", "broken: {WELL_FORMED=2}");
    }

    @Test
    void shouldRefuseAnUnknownProfile() {
        assertThat(run("--profile", "friendly")).isEqualTo(2);
        assertThat(err.toString()).contains("profile=friendly", "known=ideal, clean, lossy, hostile, mixed");
    }

    @Test
    void shouldRefuseToSimulateNothing() {
        assertThat(run("--calls", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("calls=0");
    }

    @Test
    void shouldSayWhatItTakes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--calls", "--seeds", "--seed", "--profile", "--keep-going", "--ladder");
    }
}
