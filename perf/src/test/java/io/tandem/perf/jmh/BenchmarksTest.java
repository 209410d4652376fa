package io.tandem.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The benchmarks are generated, their samples are SIP, and the command hands JMH's options on. */
class BenchmarksTest {
    @Test
    void shouldBeGenerated() throws IOException {
        try (InputStream list = BenchmarksTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
            assertThat(list).as("JMH's annotation processor ran").isNotNull();
            assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(
                            "SipMessageBenchmark",
                            "SpliceBenchmark",
                            "NumberLookupBenchmark",
                            "LongestMatchBenchmark",
                            "CoreCallBenchmark");
        }
    }

    @Test
    void shouldMeasureValidMessages() {
        new SipMessageBenchmark().verify();
        final SpliceBenchmark splice = new SpliceBenchmark();
        splice.verify();
        assertThat(splice.spliceInvite()).isGreaterThan(800);
    }

    @Test
    void shouldFindEveryNumberItLooksFor() throws IOException {
        final NumberLookupBenchmark benchmark = new NumberLookupBenchmark();
        final NumberLookupBenchmark.InGeneration generation = new NumberLookupBenchmark.InGeneration();
        final NumberLookupBenchmark.OnHeap heap = new NumberLookupBenchmark.OnHeap();
        generation.numbers = 1_000;
        heap.numbers = 1_000;
        heap.build();
        generation.build();
        try {
            for (int i = 0; i < 2_000; i++) {
                assertThat(benchmark.generation(generation)).isEqualTo(benchmark.heapMap(heap));
            }
        } finally {
            generation.remove();
        }
    }

    @ParameterizedTest
    @CsvSource({"none, true, false, false", "100, true, true, true"})
    void shouldFindWhatItLooksFor(final String blocks, final boolean single, final boolean range, final boolean prefix)
            throws IOException {
        final LongestMatchBenchmark benchmark = new LongestMatchBenchmark();
        final LongestMatchBenchmark.Imported imported = new LongestMatchBenchmark.Imported();
        imported.numbers = 1_000;
        imported.blocks = blocks;
        imported.build();
        try {
            for (int i = 0; i < 2_000; i++) {
                assertThat(benchmark.single(imported)).isEqualTo(single);
                assertThat(benchmark.range(imported)).isEqualTo(range);
                assertThat(benchmark.prefix(imported)).isEqualTo(prefix);
                assertThat(benchmark.nobody(imported)).isFalse();
            }
        } finally {
            imported.remove();
        }
    }

    @Test
    void shouldMakeACallOfThePeersAlone() {
        assertThat(new CoreCallBenchmark().peersAlone(new CoreCallBenchmark.Peers()))
                .isGreaterThan(1_500);
    }

    @Test
    void shouldHandOptionsOnToJmh() {
        final CommandLine line = new CommandLine(new JmhCommand());
        line.parseArgs("CoreCall", "-prof", "gc", "-f", "2");
        assertThat(line.getParseResult().matchedPositional(0).originalStringValues())
                .isEqualTo(Arrays.asList("CoreCall", "-prof", "gc", "-f", "2"));
    }
}
