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
        return new CommandLine(new SimulateCommand())
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
