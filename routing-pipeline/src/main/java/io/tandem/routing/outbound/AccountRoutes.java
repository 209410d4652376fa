package io.tandem.routing.outbound;

import io.tandem.routing.model.OutboundRoute;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.RouteVia;
import io.tandem.routing.number.Country;
import io.tandem.routing.number.NumberPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The routes of one account in the order of decision D14: longest prefix, then lower priority number, then a country before
 * none, then identifier. Routes with one prefix stand together; where they begin is found by binary search, one for each length
 * of prefixes in use. Immutable.
 */
final class AccountRoutes {
    private static final Comparator<OutboundRoute> ORDER = Comparator.<OutboundRoute>comparingInt(
                    route -> -route.matchPrefix().length())
            .thenComparing(OutboundRoute::matchPrefix)
            .thenComparingInt(OutboundRoute::priority)
            .thenComparing(route -> route.matchCountry().isEmpty())
            .thenComparing(OutboundRoute::id);

    private final List<Route> routes = new ArrayList<>();
    private final long[] keys;
    private int lengths;

    AccountRoutes(final List<OutboundRoute> unordered) {
        unordered.stream().sorted(ORDER).map(Route::new).forEach(routes::add);
        keys = new long[routes.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = routes.get(i).key;
            lengths |= 1 << (keys[i] & 15);
        }
    }

    int count() {
        return keys.length;
    }

    Route route(final int index) {
        return routes.get(index);
    }

    /** Whether any route has a prefix of this many digits. */
    boolean usesLength(final int length) {
        return (lengths & 1 << length) != 0;
    }

    /** Index of the first route with a prefix, or -1. */
    int first(final long key) {
        int from = 0;
        int to = keys.length;
        while (from < to) {
            final int middle = (from + to) >>> 1;
            if (isBefore(keys[middle], key)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from < keys.length && keys[from] == key ? from : -1;
    }

    /** Longer prefixes come before shorter ones. */
    private static boolean isBefore(final long first, final long second) {
        final int firstLength = (int) first & 15;
        final int secondLength = (int) second & 15;
        return firstLength != secondLength ? firstLength > secondLength : first < second;
    }

    static final class Route {
        final ResourceId id;
        final long key;
        final int country;
        final boolean carrier;
        final ResourceId trunk;

        Route(final OutboundRoute route) {
            id = route.id();
            key = NumberPrefix.key(route.matchPrefix());
            country = Country.parse(route.matchCountry());
            carrier = route.via() == RouteVia.CARRIER;
            trunk = route.trunkId();
        }
    }
}
