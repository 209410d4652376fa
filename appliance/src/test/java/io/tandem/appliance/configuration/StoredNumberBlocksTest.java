package io.tandem.appliance.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prefixes and ranges of numbers in generations on disk, and in changes over them. */
class StoredNumberBlocksTest {
    private static final int RANGES = 2_000;
    private static final int LOOK_UPS = 20_000;

    @TempDir
    Path directory;

    private static String line(final String e164) {
        return "{\"resource\":\"numbers\",\"account_id\":\"name:acme\",\"e164\":\"" + e164 + "\"}\n";
    }

    /** A number, prefixes, and ranges of ten from 4930100000 on, each twenty behind the one before. */
    private static String file() {
        final StringBuilder lines = new StringBuilder(
                "{\"resource\":\"accounts\",\"name\":\"acme\",\"did_default_dest_kind\":\"hangup\"}\n");
        lines.append(line("12025550123")).append(line("1202555*")).append(line("12025550100..12025550199"));
        lines.append(line("49301*")).append(line("123456789012345*"));
        for (int i = RANGES - 1; i >= 0; i--) {
            lines.append(line(range(i)));
        }
        return lines.toString();
    }

    private static String range(final int i) {
        return (4930100000L + 20L * i) + ".." + (4930100009L + 20L * i);
    }

    private static String imported(final GenerationStore store, final String lines) throws IOException {
        final byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        final GenerationStore.Imported imported =
                store.importFrom(() -> new ByteArrayInputStream(bytes), 1_700_000_000_000L, ImportProgress.SILENT);
        assertThat(imported.result().problems().kept()).isEmpty();
        return imported.generation().orElseThrow();
    }

    /** What takes a number, as it is written; empty for nothing. */
    private static String taker(final Configuration configuration, final long number) {
        final NumberRow row = new NumberRow();
        if (!configuration.longestMatch(number, row)) {
            return "";
        }
        assertThat(row.e164).isEqualTo(number);
        final String json =
                new String(configuration.resource(ResourceKind.NUMBERS, row.idHigh, row.idLow), StandardCharsets.UTF_8);
        final String pattern = json.replaceAll(".*\"e164\":\"([^\"]*)\".*", "$1");
        assertThat(row.key).isEqualTo(NumberPattern.parse(pattern).key());
        assertThat(configuration.find(NumberPattern.parse(pattern).name()))
                .isEqualTo(new ResourceId(row.idHigh, row.idLow));
        return pattern;
    }

