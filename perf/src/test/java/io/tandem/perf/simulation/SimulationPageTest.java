package io.tandem.perf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Profile;
import io.tandem.perf.simulation.network.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/simulation.md says what the simulation does: its two tables, row by row and no row more. */
class SimulationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "simulation.md");

    @Test
    void shouldHaveARowForEveryProfileAndEveryInvariant() throws IOException {
        final List<String> expected = new ArrayList<>();
        for (final Profile profile : Profile.values()) {
            expected.add(row(profile));
        }
        for (final Invariant invariant : Invariant.values()) {
            expected.add("| `" + invariant + "` | " + invariant.rule() + " |");
        }
        final List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldNameTheLongestCall() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(String.format(Locale.ROOT, "%,d s in this", Watch.LONGEST_CALL_SEC));
    }

    private static String row(final Profile profile) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %.0f %% | %.0f %% | %.0f %% | %d to %d | %.2f %% | %d | %.0f %% |",
                profile.name().toLowerCase(Locale.ROOT),
                100 * profile.loss(),
                100 * profile.duplicate(),
                100 * profile.reorder(),
                profile.delayMinNs() / VirtualTime.MILLISECOND,
                profile.delayMaxNs() / VirtualTime.MILLISECOND,
                100 * profile.streamClose(),
                profile.crashesPerThousandCalls(),
                100 * profile.misbehaviour());
    }
}
