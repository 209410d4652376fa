package io.tandem.perf.jmh;

import io.tandem.journal.generation.Generation;
import io.tandem.journal.generation.GenerationBuilder;
import io.tandem.journal.generation.NumberRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.collections.Long2LongHashMap;
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
 * One number found among one or ten million: with its whole row in the generation's map, as each call does it, and for
 * measure a bare position in a hash map on the heap. Keys come in random order, so that caches help as little as they
 * would; every key exists.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class NumberLookupBenchmark {
    private static final long FIRST = 12_000_000_000L;
    private static final long STRIDE = 37;
    private static final long SEED = 20_260_101L;
    private static final int KEYS = 1 << 20;

    /** Numbers to look for, in random order. */
    public abstract static class Keys {
        private final long[] keys = new long[KEYS];
        private int next;

        void draw(final int numbers) {
            final SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < KEYS; i++) {
                keys[i] = number(random.nextInt(numbers));
            }
        }

        final long nextKey() {
            return keys[next++ & (KEYS - 1)];
        }

        static long number(final int index) {
            return FIRST + index * STRIDE;
        }
    }

    /** The generation in a temporary directory. */
    @State(Scope.Thread)
    public static class InGeneration extends Keys {
        /** Numbers in the generation. */
        @Param({"1000000", "10000000"})
        public int numbers;

        private final NumberRow row = new NumberRow();
        private Path directory;
        private Generation generation;

        /** Builds and maps it. */
        @Setup
        public void build() throws IOException {
            draw(numbers);
            directory = Files.createTempDirectory("tandem-numbers");
            try (GenerationBuilder builder = GenerationBuilder.create(directory, "benchmark", numbers, 1)) {
                for (int i = 0; i < numbers; i++) {
                    builder.putNumber(row.clear().e164(number(i)).id(1, i).account(2, i & 0xFF));
                }
                builder.finish(1, 0);
            }
            generation = Generation.open(directory, "benchmark");
        }

        /** Closes and removes it. */
        @TearDown
        public void remove() throws IOException {
            generation.close();
            try (Stream<Path> paths = Files.walk(directory)) {
                for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** The map on the heap. */
    @State(Scope.Thread)
    public static class OnHeap extends Keys {
        private static final float LOAD_FACTOR = 0.6f;

        /** Numbers in the map. */
        @Param({"1000000", "10000000"})
        public int numbers;

        private Long2LongHashMap positions;

        /** Fills it. */
        @Setup
        public void build() {
            draw(numbers);
            positions = new Long2LongHashMap(numbers, LOAD_FACTOR, -1);
            for (int i = 0; i < numbers; i++) {
                positions.put(number(i), i);
            }
        }
    }

    @Benchmark
    public long generation(final InGeneration state) {
        if (!state.generation.number(state.nextKey(), state.row)) {
            throw new IllegalStateException("number missing: e164=" + state.row.e164());
        }
        return state.row.idLow();
    }

    @Benchmark
    public long heapMap(final OnHeap state) {
        return state.positions.get(state.nextKey());
    }
}