    private static void assertAsImported(final Configuration configuration) {
        assertThat(taker(configuration, 12025550123L)).isEqualTo("12025550123");
        assertThat(taker(configuration, 12025550100L)).isEqualTo("12025550100..12025550199");
        assertThat(taker(configuration, 12025550199L)).isEqualTo("12025550100..12025550199");
        assertThat(taker(configuration, 12025550200L)).isEqualTo("1202555*");
        assertThat(taker(configuration, 1202555L)).isEqualTo("1202555*");
        assertThat(taker(configuration, 123456789012345L)).isEqualTo("123456789012345*");
        assertThat(taker(configuration, 1202554L)).isEmpty();
        assertThat(taker(configuration, 112)).isEmpty();
        for (int i = 0; i < RANGES; i += 7) {
            final long first = 4930100000L + 20L * i;
            assertThat(taker(configuration, first)).isEqualTo(range(i));
            assertThat(taker(configuration, first + 9)).isEqualTo(range(i));
            assertThat(taker(configuration, first + 10)).isEqualTo("49301*");
        }
        for (final String name : new String[] {"x", "1202*", "12025550100", "12025550100..12025550198", "*"}) {
            assertThat(configuration.find(new UniqueName(ResourceKind.NUMBERS, "e164", ResourceId.NIL, name)))
                    .as(name)
                    .isNull();
        }
        final List<ResourceId> all = new ArrayList<>();
        configuration.forEachNumber(ResourceId.NIL, (high, low) -> all.add(new ResourceId(high, low)));
        assertThat(all).hasSize(RANGES + 5).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("a generation finds what takes a number, and does so when it is opened again")
    void shouldFindBlocksInAGenerationAgain() throws IOException {
        final String name;
        try (GenerationStore store = new GenerationStore(directory)) {
            name = imported(store, file());
            assertAsImported(store.open(name));
        }
        try (GenerationStore store = new GenerationStore(directory)) {
            assertAsImported(store.open(name));
            assertThat(store.manifest(name).revision()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "changes of ranges and prefixes over a generation are there when both are opened again, and more can be made")
    void shouldFindBlocksThatWereChanged() throws IOException {
        final String generation;
        final String name;
        try (GenerationStore store = new GenerationStore(directory)) {
            generation = imported(store, file());
            final OverlaidConfiguration changed = OverlaidConfiguration.over(store.open(generation))
                    .with(
                            List.of(
                                    edit(store.open(generation), range(1), range(0)),
                                    edit(store.open(generation), range(0), "4930100020..4930100024"),
                                    edit(store.open(generation), "1202555*", "1202*"),
                                    edit(store.open(generation), "12025550100..12025550199", null),
                                    edit(store.open(generation), range(2), "4930100040"),
                                    edit(store.open(generation), "12025550123", "12025550120..12025550129")),
                            2);
            assertChanged(changed);
            store.store(changed);
            name = changed.name();
        }
        try (GenerationStore store = new GenerationStore(directory)) {
            assertAsImported(store.open(generation));
            final OverlaidConfiguration again = (OverlaidConfiguration) store.open(name);
            assertChanged(again);

            final OverlaidConfiguration more = again.with(
                    List.of(edit(again, "4930100020..4930100024", range(1)), edit(again, "1202*", "1202555*")), 3);

            assertThat(taker(more, 4930100029L)).isEqualTo(range(1));
            assertThat(taker(more, 12025550100L)).isEqualTo("1202555*");
            assertThat(taker(more, 12029990100L)).isEmpty();
            assertChanged(again);
        }
    }

    private static void assertChanged(final Configuration configuration) {
        assertThat(taker(configuration, 4930100000L)).isEqualTo(range(0));
        assertThat(taker(configuration, 4930100024L)).isEqualTo("4930100020..4930100024");
        assertThat(taker(configuration, 4930100025L)).isEqualTo("49301*");
        assertThat(taker(configuration, 4930100040L)).isEqualTo("4930100040");
        assertThat(taker(configuration, 4930100041L)).isEqualTo("49301*");
        assertThat(taker(configuration, 4930100060L)).isEqualTo(range(3));
        assertThat(taker(configuration, 12025550123L)).isEqualTo("12025550120..12025550129");
        assertThat(taker(configuration, 12025550130L)).isEqualTo("1202*");
        assertThat(taker(configuration, 12029990100L)).isEqualTo("1202*");
        assertThat(taker(configuration, 12035550100L)).isEmpty();
    }

    /** What is there under one text, under another; gone if that is null. */
    private static ResourceEdit edit(final Configuration in, final String pattern, final String other) {
        final ResourceId id = in.find(NumberPattern.parse(pattern).name());
        if (other == null) {
            return new ResourceEdit(ResourceKind.NUMBERS, id, null);
        }
        final String json = new String(in.resource(ResourceKind.NUMBERS, id.high(), id.low()), StandardCharsets.UTF_8);
        return new ResourceEdit(
                ResourceKind.NUMBERS,
                id,
                json.replace("\"e164\":\"" + pattern + "\"", "\"e164\":\"" + other + "\"")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("a look-up in a generation allocates nothing: by itself, by range, by prefix, or not there")
    void shouldAllocateNothingPerLookUp() throws IOException {
        try (GenerationStore store = new GenerationStore(directory)) {
            final Configuration configuration = store.open(imported(store, file()));
            for (final long number : new long[] {12025550123L, 4930101005L, 4930101015L, 12025550150L, 442071838750L}) {
                assertThat(allocated(configuration, number))
                        .as("bytes of %d look-ups of %d", LOOK_UPS, number)
                        .isLessThan(LOOK_UPS / 2);
            }
        }
    }

    /** The least of several rounds: compilers allocate on the side while they replace what they compiled. */
    private static long allocated(final Configuration configuration, final long number) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final NumberRow row = new NumberRow();
        long least = Long.MAX_VALUE;
        int found = 0;
        for (int round = 0; round < 8; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < LOOK_UPS; i++) {
                found += configuration.longestMatch(number, row) ? 1 : 0;
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(found % LOOK_UPS).isZero();
        return least;
    }
}
