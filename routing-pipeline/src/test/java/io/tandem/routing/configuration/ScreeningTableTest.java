package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.address.IpLiteral;
import io.tandem.routing.model.AddressRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScreeningTableTest {
    @Test
    @DisplayName("R-140 the longest block wins; families do not mix; outbound and disabled trunks bring no calls")
    void shouldFindTheTrunkOfASource() {
        final RoutingPlans plans = plans(
                trunk("wide", "\"acl\":[\"10.0.0.0/8\",\"2001:db8::/32\"]"),
                trunk("narrow", "\"acl\":[\"10.1.0.0/16\"]"),
                trunk("host", "\"acl\":[\"10.1.2.3\"]"),
                trunk("v6", "\"acl\":[\"::/0\"]"),
                trunk("out", "\"direction\":\"outbound\",\"acl\":[\"172.16.0.1\"]"),
                trunk("off", "\"status\":\"disabled\",\"acl\":[\"172.16.0.2\"]"),
                trunk("digest", "\"inbound_auth\":\"digest\",\"acl\":[\"172.16.0.3\"]"));

        assertThat(find(plans, "10.2.0.1")).isEqualTo("wide");
        assertThat(find(plans, "10.1.0.1")).isEqualTo("narrow");
        assertThat(find(plans, "10.1.2.3")).isEqualTo("host");
        assertThat(find(plans, "2001:db8::1")).isEqualTo("wide");
        assertThat(find(plans, "2001:db9::1")).isEqualTo("v6");
        assertThat(find(plans, "11.0.0.1")).isNull();
        assertThat(find(plans, "172.16.0.1")).isNull();
        assertThat(find(plans, "172.16.0.2")).isNull();
        assertThat(find(plans, "172.16.0.3")).isNull();
    }

    @Test
    void shouldBreakTiesByIdentifier() {
        final RoutingPlans plans = plans(
                trunk("second", "\"id\":\"tr_00000000000000000000000002\",\"acl\":[\"10.0.0.0/8\"]"),
                trunk("first", "\"id\":\"tr_00000000000000000000000001\",\"acl\":[\"10.0.0.0/8\"]"));
        assertThat(find(plans, "10.0.0.1")).isEqualTo("first");
    }

    record Block(long low, int bits) {}

    /** Blocks of a small corner of IPv4, so that they overlap, against a walk over all of them. */
    @Property(tries = 500)
    void shouldAgreeWithAWalkOverAllBlocks(
            @ForAll("blocks") @Size(min = 1, max = 40) final List<Block> blocks,
            @ForAll("addresses") @Size(min = 20, max = 20) final List<Long> addresses) {
        final List<String> lines = new ArrayList<>();
        final List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            final int bits = blocks.get(i).bits;
            final long low = 0xffff_0000_0000L | (blocks.get(i).low & AddressRange.lowMask(96 + bits));
            final String cidr = new IpLiteral(0, low).uriHost() + "/" + bits;
            ranges.add(AddressRange.parse(cidr));
            lines.add(trunk(
                    "t" + i,
                    "\"id\":\"tr_" + String.format(Locale.ROOT, "%026d", i + 1) + "\",\"acl\":[\"" + cidr + "\"]"));
        }
        final RoutingPlans plans = plans(lines.toArray(new String[0]));
        for (final long address : addresses) {
            final long low = 0xffff_0000_0000L | address;
            final String expected = IntStream.range(0, ranges.size())
                    .boxed()
                    .filter(i -> (low & AddressRange.lowMask(ranges.get(i).prefixBits()))
                            == ranges.get(i).low())
                    .max(Comparator.<Integer>comparingInt(i -> ranges.get(i).prefixBits())
                            .thenComparing(Comparator.reverseOrder()))
                    .map(i -> "t" + i)
                    .orElse(null);
            final TrunkPlan found = plans.trunkOfSource(0, low);
            assertThat(found == null ? null : found.name()).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<List<Block>> blocks() {
        return Combinators.combine(address(), Arbitraries.integers().between(20, 32))
                .as(Block::new)
                .list();
    }

    @Provide
    Arbitrary<List<Long>> addresses() {
        return address().list();
    }

    private static Arbitrary<Long> address() {
        return Arbitraries.longs().between(0, 0xff).map(host -> 0x0a00_0000L | host << 4 | (host & 3));
    }

    private static String find(final RoutingPlans plans, final String address) {
        final IpLiteral literal = IpLiteral.parse(address);
        final TrunkPlan plan = plans.trunkOfSource(literal.high(), literal.low());
        return plan == null ? null : plan.name();
    }

    private static RoutingPlans plans(final String... trunks) {
        return RoutingPlans.of(InMemoryConfiguration.of(
                "screening", 1, "{\"resource\":\"accounts\",\"name\":\"acme\"}\n" + String.join("\n", trunks)));
    }

    private static String trunk(final String name, final String fields) {
        return "{\"resource\":\"trunks\",\"account_id\":\"name:acme\",\"name\":\"" + name
                + "\",\"proxy\":\"127.0.0.1\"," + fields + "}";
    }
}
