package io.tandem.perf.jmh;

import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.perf.population.Population;
import io.tandem.perf.population.PopulationSize;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.configuration.NumberRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call to a number looks up among a million numbers: one that is there by itself, one in a range, one that only a prefix
 * holds, and one of nobody; without any prefix or range, and with 100,000 ranges of ten numbers and prefixes of three lengths.
 * Keys come in random order.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LongestMatchBenchmark {
    private static final int RANGE_NUMBERS = 10;
    private static final long FIRST_OF_RANGES = 13_000_000_000L;
    private static final long FIRST_OF_PREFIX = 14_000_000_000L;
    private static final long FIRST_OF_NOBODY = 15_000_000_000L;
    private static final long SEED = 20_261_130L;
    private static final int KEYS = 1 << 20;

    /** A generation in a temporary directory. */
    @State(Scope.Thread)
    public static class Imported {
        /** Numbers in it. */
        @Param("1000000")
        public int numbers;

        /** Ranges in it, and three prefixes beside them, or none of both. */
        @Param({"none", "100000"})
        public String blocks;

        private final NumberRow row = new NumberRow();
        private final int[] order = new int[KEYS];
        private Path directory;
        private GenerationStore generations;
        private Configuration configuration;
        private int next;

        /** Imports and maps it. */
        @Setup
        public void build() throws IOException {
            directory = Files.createTempDirectory("tandem-longest-match");
            final Path file = directory.resolve("numbers.ndjson");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                Population.write(new PopulationSize(100, 0, 0, numbers), "127.0.0.2/32", "127.0.0.3:5080", out);
                if (!blocks.equals("none")) {
                    writeBlocks(Integer.parseInt(blocks), out);
                }
            }
            generations = new GenerationStore(Files.createDirectory(directory.resolve("config")));
            final GenerationStore.Imported imported =
                    generations.importFrom(() -> Files.newInputStream(file), 0, ImportProgress.SILENT);
            configuration = generations.open(imported.generation().orElseThrow());
            final SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < KEYS; i++) {
                order[i] = random.nextInt(numbers);
            }
        }

        private static void writeBlocks(final int ranges, final OutputStream out) throws IOException {
            for (final String prefix : new String[] {"14*", "14099*", "15999999*"}) {
                write(out, prefix);
            }
            for (long i = 0; i < ranges; i++) {
                final long first = FIRST_OF_RANGES + i * RANGE_NUMBERS;
                write(out, first + ".." + (first + RANGE_NUMBERS - 1));
            }
        }

        private static void write(final OutputStream out, final String e164) throws IOException {
            out.write(("{\"resource\":\"numbers\",\"account_id\":\"name:a0\",\"e164\":\"" + e164
                            + "\",\"dest_kind\":\"trunk\",\"dest_id\":\"name:pbx\"}\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }

        /** Closes and removes it. */
        @TearDown
        public void remove() throws IOException {
            generations.close();
            try (Stream<Path> paths = Files.walk(directory)) {
                for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }

        boolean look(final long first) {
            return configuration.longestMatch(first + order[next++ & (KEYS - 1)], row);
        }
    }

    /** A number that is there by itself. */
    @Benchmark
    public boolean single(final Imported state) {
        return state.look(Population.FIRST_NUMBER);
    }

    /** A number in a range; of nobody where there are none. */
    @Benchmark
    public boolean range(final Imported state) {
        return state.look(FIRST_OF_RANGES);
    }

    /** A number that the shortest of three prefixes holds; of nobody where there are none. */
    @Benchmark
    public boolean prefix(final Imported state) {
        return state.look(FIRST_OF_PREFIX);
    }

    /** A number of nobody. */
    @Benchmark
    public boolean nobody(final Imported state) {
        return state.look(FIRST_OF_NOBODY);
    }
}
