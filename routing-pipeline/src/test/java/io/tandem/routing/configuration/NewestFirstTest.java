package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.StoredTimes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and flows of an account in the order in which they were made. */
class NewestFirstTest {
    private static final List<ResourceKind> KINDS = List.of(ResourceKind.NUMBERS, ResourceKind.FLOWS);
    private static final List<ResourceId> ACCOUNTS =
            List.of(new ResourceId(9, 1), new ResourceId(9, 2), new ResourceId(9, 3), new ResourceId(-9, 4));
    private static final int STEPS = 600;
    private static final int CREATION_CODES = 300;

    private record Key(ResourceKind kind, ResourceId id) {}

    private record Value(ResourceId account, long createdUs) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 20261130})
    @DisplayName(
            "made, changed, moved, deleted, exported and imported: always the order of a sorted set, from any place on")
    void shouldBehaveLikeASortedSet(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<Key, Value> model = new LinkedHashMap<>();
        for (int i = random.nextInt(150); i > 0; i--) {
            model.put(key(random), value(random));
        }
        OverlaidConfiguration configuration = OverlaidConfiguration.over(imported(model, 1));
        for (int step = 2; step < STEPS; step++) {
            final Key key = key(random);
            final Value was = model.get(key);
            final int choice = random.nextInt(100);
            if (choice == 0) {
                configuration = OverlaidConfiguration.over(imported(model, step));
                continue;
            }
            final Value now;
            if (was == null) {
                now = value(random);
            } else if (choice < 40) {
                now = null;
            } else {
                now = choice < 50 ? new Value(account(random), was.createdUs) : was;
            }
            configuration = configuration.with(
                    List.of(new ResourceEdit(key.kind, key.id, now == null ? null : json(key, now, step))), step);
            if (now == null) {
                model.remove(key);
            } else {
                model.put(key, now);
            }
            assertShows(configuration, model, random, "seed=" + seed + " step=" + step);
        }
    }

    private static void assertShows(
            final Configuration configuration,
            final Map<Key, Value> model,
            final SplittableRandom random,
            final String about) {
        for (final ResourceKind kind : KINDS) {
            for (final ResourceId account : ACCOUNTS) {
                final NavigableSet<Creation> expected = expected(model, kind, account);
                assertThat(shown(configuration, kind, account, Creation.FIRST, Integer.MAX_VALUE))
                        .as(about)
                        .containsExactlyElementsOf(expected);
                final Creation before = random.nextBoolean() && !expected.isEmpty()
                        ? new ArrayList<>(expected).get(random.nextInt(expected.size()))
                        : Creation.behindAllOf(random.nextInt(-1, 12));
                final int most = 1 + random.nextInt(10);
                assertThat(shown(configuration, kind, account, before, most))
                        .as(about)
                        .containsExactlyElementsOf(expected.tailSet(before, false).stream()
                                .limit(most)
                                .toList());
            }
        }
    }

    private static NavigableSet<Creation> expected(
            final Map<Key, Value> model, final ResourceKind kind, final ResourceId account) {
        final NavigableSet<Creation> expected = new TreeSet<>();
        model.forEach((key, value) -> {
            if (key.kind == kind && value.account.equals(account)) {
                expected.add(new Creation(value.createdUs, key.id));
            }
        });
        return expected;
    }

    private static List<Creation> shown(
            final Configuration configuration,
            final ResourceKind kind,
            final ResourceId account,
            final Creation before,
            final int most) {
        final List<Creation> shown = new ArrayList<>();
        final boolean all = configuration.forEachNewest(kind, account, before, creation -> {
            shown.add(creation);
            return shown.size() < most;
        });
        assertThat(all).isEqualTo(shown.size() < most);
        return shown;
    }

    /** Identifiers from both ends of the unsigned numbers. */
    private static Key key(final SplittableRandom random) {
        return new Key(
                KINDS.get(random.nextInt(KINDS.size())), new ResourceId(random.nextInt(-2, 2), random.nextInt(1, 40)));
    }

    private static ResourceId account(final SplittableRandom random) {
        return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    }

    /** The first account's are all of unknown times, the others' of few times and some of none. */
    private static Value value(final SplittableRandom random) {
        final ResourceId account = account(random);
        return new Value(account, account.equals(ACCOUNTS.getFirst()) ? 0 : random.nextInt(12));
    }

    private static byte[] json(final Key key, final Value value, final int step) {
        final String own = key.kind == ResourceKind.NUMBERS
                ? "\"e164\":\"4930" + (key.id.high() + 2) + (100 + key.id.low()) + "\",\"label\":\"" + step + '"'
                : "\"name\":\"f" + key.id + '"';
        return new StoredTimes(value.createdUs, step)
                .appendTo(("{\"id\":\"" + key.id.prefixed(key.kind) + "\",\"account_id\":\""
                                + value.account.prefixed(ResourceKind.ACCOUNTS) + "\"," + own + '}')
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static InMemoryConfiguration imported(final Map<Key, Value> model, final int revision) {
        final StringBuilder lines = new StringBuilder();
        for (final ResourceId account : ACCOUNTS) {
            lines.append("{\"resource\":\"accounts\",\"id\":\"")
                    .append(account.prefixed(ResourceKind.ACCOUNTS))
                    .append("\",\"name\":\"")
                    .append(account)
                    .append("\",\"did_default_dest_kind\":\"hangup\"}\n");
        }
        model.forEach((key, value) -> lines.append("{\"resource\":\"")
                .append(key.kind.collection())
                .append("\",")
                .append(new String(json(key, value, revision), StandardCharsets.UTF_8).substring(1))
                .append('\n'));
        return InMemoryConfiguration.of("imported", revision, lines.toString());
    }

    @Test
    @DisplayName("a page of a long list reads a few entries, wherever it begins")
    void shouldFindTheBeginningOfAPageByHalving() {
        final int count = 200_000;
        final ResourceId account = ACCOUNTS.getFirst();
        final Map<List<Long>, byte[]> entries = entries(account, count, 3);
        final AtomicInteger reads = new AtomicInteger();
        final StoredIndex index = new StoredIndex((code, high, low) -> {
            reads.incrementAndGet();
            return entries.get(List.of((long) code, high, low));
        });
        for (final int before : List.of(1, 2, 682, 683, 1_364, 1_365, 100_000, count, count + 1)) {
            reads.set(0);
            final List<Creation> page = new ArrayList<>();
            index.forEachNewest(
                    ResourceKind.NUMBERS,
                    account,
                    new Creation(3 + before / 3, new ResourceId(0, before)),
                    creation -> {
                        page.add(creation);
                        return page.size() < 100;
                    });
            assertThat(page)
                    .containsExactlyElementsOf(new TreeSet<>(IntStream.range(Math.max(1, before - 100), before)
                            .mapToObj(i -> new Creation(3 + i / 3, new ResourceId(0, i)))
                            .toList()));
            assertThat(reads).hasValueLessThan(16);
        }
    }

    @Test
    @DisplayName("what nobody knows the time of costs no entry, and is listed by identifier, the greatest first")
    void shouldCostNothingWithoutTimes() {
        final int count = 5_000;
        final ResourceId account = ACCOUNTS.getFirst();
        final Map<List<Long>, byte[]> entries = entries(account, count, 0);
        assertThat(entries.keySet()).noneMatch(NewestFirstTest::isCreation);
        assertThat(walk(entries, account)).hasSize(count).isSorted().allMatch(creation -> creation.createdUs() == 0);
    }

    @Test
    @DisplayName("an index of a build that wrote no order lists everything")
    void shouldListEverythingOfAnOlderIndex() {
        final int count = 5_000;
        final ResourceId account = ACCOUNTS.getFirst();
        final Map<List<Long>, byte[]> entries = entries(account, count, 3);
        assertThat(walk(entries, account)).hasSize(count).isSorted().allMatch(creation -> creation.createdUs() > 0);
        assertThat(entries.keySet().removeIf(NewestFirstTest::isCreation)).isTrue();
        assertThat(walk(entries, account)).hasSize(count).isSorted().allMatch(creation -> creation.createdUs() == 0);
    }

    private static boolean isCreation(final List<Long> key) {
        return key.getFirst() > CREATION_CODES && key.getFirst() < CREATION_CODES + 100;
    }

    /** All of an account, a page of 100 after the other. */
    private static List<Creation> walk(final Map<List<Long>, byte[]> entries, final ResourceId account) {
        final StoredIndex index = new StoredIndex((code, high, low) -> entries.get(List.of((long) code, high, low)));
        final List<Creation> all = new ArrayList<>();
        final AtomicInteger here = new AtomicInteger();
        do {
            here.set(0);
            index.forEachNewest(
                    ResourceKind.NUMBERS, account, all.isEmpty() ? Creation.FIRST : all.getLast(), creation -> {
                        all.add(creation);
                        return here.incrementAndGet() < 100;
                    });
        } while (here.get() > 0);
        return all;
    }

    /** Numbers 1 to {@code count} of an account, added in no order, three of each time from a time on; 0 for none. */
    private static Map<List<Long>, byte[]> entries(final ResourceId account, final int count, final long firstUs) {
        final IndexBuilder builder = new IndexBuilder();
        final long step = 7_919;
        for (long i = 0; i < count; i++) {
            final long id = 1 + i * step % count;
            final ResourceReader.Read read = ResourceReader.read(
                    ResourceKind.NUMBERS,
                    ("{\"id\":\"" + new ResourceId(0, id).prefixed(ResourceKind.NUMBERS) + "\",\"account_id\":\""
                                    + account.prefixed(ResourceKind.ACCOUNTS) + "\",\"e164\":\"" + (1_202_000_000L + id)
                                    + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
            builder.add(ResourceKind.NUMBERS, read.resource(), read.references(), firstUs == 0 ? 0 : firstUs + id / 3);
        }
        final Map<List<Long>, byte[]> entries = new HashMap<>();
        builder.writeTo((code, high, low, value) -> entries.put(List.of((long) code, high, low), value));
        return entries;
    }
}
