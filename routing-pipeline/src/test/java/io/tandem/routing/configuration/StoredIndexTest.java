package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.Media;
import io.tandem.routing.model.MediaKind;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Names and references of a generation, in chunks of 1,024 identifiers. */
class StoredIndexTest {
    private static final int SCHEDULES = 2_500;
    private static final int NUMBERS = 1_500;

    private final InMemoryConfiguration configuration = InMemoryConfiguration.of("many", 1, lines());

    private static String lines() {
        final StringBuilder lines = new StringBuilder("""
                {"resource":"accounts","name":"acme","did_default_dest_kind":"hangup"}
                {"resource":"accounts","name":"other","did_default_dest_kind":"hangup"}
                """);
        for (int i = 0; i < SCHEDULES; i++) {
            lines.append("{\"resource\":\"schedules\",\"account_id\":\"name:")
                    .append(i % 5 == 0 ? "other" : "acme")
                    .append("\",\"name\":\"s")
                    .append(i)
                    .append("\",\"rules\":[]}\n");
        }
        for (int i = 0; i < NUMBERS; i++) {
            lines.append("{\"resource\":\"numbers\",\"account_id\":\"name:acme\",\"e164\":\"4930")
                    .append(100_000 + i)
                    .append("\",\"schedule_id\":\"name:s1\"}\n");
        }
        return lines.toString();
    }

    private ResourceId account(final String name) {
        return configuration.find(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, name));
    }

    private List<ResourceId> shown(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final ResourceId after,
            final int most) {
        final List<ResourceId> shown = new ArrayList<>();
        configuration.forEachReferrer(kind, targetKind, target, after, (high, low) -> {
            shown.add(new ResourceId(high, low));
            return shown.size() < most;
        });
        return shown;
    }

    @Test
    void shouldShowEveryReferrerInOrderAndGoOnBehindAnyOfThem() {
        final List<ResourceId> all = shown(
                ResourceKind.SCHEDULES, ResourceKind.SCHEDULES, ResourceId.NIL, ResourceId.NIL, Integer.MAX_VALUE);
        assertThat(all).hasSize(SCHEDULES).isSorted();
        assertThat(shown(
                        ResourceKind.SCHEDULES,
                        ResourceKind.ACCOUNTS,
                        account("other"),
                        ResourceId.NIL,
                        Integer.MAX_VALUE))
                .hasSize(SCHEDULES / 5)
                .isSorted();
        for (int i = 0; i < SCHEDULES; i += 97) {
            assertThat(shown(ResourceKind.SCHEDULES, ResourceKind.SCHEDULES, ResourceId.NIL, all.get(i), 3))
                    .isEqualTo(all.subList(i + 1, Math.min(i + 4, SCHEDULES)));
        }
        assertThat(configuration.referrerCount(ResourceKind.SCHEDULES, ResourceKind.ACCOUNTS, account("acme")))
                .isEqualTo(SCHEDULES - SCHEDULES / 5);
    }

    @Test
    void shouldFindTheBeginningOfAPageByHalving() {
        final int chunks = 200;
        final IndexBuilder builder = new IndexBuilder();
        for (int i = 1; i <= chunks * StoredIndex.CHUNK_IDS; i++) {
            builder.add(
                    ResourceKind.MEDIA,
                    new Media(new ResourceId(0, i), account("acme"), "", MediaKind.MOH, "", "", 0),
                    List.of(),
                    0);
        }
        final Map<List<Long>, byte[]> entries = new HashMap<>();
        builder.writeTo((code, high, low, value) -> entries.put(List.of((long) code, high, low), value));
        final AtomicInteger reads = new AtomicInteger();
        final StoredIndex index = new StoredIndex((code, high, low) -> {
            reads.incrementAndGet();
            return entries.get(List.of((long) code, high, low));
        });
        for (final long after : List.of(1L, 1024L, 1025L, 100_000L, 204_799L, 204_800L)) {
            reads.set(0);
            final List<Long> first = new ArrayList<>();
            index.forEach(
                    ResourceKind.MEDIA, ResourceKind.MEDIA, ResourceId.NIL, new ResourceId(0, after), (high, low) -> {
                        first.add(low);
                        return false;
                    });
            assertThat(first).isEqualTo(after == 204_800 ? List.of() : List.of(after + 1));
            assertThat(reads).hasValueLessThan(12);
        }
    }

    @Test
    void shouldCountNumbersOfWhichItShowsTheFirst() {
        final ResourceId schedule =
                configuration.find(UniqueName.within(ResourceKind.SCHEDULES, account("acme"), "s1"));
        assertThat(configuration.referrerCount(ResourceKind.NUMBERS, ResourceKind.SCHEDULES, schedule))
                .isEqualTo(NUMBERS);
        assertThat(shown(ResourceKind.NUMBERS, ResourceKind.SCHEDULES, schedule, ResourceId.NIL, Integer.MAX_VALUE))
                .hasSize(IndexBuilder.NUMBERS_SHOWN);
        assertThat(shown(
                        ResourceKind.NUMBERS,
                        ResourceKind.ACCOUNTS,
                        account("acme"),
                        ResourceId.NIL,
                        Integer.MAX_VALUE))
                .hasSize(NUMBERS)
                .isSorted();
        assertThat(configuration.find(UniqueName.within(ResourceKind.SCHEDULES, account("other"), "s1")))
                .isNull();
    }
}
