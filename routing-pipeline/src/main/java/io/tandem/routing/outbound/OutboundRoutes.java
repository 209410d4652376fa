package io.tandem.routing.outbound;

import io.tandem.routing.model.IdTable;
import io.tandem.routing.model.OutboundRoute;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.Trunk;
import io.tandem.routing.model.TrunkDirection;
import io.tandem.routing.model.TrunkProvider;
import io.tandem.routing.model.TrunkRole;
import io.tandem.routing.number.Country;
import io.tandem.routing.number.NumberPrefix;
import io.tandem.routing.outbound.AccountRoutes.Route;
import io.tandem.routing.policy.AccountChain;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.RuleTrace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Which trunks a call may leave by. Every route of the account whose prefix and country fit is a candidate, in the order of
 * decision D14 (which overrules promise R-147: a longer prefix beats a lower priority number); a trunk that cannot take calls
 * now is passed over, and no trunk is tried twice.
 *
 * <p>If no route of the account gives a candidate, those of the account above it are asked, and so on upwards. If none of them
 * does, the wholesale carrier takes the call.
 *
 * <p>The wholesale carrier, also of a route via {@code carrier}, is every trunk with provider {@code carrier} and role {@code
 * carrier} that takes calls and belongs to the calling account or to one above it: those of the nearest account first, ties by
 * identifier.
 *
 * <p>Immutable; core's thread; allocates nothing but for explanations.
 */
public final class OutboundRoutes {
    private final IdTable<AccountRoutes> routes;
    private final IdTable<List<ResourceId>> wholesale;

    private OutboundRoutes(final Collection<OutboundRoute> allRoutes, final Collection<Trunk> trunks) {
        final TreeMap<ResourceId, List<OutboundRoute>> byAccount = new TreeMap<>();
        for (final OutboundRoute route : allRoutes) {
            byAccount
                    .computeIfAbsent(route.accountId(), id -> new ArrayList<>())
                    .add(route);
        }
        final TreeMap<ResourceId, List<ResourceId>> carriers = new TreeMap<>();
        for (final Trunk trunk : trunks) {
            if (isWholesale(trunk)) {
                carriers.computeIfAbsent(trunk.accountId(), id -> new ArrayList<>())
                        .add(trunk.id());
            }
        }
        routes = IdTable.of(byAccount, AccountRoutes::new);
        wholesale = IdTable.of(carriers, ids -> ids.stream().sorted().toList());
    }

    /** Compiles routes and trunks in any order. */
    public static OutboundRoutes of(final Collection<OutboundRoute> routes, final Collection<Trunk> trunks) {
        return new OutboundRoutes(routes, trunks);
    }

    /**
     * Finds the trunks to try.
     *
     * @param country of the called number, or {@link Country#NONE}: then routes for a country do not fit.
     * @param into cleared, then filled with at most {@link Candidates#COUNT_MAX} trunks.
     */
    public RouteOutcome select(
            final AccountChain account,
            final long e164,
            final int country,
            final TrunkCheck trunks,
            final Candidates into,
            final RuleTrace trace) {
        into.clear();
        return selectMore(account, e164, country, trunks, into, trace);
    }

    /** The same behind trunks that are to be tried before; the wholesale carrier takes the call only if there are none at all. */
    public RouteOutcome selectMore(
            final AccountChain account,
            final long e164,
            final int country,
            final TrunkCheck trunks,
            final Candidates into,
            final RuleTrace trace) {
        for (int i = 0; i < into.count(); i++) {
            if (i == 0 || !into.route(i).equals(into.route(i - 1))) {
                trace.onRule(into.route(i), Finding.CANDIDATE);
            }
        }
        boolean found = false;
        for (int level = 0; level < account.depth(); level++) {
            final AccountRoutes own = routes.find(account.idHigh(level), account.idLow(level));
            if (own != null) {
                if (found) {
                    tellLater(own, e164, country, into, trace);
                } else {
                    found = match(own, account, e164, country, trunks, into, trace);
                }
            }
            if (found && !trace.listens()) {
                break;
            }
        }
        if (into.count() > 0) {
            return RouteOutcome.ROUTED;
        }
        addWholesale(account, ResourceId.NIL, trunks, into);
        return into.count() > 0 ? RouteOutcome.WHOLESALE : RouteOutcome.NO_ROUTE;
    }

