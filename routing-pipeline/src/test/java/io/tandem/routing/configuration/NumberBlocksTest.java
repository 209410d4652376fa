package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.number.E164;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes a number that ranges and prefixes hold, against lists of texts that are searched from end to end. */
class NumberBlocksTest {
    private static final ResourceId ACCOUNT = new ResourceId(1, 1);
    private static final int LOOK_UPS = 20_000;

    // ---- the longest match -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("of 1202555*, 12025550100..12025550199 and 1202555012* the last takes 12025550123")
    @CsvSource({
        "1202555* 12025550100..12025550199 1202555012*, 12025550123, 1202555012*",
        "1202555* 12025550100..12025550199 1202555012*, 12025550150, 12025550100..12025550199",
        "1202555* 12025550100..12025550199 1202555012*, 12025550200, 1202555*",
        "1202555* 12025550100..12025550199 1202555012*, 120255501234, 1202555012*",
        "1202555* 12025550100..12025550199 1202555012*, 120255501500, 1202555*",
        "1202555* 12025550100..12025550199 1202555012*, 1202555, 1202555*",
        "1202555* 12025550100..12025550199 1202555012*, 120255, ''",
        "12025550100..12025550199 120255501*, 12025550150, 12025550100..12025550199",
        "12025550100..12025550199 120255501*, 120255501500, 120255501*",
        "12025550100..12025550199 12025550150 1202555015*, 12025550150, 12025550150",
        "12025550100..12025550199 12025550150 1202555015*, 12025550151, 1202555015*",
        "12025550150..12025550159 1202555015*, 12025550155, 12025550150..12025550159",
        "12025550100..12025550199 12025550150*, 12025550150, 12025550150*",
        "100..999 1*, 150, 1*",
        "100..999 1*, 250, 100..999",
        "100..999 1*, 1500, 1*",
        "199..200 19*, 199, 19*",
        "199..200 19*, 200, 199..200",
        "199..200 19*, 201, ''",
        "123456789012345* 12345678901234*, 123456789012345, 123456789012345*",
        "123456789012340..123456789012349 123456789012345*, 123456789012345, 123456789012345*",
        "1*, 112, 1*"
    })
    void shouldTakeANumberByTheLongestMatch(final String patterns, final String number, final String taker) {
        final NumberOracle oracle = new NumberOracle();
        for (final String pattern : patterns.split(" ", -1)) {
            oracle.patterns.put((long) oracle.patterns.size(), pattern);
        }
        final Configuration configuration = configuration(oracle);
        final NumberRow row = new NumberRow();

        assertThat(configuration.longestMatch(Long.parseLong(number), row)).isEqualTo(!taker.isEmpty());

        assertThat(taker.isEmpty() ? "" : oracle.patterns.get(row.idLow)).isEqualTo(taker);
        assertMatches(configuration, oracle, new SplittableRandom(1), patterns);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 20261130})
    void shouldFindWhatAListFinds(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 12; round++) {
            final NumberOracle oracle = random(random, 1 << random.nextInt(7));
            assertMatches(configuration(oracle), oracle, random, "seed=" + seed + " round=" + round);
        }
    }

    @Test
    void shouldLeaveARowAloneWhereNothingHoldsANumber() {
        final NumberOracle oracle = new NumberOracle();
        oracle.patterns.put(1L, "1202555*");
        oracle.patterns.put(2L, "12025540100..12025540199");
        final NumberRow row = new NumberRow();
        row.key = 4711;
        row.e164 = 4712;
        row.idHigh = 4713;
        for (final long number : new long[] {12025540099L, 12025540200L, 1202554, 120255, 112, 120255401000L}) {
            assertThat(configuration(oracle).longestMatch(number, row)).isFalse();
            assertThat(List.of(row.key, row.e164, row.idHigh)).containsExactly(4711L, 4712L, 4713L);
        }
        assertThat(InMemoryConfiguration.empty().longestMatch(112, row)).isFalse();
        assertThat(InMemoryConfiguration.empty().blocks().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("a prefix or a range is looked up by its whole name: a range with another end is another one")
    void shouldFindPatternsByTheirNames() {
        final NumberOracle oracle = new NumberOracle();
        oracle.patterns.put(1L, "1202555*");
        oracle.patterns.put(2L, "12025540100..12025540199");
        oracle.patterns.put(3L, "1202");
        final Configuration configuration = configuration(oracle);
        oracle.patterns.forEach((id, pattern) -> assertThat(
                        configuration.find(NumberPattern.parse(pattern).name()))
                .isEqualTo(new ResourceId(2, id)));
        for (final String other : new String[] {
            "1202555",
            "120255*",
            "12025540100",
            "12025540100..12025540198",
            "12025540101..12025540199",
            "1202*",
            "1202..1203"
        }) {
            assertThat(configuration.find(NumberPattern.parse(other).name()))
                    .as(other)
                    .isNull();
        }
    }

    // ---- changes over a generation ---------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName(
            "numbers, prefixes and ranges that pass from one to another, shrink, grow and go, in any order of edits")
    @ValueSource(longs = {1, 2, 3, 4, 5, 20261130})
    void shouldFollowEveryChangeOverAGeneration(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        NumberOracle now = random(random, 24);
        OverlaidConfiguration overlaid = OverlaidConfiguration.over(configuration(now));
        final OverlaidConfiguration first = overlaid;
        final NumberOracle before = now;
        int made = 0;
        for (int step = 2; step < 200; step++) {
            final NumberOracle next = changed(now, random);
            if (next.isRight() && !next.patterns.equals(now.patterns)) {
                final List<ResourceEdit> edits = edits(now, next);
                Collections.shuffle(edits, new Random(random.nextLong()));
                overlaid = overlaid.with(edits, step);
                final String when = "seed=" + seed + " step=" + step + " from=" + now.patterns + " to=" + next.patterns;
                now = next;
                made++;
                assertMatches(overlaid, now, random, when);
                assertAlike(overlaid.blocks(), configuration(now).blocks(), when);
            }
        }
        assertThat(made).as("changes, seed=" + seed).isGreaterThan(60);
        assertMatches(first, before, random, "the revision before, seed=" + seed);
    }

    @ParameterizedTest
    @DisplayName("what one gives up another has, whichever edit comes first")
    @CsvSource({
        "1202* 1203*, 1203* 1202*",
        "12025550100..12025550199 12025550200..12025550299, 12025550200..12025550299 12025550100..12025550199",
        "12025550100..12025550199 -, - 12025550100..12025550149",
        "12025550100..12025550199 -, 12025550100..12025550149 12025550150..12025550199",
        "12025550100..12025550149 12025550150..12025550199, 12025550100..12025550199 -",
        "12025550100..12025550199 12025550200..12025550299, 12025550150..12025550249 12025550250..12025550349",
        "1202* -, - 1202*",
        "1202* 1202, 1202 1202*",
        "12025550100..12025550199 12025550100, 12025550100 12025550100..12025550199",
        "12025550100..12025550199 120*, 120* 12025550100..12025550150",
        "1202* 1203*, 1203* 1204*"
    })
    void shouldPassPatternsFromOneToAnother(final String from, final String to) {
        final NumberOracle before = oracle(from);
        final NumberOracle after = oracle(to);
        final List<ResourceEdit> edits = edits(before, after);
        for (final List<ResourceEdit> order : List.of(edits, edits.reversed())) {
            final OverlaidConfiguration overlaid =
                    OverlaidConfiguration.over(configuration(before)).with(order, 2);
            assertMatches(overlaid, after, new SplittableRandom(1), to);
            assertAlike(overlaid.blocks(), configuration(after).blocks(), to);
            final OverlaidConfiguration back = overlaid.with(edits(after, before), 3);
            assertMatches(back, before, new SplittableRandom(1), from);
            assertAlike(back.blocks(), configuration(before).blocks(), from);
        }
    }

    private static NumberOracle oracle(final String patterns) {
        final NumberOracle oracle = new NumberOracle();
        final String[] texts = patterns.split(" ", -1);
        for (int i = 0; i < texts.length; i++) {
            if (!texts[i].equals("-")) {
                oracle.patterns.put((long) i, texts[i]);
            }
        }
        return oracle;
    }

    private static NumberOracle changed(final NumberOracle now, final SplittableRandom random) {
        final NumberOracle next = new NumberOracle(now);
        final List<String> texts = new ArrayList<>(now.patterns.values());
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            final long id = random.nextLong(40);
            final String was = next.patterns.get(id);
            final String other = texts.isEmpty() ? "1202" : texts.get(random.nextInt(texts.size()));
            switch (random.nextInt(6)) {
                case 0 -> next.patterns.remove(id);
                case 1 -> next.patterns.put(id, NumberOracle.pattern(random));
                case 2, 3 -> {
                    next.patterns.entrySet().stream()
                            .filter(entry -> entry.getValue().equals(other))
                            .findFirst()
                            .ifPresent(entry -> {
                                if (was == null) {
                                    next.patterns.remove(entry.getKey());
                                } else {
                                    entry.setValue(was);
                                }
                            });
                    next.patterns.put(id, other);
                }
                default -> {
                    if (was != null && was.contains("..")) {
                        next.patterns.put(id, resized(was, random));
                    } else if (was != null && !was.endsWith("*")) {
                        final long number = Long.parseLong(was);
                        if (Long.toString(number + 3).length() == was.length()) {
                            next.patterns.put(id, was + ".." + (number + 3));
                        }
                    }
                }
            }
        }
        return next;
    }

    /** A range with another beginning or end, or its first number alone. */
    private static String resized(final String range, final SplittableRandom random) {
        final String first = NumberOracle.first(range);
        final String last = NumberOracle.last(range);
        final long middle = (Long.parseLong(first) + Long.parseLong(last)) / 2;
        final String longer = Long.toString(Long.parseLong(last) + 1);
        return switch (random.nextInt(4)) {
            case 0 -> first;
            case 1 -> middle > Long.parseLong(first) ? first + ".." + middle : first;
            case 2 -> middle + 1 < Long.parseLong(last) ? middle + 1 + ".." + last : last;
            default -> longer.length() == first.length() ? first + ".." + longer : range;
        };
    }

    private static List<ResourceEdit> edits(final NumberOracle from, final NumberOracle to) {
        final List<ResourceEdit> edits = new ArrayList<>();
        to.patterns.forEach((id, pattern) -> {
            if (!pattern.equals(from.patterns.get(id))) {
                edits.add(new ResourceEdit(ResourceKind.NUMBERS, new ResourceId(2, id), json(id, pattern)));
            }
        });
        from.patterns.keySet().forEach(id -> {
            if (!to.patterns.containsKey(id)) {
                edits.add(new ResourceEdit(ResourceKind.NUMBERS, new ResourceId(2, id), null));
            }
        });
        return edits;
    }

    // ---- stored and read back --------------------------------------------------------------------------------------

    @Test
    @DisplayName("ranges of several chunks and all lengths of prefixes are read as they were written")
    void shouldReadBackWhatItWrote() {
        NumberBlocks blocks = NumberBlocks.NONE;
        final IndexBuilder builder = new IndexBuilder();
        for (int i = 0; i < 3 * NumberBlocks.CHUNK_RANGES + 1; i++) {
            final NumberPattern range = NumberPattern.range(12025500000L + 10L * i, 12025500000L + 10L * i + i % 9 + 1);
            blocks = blocks.with(range);
            builder.add(ResourceKind.NUMBERS, number(json(i, range.text())), List.of(), 0);
        }
        long digits = 4;
        for (int length = 1; length <= E164.DIGITS_MAX; length++) {
            blocks = blocks.with(NumberPattern.prefix(digits));
            builder.add(ResourceKind.NUMBERS, number(json(10_000 + length, digits + "*")), List.of(), 0);
            digits = 10 * digits + length % 10;
        }
        final NumberBlocks read = stored(builder).blocks();

        assertAlike(read, blocks, "stored");
        assertThat(read.chunkCount()).isEqualTo(blocks.chunkCount()).isGreaterThan(3);
        assertThat(read.prefixes()).containsExactly(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(read.prefixLengths()).isEqualTo(0xfffe);
        for (long number = 12025499990L; number < 12025516000L; number++) {
            assertThat(read.rangeOf(number)).isEqualTo(blocks.rangeOf(number));
        }
    }

    @Test
    void shouldWriteNothingWhereThereIsNothing() {
        final IndexBuilder builder = new IndexBuilder();
        builder.add(ResourceKind.NUMBERS, number(json(1, "12025550123")), List.of(), 0);
        final List<Integer> codes = new ArrayList<>();
        builder.writeTo((code, high, low, value) -> codes.add(code));

        assertThat(codes).isEmpty();
        assertThat(stored(builder).blocks().isEmpty()).isTrue();
    }

    private static StoredIndex stored(final IndexBuilder builder) {
        final Map<List<Long>, byte[]> entries = new HashMap<>();
        builder.writeTo(
                (code, high, low, value) -> assertThat(entries.put(List.of((long) code, high, low), value.clone()))
                        .isNull());
        return new StoredIndex((code, high, low) -> entries.get(List.of((long) code, high, low)));
    }

    // ---- allocation ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("a look-up allocates nothing: the number itself, by range, by prefix, or not there")
    @CsvSource({
        "12025550123, 12025550123",
        "12025550150, 12025550100..12025550199",
        "4930123456, 4930*",
        "493, 4*",
        "442071838750, ''",
        "12025550200, ''"
    })
    void shouldAllocateNothingPerLookUp(final String number, final String taker) {
        final NumberOracle oracle = new NumberOracle();
        long id = 0;
        for (final String pattern :
                List.of("12025550123", "12025550100..12025550199", "4930*", "4*", "44207*", "120255599*")) {
            oracle.patterns.put(id++, pattern);
        }
        oracle.patterns.remove(4L);
        for (int i = 0; i < 2_000; i++) {
            oracle.patterns.put(id++, (33_100_000_000L + 100L * i) + ".." + (33_100_000_099L + 100L * i));
        }
        if (taker.isEmpty()) {
            oracle.patterns.remove(3L);
        }
        final Configuration base = configuration(oracle);
        final OverlaidConfiguration overlaid = OverlaidConfiguration.over(base)
                .with(edits(new NumberOracle(), oracle("12025550123 12025550100..12025550199")), 2);
        final NumberRow row = new NumberRow();
        for (final Configuration configuration : List.of(base, overlaid)) {
            final long e164 = Long.parseLong(number);
            assertThat(configuration.longestMatch(e164, row)).isEqualTo(!taker.isEmpty());
            assertThat(taker.isEmpty() ? "" : oracle.patterns.get(row.idLow)).isEqualTo(taker);
            assertThat(allocated(asked -> configuration.longestMatch(asked, row) ? 1 : 0, e164))
                    .as("bytes of %d look-ups", LOOK_UPS)
                    .isLessThan(LOOK_UPS / 2);
        }
    }

    /** The least of several rounds: compilers allocate on the side while they replace what they compiled. */
    private static long allocated(final LongUnaryOperator lookUp, final long e164) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < 8; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < LOOK_UPS; i++) {
                sum += lookUp.applyAsLong(e164);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(sum % LOOK_UPS).isZero();
        return least;
    }

    // ---- common ----------------------------------------------------------------------------------------------------

    private static NumberOracle random(final SplittableRandom random, final int most) {
        final NumberOracle oracle = new NumberOracle();
        for (long id = 0; id < most; id++) {
            final String pattern = NumberOracle.pattern(random);
            if (oracle.isFree(pattern)) {
                oracle.patterns.put(id, pattern);
            }
        }
        return oracle;
    }

    /** Every number at an edge of anything, and others, are taken by what the list says, and all that hold them are named. */
    private static void assertMatches(
            final Configuration configuration,
            final NumberOracle oracle,
            final SplittableRandom random,
            final String when) {
        final NumberRow row = new NumberRow();
        for (final String number : oracle.probes(random)) {
            final long e164 = Long.parseLong(number);
            final List<Long> holders = oracle.holders(number);
            row.clear();
            final boolean found = configuration.longestMatch(e164, row);
            if (found == holders.isEmpty()
                    || (found
                            && (row.idLow != holders.getFirst()
                                    || row.e164 != e164
                                    || row.key
                                            != NumberPattern.parse(oracle.patterns.get(row.idLow))
                                                    .key()))) {
                throw new AssertionError(when + " number=" + number + " expected=" + holders + " found=" + found
                        + " by=" + row.idLow + " e164=" + row.e164 + " key=" + row.key);
            }
            final List<Long> named = new ArrayList<>();
            if (configuration.number(e164, row)) {
                named.add(row.idLow);
            }
            configuration.blocks().forEachKey(e164, key -> {
                if (configuration.number(key, row)) {
                    named.add(row.idLow);
                }
            });
            if (!named.equals(holders)) {
                throw new AssertionError(when + " number=" + number + " expected=" + holders + " named=" + named);
            }
        }
    }

    /** The same ranges and lengths of prefixes, whatever chunks they stand in. */
    private static void assertAlike(final NumberBlocks one, final NumberBlocks other, final String when) {
        assertThat(ranges(one)).as(when).isEqualTo(ranges(other));
        assertThat(one.prefixes()).as(when).isEqualTo(other.prefixes());
        assertThat(one.prefixLengths()).as(when).isEqualTo(other.prefixLengths());
        assertThat(one.isEmpty()).as(when).isEqualTo(other.isEmpty());
    }

    private static List<Long> ranges(final NumberBlocks blocks) {
        return LongStream.range(0, blocks.chunkCount())
                .flatMap(place -> Arrays.stream(blocks.chunk((int) place)))
                .boxed()
                .toList();
    }

    private static InMemoryConfiguration configuration(final NumberOracle oracle) {
        final InMemoryConfiguration.Builder builder = InMemoryConfiguration.builder("numbers", 1);
        final NumberRow row = new NumberRow();
        oracle.patterns.forEach((id, pattern) -> {
            final byte[] json = json(id, pattern);
            NumberRows.fill(number(json), row);
            builder.number(row, json);
        });
        return builder.build();
    }

    private static PhoneNumber number(final byte[] json) {
        return (PhoneNumber) ResourceReader.read(ResourceKind.NUMBERS, json).resource();
    }

    private static byte[] json(final long id, final String pattern) {
        return ("{\"id\":\"" + new ResourceId(2, id).prefixed(ResourceKind.NUMBERS) + "\",\"account_id\":\""
                        + ACCOUNT.prefixed(ResourceKind.ACCOUNTS) + "\",\"e164\":\"" + pattern
                        + "\",\"dest_kind\":\"hangup\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
