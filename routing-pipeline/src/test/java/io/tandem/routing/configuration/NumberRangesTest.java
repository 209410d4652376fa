package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.number.E164;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How ranges are kept in chunks through every change, against an array with the owner of each number. */
class NumberRangesTest {
    /** Numbers from 100000 on, with the first number of the range of each; 0 for none. */
    private static final class Owners {
        private static final int FIRST = 100_000;
        private final int[] firsts;

        Owners(final int numbers) {
            firsts = new int[numbers];
        }

        void set(final long from, final long to, final long owner) {
            Arrays.fill(firsts, (int) from - FIRST, (int) to - FIRST + 1, (int) owner);
        }

        int owner(final long number) {
            return number < FIRST || number >= FIRST + firsts.length ? 0 : firsts[(int) number - FIRST];
        }

        long last(final long number) {
            long last = number;
            while (owner(number) != 0 && owner(last + 1) == owner(number)) {
                last++;
            }
            return last;
        }

        /** The highest range with a number from one to another. */
        NumberPattern highest(final long from, final long to) {
            for (long number = to; number >= from; number--) {
                if (owner(number) != 0) {
                    return NumberPattern.range(owner(number), last(number));
                }
            }
            return NumberPattern.NONE;
        }

        void assertAlike(final NumberBlocks blocks, final String when) {
            for (long number = FIRST - 2; number < FIRST + firsts.length + 2; number++) {
                final int owner = owner(number);
                if (blocks.rangeOf(number) != (owner == 0 ? E164.NONE : owner)
                        || blocks.lastOf(number) != (owner == number && owner != 0 ? last(number) : E164.NONE)) {
                    throw new AssertionError(when + " number=" + number + " expected=" + owner + " range="
                            + blocks.rangeOf(number) + " last=" + blocks.lastOf(number));
                }
            }
        }
    }

    @ParameterizedTest
    @DisplayName("whatever the order in which ranges come and go, each number finds its own")
    @CsvSource({"ascending, 1", "descending, 1", "random, 1", "random, 2", "inwards, 1", "random, 20261130"})
    void shouldKeepRangesInOrderThroughEveryChange(final String order, final long seed) {
        final int slots = 2_000;
        final SplittableRandom random = new SplittableRandom(seed);
        final Owners owners = new Owners(10 * slots);
        NumberBlocks blocks = NumberBlocks.NONE;
        for (final long slot : inOrder(order, slots, seed)) {
            final long first = Owners.FIRST + 10 * slot + random.nextInt(5);
            final long last = first + random.nextInt(1, 6);
            blocks = blocks.with(NumberPattern.range(first, last));
            owners.set(first, last, first);
            if (slot % 97 == 0) {
                owners.assertAlike(blocks, order + " seed=" + seed + " added=" + first);
            }
        }
        owners.assertAlike(blocks, order + " seed=" + seed);
        final NumberBlocks full = blocks;
        assertChunks(full, slots);
        for (int i = 0; i < 20_000; i++) {
            final long from = Owners.FIRST - 20L + random.nextInt(10 * slots + 40);
            final long to = from + random.nextInt(1, 40);
            assertThat(full.overlapping(from, to))
                    .as("from=%d to=%d seed=%d", from, to, seed)
                    .isEqualTo(owners.highest(from, to));
        }
        final Owners left = new Owners(10 * slots);
        System.arraycopy(owners.firsts, 0, left.firsts, 0, left.firsts.length);
        int removed = 0;
        for (final long slot : inOrder("random", slots, seed + 1)) {
            for (int off = 0; off < 5; off++) {
                final long first = Owners.FIRST + 10 * slot + off;
                if (left.owner(first) == first) {
                    final long last = left.last(first);
                    blocks = blocks.without(NumberPattern.range(first, last));
                    left.set(first, last, 0);
                }
            }
            if (++removed % 97 == 0) {
                left.assertAlike(blocks, "removed=" + removed + " seed=" + seed);
            }
        }
        assertThat(blocks.isEmpty()).isTrue();
        assertThat(blocks.chunkCount()).isZero();
        owners.assertAlike(full, "what came later changed it, seed=" + seed);
    }

