package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlaidConfigurationTest {
    private static final ResourceId ACCOUNT = new ResourceId(1, 1);
    private final InMemoryConfiguration base = InMemoryConfiguration.of("base", 1, """
            {"resource":"accounts","id":"acc_00000000000000200000000001","name":"acme","did_default_dest_kind":"hangup"}
            {"resource":"schedules","id":"sch_00000000000000000000000002","account_id":"name:acme","name":"two","rules":[]}
            {"resource":"schedules","id":"sch_00000000000000000000000004","account_id":"name:acme","name":"four","rules":[]}
            {"resource":"schedules","id":"sch_7zzzzzzzzzzzzz0000000000a0","account_id":"name:acme","name":"last","rules":[]}
            {"resource":"numbers","id":"did_00000000000000000000000001","account_id":"name:acme","e164":"111"}
            {"resource":"numbers","id":"did_00000000000000000000000002","account_id":"name:acme","e164":"222"}
            """);

    @Test
    void shouldReadChangesFirstAndTheRestBeneath() {
        final ResourceId account = base.find(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, "acme"));
        final OverlaidConfiguration overlaid = OverlaidConfiguration.over(base)
                .with(
                        List.of(
                                schedule(account, 1, "one"),
                                schedule(account, 2, "TWO"),
                                new ResourceEdit(ResourceKind.SCHEDULES, new ResourceId(0, 4), null),
                                number(account, 1, "111", 9),
                                new ResourceEdit(ResourceKind.NUMBERS, new ResourceId(0, 2), null),
                                number(account, 3, "333", 1)),
                        2);

        assertThat(overlaid.revision()).isEqualTo(2);
        assertThat(overlaid.name()).isEqualTo("base+00000002");
        assertThat(visited(overlaid)).containsExactly("one", "TWO", "last");
        assertThat(overlaid.resource(ResourceKind.SCHEDULES, 0, 4)).isNull();
        assertThat(overlaid.referrerCount(ResourceKind.SCHEDULES, ResourceKind.ACCOUNTS, account)).isEqualTo(3);
        assertThat(overlaid.referrerCount(ResourceKind.NUMBERS, ResourceKind.ACCOUNTS, account)).isEqualTo(2);
        assertThat(named(overlaid, account, "two")).isNull();
        assertThat(named(overlaid, account, "TWO")).isEqualTo(new ResourceId(0, 2));
        assertThat(named(overlaid, account, "four")).isNull();
        assertThat(named(base, account, "four")).isEqualTo(new ResourceId(0, 4));
        final NumberRow row = new NumberRow();
        assertThat(overlaid.number(111, row)).isTrue();
        assertThat(row.maxChannels).isEqualTo(9);
        assertThat(overlaid.number(222, row)).isFalse();
        assertThat(overlaid.number(333, row)).isTrue();
        final List<Long> numbers = new ArrayList<>();
        overlaid.forEachNumber(ResourceId.NIL, (high, low) -> numbers.add(low));
        assertThat(numbers).containsExactly(1L, 3L);
        assertThat(visited(base)).containsExactly("two", "four", "last");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetNamesAndNumbersPassFromOneToAnotherInAnyOrder(final boolean ascending) {
        final ResourceId account = base.find(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, "acme"));
        final List<ResourceEdit> edits = List.of(
                schedule(account, 2, "four"),
                schedule(account, 4, "two"),
                new ResourceEdit(ResourceKind.NUMBERS, new ResourceId(0, 1), null),
                number(account, 2, "111", 7));
        final OverlaidConfiguration overlaid =
                OverlaidConfiguration.over(base).with(ascending ? edits : edits.reversed(), 2);

        assertThat(named(overlaid, account, "four")).isEqualTo(new ResourceId(0, 2));
        assertThat(named(overlaid, account, "two")).isEqualTo(new ResourceId(0, 4));
        final NumberRow row = new NumberRow();
        assertThat(overlaid.number(111, row)).isTrue();
        assertThat(row.idLow).isEqualTo(2);
        assertThat(row.maxChannels).isEqualTo(7);
        assertThat(overlaid.number(222, row)).isFalse();
    }

    @Test
    void shouldLeaveARevisionAloneWhenTheNextOneIsMade() {
        final OverlaidConfiguration second =
                OverlaidConfiguration.over(base).with(List.of(schedule(ACCOUNT, 1, "one")), 2);
        final OverlaidConfiguration third = second.with(
                List.of(
                        new ResourceEdit(ResourceKind.SCHEDULES, new ResourceId(0, 1), null),
                        new ResourceEdit(ResourceKind.NUMBERS, new ResourceId(0, 1), null)),
                3);

        assertThat(visited(second)).containsExactly("one", "two", "four", "last");
        assertThat(visited(third)).containsExactly("two", "four", "last");
        assertThat(second.number(111, new NumberRow())).isTrue();
        assertThat(third.number(111, new NumberRow())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261129})
    void shouldBehaveLikeAMapOfAllResources(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final ResourceId account = new ResourceId(7, 7);
        final Map<ResourceId, String> model = new TreeMap<>();
        base.forEach(ResourceKind.SCHEDULES, (high, low, json) -> model.put(new ResourceId(high, low), name(json)));
        OverlaidConfiguration overlaid = OverlaidConfiguration.over(base);
        for (int step = 2; step < 400; step++) {
            final ResourceId id = new ResourceId(0, random.nextInt(1, 40));
            if (random.nextInt(3) == 0) {
                overlaid = overlaid.with(List.of(new ResourceEdit(ResourceKind.SCHEDULES, id, null)), step);
                model.remove(id);
            } else {
                final String name = "n" + step;
                overlaid = overlaid.with(List.of(schedule(account, id.low(), name)), step);
                model.put(id, name);
                assertThat(named(overlaid, account, name)).isEqualTo(id);
            }
            assertThat(visited(overlaid)).as("seed=" + seed).containsExactlyElementsOf(model.values());
            assertThat(overlaid.referrerCount(ResourceKind.SCHEDULES, ResourceKind.SCHEDULES, ResourceId.NIL))
                    .isEqualTo(model.size());
        }
    }

    private static ResourceId named(
            final Configuration configuration, final ResourceId account, final String name) {
        return configuration.find(UniqueName.within(ResourceKind.SCHEDULES, account, name));
    }

    private static List<String> visited(final Configuration configuration) {
        final List<String> seen = new ArrayList<>();
        configuration.forEach(ResourceKind.SCHEDULES, (high, low, json) -> seen.add(name(json)));
        return seen;
    }

    private static String name(final byte[] json) {
        final String text = new String(json, StandardCharsets.UTF_8);
        final int start = text.indexOf("\"name\":\"") + 8;
        return text.substring(start, text.indexOf('"', start));
    }

    private static ResourceEdit schedule(final ResourceId account, final long id, final String name) {
        final ResourceId own = new ResourceId(0, id);
        return new ResourceEdit(
                ResourceKind.SCHEDULES,
                own,
                ("{\"id\":\"" + own.prefixed(ResourceKind.SCHEDULES) + "\",\"account_id\":\""
                                + account.prefixed(ResourceKind.ACCOUNTS) + "\",\"name\":\"" + name
                                + "\",\"rules\":[]}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static ResourceEdit number(
            final ResourceId account, final long id, final String e164, final int maxChannels) {
        final ResourceId own = new ResourceId(0, id);
        return new ResourceEdit(
                ResourceKind.NUMBERS,
                own,
                ("{\"id\":\"" + own.prefixed(ResourceKind.NUMBERS) + "\",\"account_id\":\""
                                + account.prefixed(ResourceKind.ACCOUNTS) + "\",\"e164\":\"" + e164
                                + "\",\"max_channels\":" + maxChannels + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
