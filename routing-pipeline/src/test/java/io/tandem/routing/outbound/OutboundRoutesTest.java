package io.tandem.routing.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tandem.routing.model.OutboundRoute;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.RouteVia;
import io.tandem.routing.model.Trunk;
import io.tandem.routing.number.Country;
import io.tandem.routing.policy.Chain;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.RuleTrace;
import io.tandem.routing.policy.TracedRules;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboundRoutesTest {
    private static final TrunkCheck ALL = (high, low) -> true;
    private static final long BERLIN = 4930123456L;
    private static final long NEW_YORK = 12125550123L;

    private final Chain account = Chain.of(Reading.ACME, Reading.OTHER);
    private final Candidates candidates = new Candidates();

    @Test
    @DisplayName("R-147 longest prefix, then lower priority number, then a country before none, then identifier (D14)")
    void shouldOrderRoutes() {
        final OutboundRoute longest = route("'match_prefix':'4930','priority':9", "a");
        final OutboundRoute lowest = route("'match_prefix':'49','priority':1", "b");
        final OutboundRoute country = route("'match_prefix':'49','priority':2,'match_country':'DE'", "c");
        final OutboundRoute first = route("'id':'route_00000000000000000000000001','match_prefix':'49','priority':2", "d");
        final OutboundRoute second = route("'id':'route_00000000000000000000000002','match_prefix':'49','priority':2", "e");
        final OutboundRoute everything = route("'priority':0", "f");
        final List<OutboundRoute> routes = List.of(everything, second, first, country, lowest, longest);

        assertThat(select(routes, List.of(), BERLIN, "DE", ALL)).isEqualTo(RouteOutcome.ROUTED);
        assertThat(routes())
                .containsExactly(longest.id(), lowest.id(), country.id(), first.id(), second.id(), everything.id());
        select(routes, List.of(), 4989123456L, "AT", ALL);
        assertThat(routes()).containsExactly(lowest.id(), first.id(), second.id(), everything.id());
        select(routes, List.of(), NEW_YORK, "US", ALL);
        assertThat(routes()).containsExactly(everything.id());
    }

    @Test
    @DisplayName("R-143 a route for a country takes calls to numbers of that country only")
    void shouldGoByCountry() {
        final OutboundRoute canada = route("'match_country':'CA'", "a");
        assertThat(select(List.of(canada), List.of(), 16135550123L, "CA", ALL)).isEqualTo(RouteOutcome.ROUTED);
        assertThat(select(List.of(canada), List.of(), NEW_YORK, "US", ALL)).isEqualTo(RouteOutcome.NO_ROUTE);
        assertThat(select(List.of(canada), List.of(), 80012345678L, "", ALL)).isEqualTo(RouteOutcome.NO_ROUTE);
    }

    @Test
    @DisplayName("R-144 R-145 via trunk leads to that trunk, via carrier to the wholesale carrier")
    void shouldLeadWhereTheRouteSays() {
        final Trunk own = wholesale("w1", false);
        final Trunk reseller = wholesale("w2", true);
        final OutboundRoute trunk = route("'match_prefix':'49'", "a");
        final OutboundRoute carrier = Reading.of(ResourceKind.OUTBOUND_ROUTES, "'match_prefix':'4','via':'carrier'").resource();
        assertThat(trunk.via()).isEqualTo(RouteVia.TRUNK);
        select(List.of(trunk, carrier), List.of(reseller, own), BERLIN, "DE", ALL);
        assertThat(trunks()).containsExactly(trunk.trunkId(), own.id(), reseller.id());
        assertThat(routes()).containsExactly(trunk.id(), carrier.id(), carrier.id());
    }

    @Test
    void shouldLeaveWhatNoRouteHandlesToTheWholesaleCarrier() {
        final Trunk own = wholesale("w1", false);
        final Trunk plain = Reading.of(ResourceKind.TRUNKS, "'name':'plain','proxy':'192.0.2.1'").resource();
        final OutboundRoute route = route("'match_prefix':'44'", "a");
        assertThat(select(List.of(route), List.of(own, plain), BERLIN, "DE", ALL)).isEqualTo(RouteOutcome.WHOLESALE);
        assertThat(trunks()).containsExactly(own.id());
        assertThat(routes()).containsExactly(ResourceId.NIL);
        assertThat(select(List.of(route), List.of(plain), BERLIN, "DE", ALL)).isEqualTo(RouteOutcome.NO_ROUTE);
    }

    @Test
    void shouldPassOverTrunksThatTakeNoCallsAndTryNoneTwice() {
        final OutboundRoute best = route("'match_prefix':'4930'", "a");
        final OutboundRoute next = route("'match_prefix':'49'", "b");
        final OutboundRoute again = route("'match_prefix':'4'", "b");
        final OutboundRoute other = route("'match_prefix':'44'", "c");
        final TrunkCheck check = (high, low) -> low != best.trunkId().low();
        final TracedRules trace = new TracedRules();
        OutboundRoutes.of(List.of(best, next, again, other), List.of())
                .select(account, BERLIN, Country.parse("DE"), check, candidates, trace);
        assertThat(trunks()).containsExactly(next.trunkId());
        assertThat(trace.of(best)).isEqualTo(Finding.TRUNK_UNUSABLE);
        assertThat(trace.of(next)).isEqualTo(Finding.CANDIDATE);
        assertThat(trace.of(again)).isEqualTo(Finding.TRUNK_REPEATED);
        assertThat(trace.of(other)).isEqualTo(Finding.OTHER_NUMBER);
    }

    @Test
    void shouldAskTheAccountAboveOnlyIfItsOwnRoutesGiveNothing() {
        final OutboundRoute own = route("'match_prefix':'49'", "a");
        final OutboundRoute above = Reading.ofOther(
                        ResourceKind.OUTBOUND_ROUTES, "'via':'trunk','trunk_id':'name:z','match_prefix':'4930'")
                .resource();
        final TracedRules trace = new TracedRules();
        OutboundRoutes.of(List.of(own, above), List.of())
                .select(account, BERLIN, Country.parse("DE"), ALL, candidates, trace);
        assertThat(routes()).containsExactly(own.id());
        assertThat(trace.of(above)).isEqualTo(Finding.COMES_LATER);
        select(List.of(own, above), List.of(), BERLIN, "DE", (high, low) -> low != own.trunkId().low());
        assertThat(routes()).containsExactly(above.id());
    }

    @Test
    void shouldTryEightTrunksAtMost() {
        final List<OutboundRoute> routes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            routes.add(route("'match_prefix':'49','priority':" + i, "t" + i));
        }
        final TracedRules trace = new TracedRules();
        OutboundRoutes.of(routes, List.of()).select(account, BERLIN, Country.parse("DE"), ALL, candidates, trace);
        assertThat(candidates.count()).isEqualTo(Candidates.COUNT_MAX).isEqualTo(8);
        assertThat(trace.of(routes.get(8))).isEqualTo(Finding.TOO_MANY);
        assertThat(trace.count()).isEqualTo(12);
    }

    @Test
    void shouldFindExactlyWhatAPlainSearchFinds() {
        final long seed = 20_260_729;
        final Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            final List<OutboundRoute> routes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                final String prefix = i == 0 ? "" : Long.toString(1 + random.nextInt(i % 3 == 0 ? 9 : 999));
                final String country = random.nextInt(3) == 0 ? ",'match_country':'DE'" : "";
                routes.add(route(
                        "'match_prefix':'" + prefix + "','priority':" + random.nextInt(3) + country, "t" + i));
            }
            final OutboundRoutes plan = OutboundRoutes.of(routes, List.of());
            for (int i = 0; i < 100; i++) {
                final String number = Long.toString(100 + random.nextInt(90_000));
                final String country = random.nextBoolean() ? "DE" : "FR";
                plan.select(account, Long.parseLong(number), Country.parse(country), ALL, candidates, RuleTrace.NONE);
                assertThat(routes())
                        .as("seed=%d number=%s", seed, number)
                        .isEqualTo(routes.stream()
                                .filter(route -> number.startsWith(route.matchPrefix())
                                        && (route.matchCountry().isEmpty()
                                                || route.matchCountry().equals(country)))
                                .sorted(Comparator.<OutboundRoute>comparingInt(
                                                route -> -route.matchPrefix().length())
                                        .thenComparingInt(OutboundRoute::priority)
                                        .thenComparing(route -> route.matchCountry().isEmpty())
                                        .thenComparing(OutboundRoute::id))
                                .map(OutboundRoute::id)
                                .limit(Candidates.COUNT_MAX)
                                .toList());
            }
        }
    }

    @Test
    void shouldAllocateNothing() {
        final List<OutboundRoute> routes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            routes.add(route("'match_prefix':'" + (1 + i) + "'", "t" + i));
        }
        final OutboundRoutes plan = OutboundRoutes.of(routes, List.of(wholesale("w", false)));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final int country = Country.parse("DE");
        long before = 0;
        long found = 0;
        for (int i = 0; i < 40_000; i++) {
            if (i == 20_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            plan.select(account, BERLIN + i * 1_000_003L, country, ALL, candidates, RuleTrace.NONE);
            found += candidates.count();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(found).isPositive();
    }

    private RouteOutcome select(
            final List<OutboundRoute> routes,
            final List<Trunk> trunks,
            final long e164,
            final String country,
            final TrunkCheck check) {
        return OutboundRoutes.of(routes, trunks)
                .select(account, e164, Country.parse(country), check, candidates, RuleTrace.NONE);
    }

    private List<ResourceId> routes() {
        final List<ResourceId> routes = new ArrayList<>();
        for (int i = 0; i < candidates.count(); i++) {
            routes.add(candidates.route(i));
        }
        return routes;
    }

    private List<ResourceId> trunks() {
        final List<ResourceId> trunks = new ArrayList<>();
        for (int i = 0; i < candidates.count(); i++) {
            trunks.add(new ResourceId(candidates.trunkHigh(i), candidates.trunkLow(i)));
        }
        return trunks;
    }

    private static OutboundRoute route(final String fields, final String trunk) {
        return Reading.of(ResourceKind.OUTBOUND_ROUTES, fields + ",'via':'trunk','trunk_id':'name:" + trunk + "'").resource();
    }

    private static Trunk wholesale(final String name, final boolean ofReseller) {
        final String fields = "'name':'" + name + "','provider':'carrier','role':'carrier','proxy':'192.0.2.1'";
        return (ofReseller
                        ? Reading.ofOther(ResourceKind.TRUNKS, fields)
                        : Reading.of(ResourceKind.TRUNKS, fields))
                .resource();
    }
}
