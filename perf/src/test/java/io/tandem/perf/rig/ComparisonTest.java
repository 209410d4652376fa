package io.tandem.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.perf.rig.Comparison.Spread;
import io.tandem.perf.rig.ServerProcess.Usage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final InetSocketAddress ANY = BenchCommand.address("127.0.0.1:0");

    private static RigResult result(final int rate, final long cpuNs, final long completed) {
        final RigSettings settings = new RigSettings(rate, 0, 1, 0, 0, ANY, ANY, ANY, "1", RigSettings.NO_PID);
        final Phase phase = Phase.of(new Schedule(0, rate, rate), 0);
        phase.counts().sent = rate;
        phase.counts().completed = completed;
        phase.counts().failed = rate - completed;
        return new RigResult(settings, phase, 1_000_000_000L, rate, new Usage(cpuNs, 3L * rate), 0, 0);
    }

    @Test
    void shouldTakeTheMedianOverRounds() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(7).toText("%.0f")).isEqualTo("7");
        assertThat(Spread.of(3, 1, 2).toText("%.1f")).isEqualTo("2.0 (1.0–3.0)");
    }

    @Test
    void shouldPrintALineForEachRateAndServer() {
        final Comparison comparison = new Comparison();
        comparison.add("relay", result(100, 5_000_000, 100));
        comparison.add("relay", result(100, 6_000_000, 100));
        comparison.add("relay", result(100, 9_000_000, 99));
        assertThat(comparison.toMarkdown()).contains("| 100 | relay | 2 of 3 | 60.0 (50.0–90.0) |", "| 3.00 |");
        assertThat(comparison.failures()).isEqualTo("- relay at 100/s: calls failed: completed=99 of=100\n");
        assertThat(comparison.failed("relay", 100)).isFalse();
    }

    @Test
    void shouldSayWhatWasLeftOut() {
        final Comparison comparison = new Comparison();
        comparison.add("relay", result(100, 1, 0));
        assertThat(comparison.failed("relay", 100)).isTrue();
        comparison.leaveOut("relay", 200);
        assertThat(comparison.toMarkdown()).contains("| 200 | relay | not measured, failed at a lower rate |");
        assertThat(comparison.failed("relay", 200)).isTrue();
    }

    @Test
    void shouldKeepServersInOrderWhenOneIsLeftOut() {
        final Comparison comparison = new Comparison();
        comparison.add("relay", result(100, 1, 100));
        comparison.add("tandem", result(100, 1, 0));
        comparison.leaveOut("tandem", 200);
        comparison.add("relay", result(200, 1, 200));
        assertThat(comparison.toMarkdown().lines().skip(2).map(line -> line.split("\\|", -1)[2].trim()))
                .containsExactly("relay", "tandem", "relay", "tandem");
    }

    @Test
    void shouldNameTheFlagsOfAJvmWithoutDirectories() {
        assertThat(Contender.javaFlags("/opt/jdk/bin/java\0@/opt/tandem.jvmargs\0-Xmx1g\0-XX:AOTCache=/opt/lib/tandem.aot\0-cp\0/opt/x.jar\0Main\0"))
                .isEqualTo("@tandem.jvmargs -Xmx1g -XX:AOTCache=tandem.aot");
        assertThat(Contender.javaFlags("kamailio\0-DD\0")).isEmpty();
    }

    @Test
    void shouldFailARunThatWasNotOfferedAtItsRate() {
        final RigResult onTime = result(1_000, 1, 1_000);
        assertThat(onTime.isOk()).isTrue();
        final RigResult slow = new RigResult(onTime.settings(), onTime.phase(), 1_020_000_000L, 1_000, null, 0, 0);
        assertThat(slow.failure()).startsWith("the offered rate was missed: asked=1000 offered=980.4");
        onTime.phase().counts().latestSendNs = 600_000_000L;
        assertThat(onTime.failure()).contains("latest ms=600.0");
    }

    @Test
    void shouldReplaceOnlyItsPartOfThePage(@TempDir final Path directory) throws IOException {
        final Path page = directory.resolve("docs/benchmarks.md");
        BenchmarkPage.write(page, "first\n");
        Files.writeString(page, Files.readString(page) + "written by people\n");
        BenchmarkPage.write(page, "second\n");
        assertThat(Files.readString(page))
                .startsWith("# Benchmarks")
                .contains(BenchmarkPage.BEGIN + "second\n" + BenchmarkPage.END)
                .endsWith("written by people\n")
                .doesNotContain("first\n");
        assertThatThrownBy(() -> BenchmarkPage.replace("nothing", "x")).hasMessageContaining("no place");
    }
}
