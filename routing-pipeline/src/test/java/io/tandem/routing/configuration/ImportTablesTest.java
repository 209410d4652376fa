package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The compact tables of an import beside the plain ones of the JDK. */
class ImportTablesTest {
    private static final long SEED = 20_261_129;
    private static final int STEPS = 50_000;
    private static final int KEYS = 9_000;

    private record Key(long high, long low) {}

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** Few of them share a half, so that neither half alone tells them apart. */
    private Key key() {
        return new Key(random.nextInt(100), 1 + random.nextInt(KEYS / 100));
    }

    @Test
    @DisplayName("a map of identifiers holds what was put last")
    void shouldHoldWhatWasPutLast() {
        final IdMap map = new IdMap();
        final Map<Key, Key> expected = new LinkedHashMap<>();
        for (int i = 0; i < STEPS; i++) {
            final Key key = key();
            assertThat(map.find(key.high, key.low) >= 0).isEqualTo(expected.containsKey(key));
            map.put(key.high, key.low, i, -i);
            expected.put(key, new Key(i, -i));
        }
        final Map<Key, Key> shown = new LinkedHashMap<>();
        map.forEach((keyHigh, keyLow, high, low) -> shown.put(new Key(keyHigh, keyLow), new Key(high, low)));
        assertThat(shown).isEqualTo(expected);
        expected.forEach((key, value) -> {
            final int place = map.find(key.high, key.low);
            assertThat(new Key(map.high(place), map.low(place))).isEqualTo(value);
        });
    }

    @Test
    @DisplayName("a table of referrers keeps the first ones in their order and counts all, of zero as well")
    void shouldKeepTheFirstReferrersAndCountAll() {
        final int most = 16;
        final ReferrerTable table = new ReferrerTable();
        final Map<Key, List<Key>> expected = new LinkedHashMap<>();
        for (int i = 0; i < STEPS; i++) {
            final Key target = i % 10 == 0 ? new Key(0, 0) : key();
            final boolean all = target.high == 0;
            table.add(target.high, target.low, i, ~i, all ? Integer.MAX_VALUE : most, 0);
            expected.computeIfAbsent(target, k -> new ArrayList<>()).add(new Key(i, ~i));
        }
        expected.forEach((target, referrers) -> {
            final int place = table.find(target.high, target.low);
            assertThat(table.isTarget(place)).isTrue();
            assertThat(new Key(table.targetHigh(place), table.targetLow(place))).isEqualTo(target);
            assertThat(table.count(place)).isEqualTo(referrers.size());
            final IdList kept = table.referrers(place);
            final List<Key> keptKeys = new ArrayList<>();
            for (int i = 0; i < kept.count(); i++) {
                keptKeys.add(new Key(kept.high(i), kept.low(i)));
            }
            assertThat(keptKeys)
                    .isEqualTo(target.high == 0 ? referrers : referrers.subList(0, Math.min(most, referrers.size())));
        });
        assertThat(table.find(1_000, 1)).isNegative();
        int targets = 0;
        for (int place = 0; place < table.places(); place++) {
            targets += table.isTarget(place) ? 1 : 0;
        }
        assertThat(targets).isEqualTo(expected.size());
    }

    @Test
    @DisplayName("a table of referrers tells in which order they were made, where that is known of any")
    void shouldTellInWhichOrderReferrersWereMade() {
        final ReferrerTable table = new ReferrerTable();
        final Map<Key, List<List<Long>>> expected = new LinkedHashMap<>();
        for (long i = 0; i < STEPS; i++) {
            final Key target = new Key(0, random.nextInt(20));
            final long createdUs = target.low < 5 || random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(STEPS / 20);
            final long high = i * 0x9e3779b97f4a7c15L;
            table.add(target.high, target.low, high, i, Integer.MAX_VALUE, createdUs);
            expected.computeIfAbsent(target, k -> new ArrayList<>()).add(List.of(createdUs, high, i));
        }
        expected.forEach((target, rows) -> {
            final long[] creations = table.creations(table.find(target.high, target.low));
            if (target.low < 5) {
                assertThat(creations).isNull();
                return;
            }
            rows.sort(Comparator.<List<Long>>comparingLong(row -> row.get(0))
                    .thenComparing(row -> row.get(1), Long::compareUnsigned)
                    .thenComparing(row -> row.get(2), Long::compareUnsigned));
            assertThat(creations)
                    .isEqualTo(rows.stream()
                            .flatMap(List::stream)
                            .mapToLong(Long::longValue)
                            .toArray());
        });
    }

    @Test
    @DisplayName("lines come back as they were, short and longest ones")
    void shouldGiveLinesBackAsTheyWere() {
        final ImportLines lines = new ImportLines();
        final List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            final int length = i % 500 == 0 ? NdjsonImport.LINE_BYTES_MAX : random.nextInt(200);
            final byte[] line =
                    Integer.toString(i).repeat(length).substring(0, length).getBytes(StandardCharsets.US_ASCII);
            assertThat(lines.add(2L * i, line, length)).isEqualTo(i);
            expected.add(line);
        }
        for (int i = 0; i < expected.size(); i++) {
            assertThat(lines.get(i).number()).isEqualTo(2L * i);
            assertThat(lines.get(i).json()).isEqualTo(expected.get(i));
        }
        assertThat(lines.bytes())
                .isGreaterThanOrEqualTo(
                        expected.stream().mapToLong(line -> line.length).sum());
    }
}