    private static void assertChunks(final NumberBlocks blocks, final int ranges) {
        int counted = 0;
        for (int place = 0; place < blocks.chunkCount(); place++) {
            final long[] chunk = blocks.chunk(place);
            assertThat(chunk.length / 2).isBetween(1, NumberBlocks.CHUNK_RANGES);
            counted += chunk.length / 2;
        }
        assertThat(counted).isEqualTo(ranges);
        assertThat(LongStream.range(0, blocks.chunkCount()).flatMap(place -> Arrays.stream(blocks.chunk((int) place))))
                .isSorted();
    }

    @ParameterizedTest
    @DisplayName("a change copies one chunk and a short list, in whatever order ranges came")
    @ValueSource(strings = {"ascending", "descending", "random", "inwards"})
    void shouldFillItsChunks(final String order) {
        final int slots = 20_000;
        NumberBlocks blocks = NumberBlocks.NONE;
        for (final long slot : inOrder(order, slots, 7)) {
            blocks = blocks.with(NumberPattern.range(Owners.FIRST + 10 * slot, Owners.FIRST + 10 * slot + 9));
        }
        assertChunks(blocks, slots);
        assertThat(blocks.chunkCount())
                .as("chunks, of half their ranges at least")
                .isLessThanOrEqualTo(2 * slots / NumberBlocks.CHUNK_RANGES + 1);
    }

    private static List<Long> inOrder(final String order, final int slots, final long seed) {
        final List<Long> all =
                new ArrayList<>(LongStream.range(0, slots).boxed().toList());
        switch (order) {
            case "descending" -> Collections.reverse(all);
            case "random" -> Collections.shuffle(all, new Random(seed));
            case "inwards" -> all.replaceAll(slot -> slot % 2 == 0 ? slot / 2 : slots - 1 - slot / 2);
            default -> {}
        }
        return all;
    }

    @Test
    void shouldLetARangeTakeThePlaceOfOneThatBeginsLikeIt() {
        NumberBlocks blocks = NumberBlocks.NONE;
        for (long first = 100_000; first < 120_000; first += 10) {
            blocks = blocks.with(NumberPattern.range(first, first + 9));
        }
        for (final long first : new long[] {100_000, 105_110, 105_120, 110_240, 119_990}) {
            blocks = blocks.with(NumberPattern.range(first, first + 4));
            assertThat(blocks.lastOf(first)).isEqualTo(first + 4);
            assertThat(blocks.rangeOf(first + 5)).isEqualTo(E164.NONE);
            assertThat(blocks.rangeOf(first + 10)).isEqualTo(first == 119_990 ? E164.NONE : first + 10);
        }
        assertChunks(blocks, 2_000);
    }

    @Test
    @DisplayName("lengths of prefixes are there as long as any prefix has them")
    void shouldCountPrefixesOfEachLength() {
        final NumberBlocks one = NumberBlocks.NONE.with(NumberPattern.prefix(1202));
        final NumberBlocks two = one.with(NumberPattern.prefix(4930)).with(NumberPattern.prefix(123_456_789_012_345L));
        assertThat(one.prefixLengths()).isEqualTo(1 << 4);
        assertThat(two.prefixLengths()).isEqualTo(1 << 4 | 1 << 15);
        final NumberBlocks left = two.without(NumberPattern.prefix(1202));
        assertThat(left.prefixLengths()).isEqualTo(1 << 4 | 1 << 15);
        assertThat(left.without(NumberPattern.prefix(4930)).prefixLengths()).isEqualTo(1 << 15);
        assertThat(left.without(NumberPattern.prefix(4930))
                        .without(NumberPattern.prefix(123_456_789_012_345L))
                        .isEmpty())
                .isTrue();
        assertThat(one.with(NumberPattern.single(1202))
                        .without(NumberPattern.single(4711))
                        .prefixLengths())
                .isEqualTo(1 << 4);
    }
}