    /**
     * Adds the trunks that routes with just these digits as prefix lead to: those of the account, then of the ones above it.
     *
     * @return whether there is such a route that can be used, its trunk being new or not.
     */
    public boolean selectExact(
            final AccountChain account,
            final long digits,
            final int country,
            final TrunkCheck trunks,
            final Candidates into) {
        final long key = NumberPrefix.key(digits, NumberPrefix.length(digits));
        boolean found = false;
        for (int level = 0; level < account.depth(); level++) {
            final AccountRoutes own = routes.find(account.idHigh(level), account.idLow(level));
            found |= own != null && match(own, key, account, country, trunks, into, RuleTrace.NONE);
        }
        return found;
    }

    /** Whether any route of an account leads to a trunk, be it one that another route has led to before. */
    private boolean match(
            final AccountRoutes own,
            final AccountChain account,
            final long e164,
            final int country,
            final TrunkCheck trunks,
            final Candidates into,
            final RuleTrace trace) {
        final int digits = NumberPrefix.length(e164);
        boolean found = false;
        for (int length = digits; length >= 0; length--) {
            if (own.usesLength(length)) {
                final long key = NumberPrefix.key(length == 0 ? 0 : NumberPrefix.head(e164, digits, length), length);
                found |= match(own, key, account, country, trunks, into, trace);
            }
        }
        for (int i = 0; i < own.count() && trace.listens(); i++) {
            if (!NumberPrefix.begins(e164, own.route(i).key) && !into.leads(own.route(i).id)) {
                trace.onRule(own.route(i).id, Finding.OTHER_NUMBER);
            }
        }
        return found;
    }

    /** The same for the routes with one prefix. */
    private boolean match(
            final AccountRoutes own,
            final long key,
            final AccountChain account,
            final int country,
            final TrunkCheck trunks,
            final Candidates into,
            final RuleTrace trace) {
        boolean found = false;
        for (int i = own.first(key); i >= 0 && i < own.count() && own.route(i).key == key; i++) {
            final Route route = own.route(i);
            if (into.leads(route.id)) {
                found = true;
                continue;
            }
            final Finding finding = consider(route, account, country, trunks, into);
            found |= finding == Finding.CANDIDATE || finding == Finding.TRUNK_REPEATED;
            trace.onRule(route.id, finding);
        }
        return found;
    }

    private Finding consider(
            final Route route,
            final AccountChain account,
            final int country,
            final TrunkCheck trunks,
            final Candidates into) {
        if (route.country != Country.NONE && route.country != country) {
            return Finding.OTHER_COUNTRY;
        }
        if (into.isFull()) {
            return Finding.TOO_MANY;
        }
        if (route.carrier) {
            final int before = into.count();
            final boolean repeated = addWholesale(account, route.id, trunks, into);
            return into.count() > before
                    ? Finding.CANDIDATE
                    : repeated ? Finding.TRUNK_REPEATED : Finding.TRUNK_UNUSABLE;
        }
        if (into.has(route.trunk)) {
            return Finding.TRUNK_REPEATED;
        }
        if (!trunks.takesCalls(route.trunk.high(), route.trunk.low())) {
            return Finding.TRUNK_UNUSABLE;
        }
        into.add(route.trunk, route.id);
        return Finding.CANDIDATE;
    }

    /** Adds the wholesale trunks that the account may use; whether one of them was there already. */
    private boolean addWholesale(
            final AccountChain account, final ResourceId route, final TrunkCheck trunks, final Candidates into) {
        boolean repeated = false;
        for (int level = 0; level < account.depth(); level++) {
            final List<ResourceId> own = wholesale.find(account.idHigh(level), account.idLow(level));
            for (int i = 0; own != null && i < own.size() && !into.isFull(); i++) {
                final ResourceId trunk = own.get(i);
                if (into.has(trunk)) {
                    repeated = true;
                } else if (trunks.takesCalls(trunk.high(), trunk.low())) {
                    into.add(trunk, route);
                }
            }
        }
        return repeated;
    }

    private static void tellLater(
            final AccountRoutes routes,
            final long e164,
            final int country,
            final Candidates into,
            final RuleTrace trace) {
        for (int i = 0; i < routes.count(); i++) {
            final Route route = routes.route(i);
            if (into.leads(route.id)) {
                continue;
            }
            trace.onRule(
                    route.id,
                    !NumberPrefix.begins(e164, route.key)
                            ? Finding.OTHER_NUMBER
                            : route.country != Country.NONE && route.country != country
                                    ? Finding.OTHER_COUNTRY
                                    : Finding.COMES_LATER);
        }
    }

    private static boolean isWholesale(final Trunk trunk) {
        return trunk.provider() == TrunkProvider.CARRIER
                && trunk.role() == TrunkRole.CARRIER
                && trunk.direction() != TrunkDirection.INBOUND;
    }
}
