package io.tandem.routing.outbound;

import io.tandem.routing.model.ResourceId;

/** Trunks to try, one after the other. Filled by {@link OutboundRoutes} and reused; core's thread. */
public final class Candidates {
    /** Most trunks that one call is offered to. */
    public static final int COUNT_MAX = 8;

    private final long[] trunkHighs = new long[COUNT_MAX];
    private final long[] trunkLows = new long[COUNT_MAX];
    private final ResourceId[] routes = new ResourceId[COUNT_MAX];
    private int count;

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** Upper half of the trunk at an index. */
    public long trunkHigh(final int index) {
        return trunkHighs[index];
    }

    /** Lower half of the trunk at an index. */
    public long trunkLow(final int index) {
        return trunkLows[index];
    }

    /** The route that leads there; {@link ResourceId#NIL} for the wholesale carrier without a route. */
    public ResourceId route(final int index) {
        return routes[index];
    }

    boolean isFull() {
        return count == COUNT_MAX;
    }

    /** Whether a route is the one that leads to a trunk. */
    boolean leads(final ResourceId route) {
        for (int i = 0; i < count; i++) {
            if (routes[i].equals(route)) {
                return true;
            }
        }
        return false;
    }

    boolean has(final ResourceId trunk) {
        for (int i = 0; i < count; i++) {
            if (trunkLows[i] == trunk.low() && trunkHighs[i] == trunk.high()) {
                return true;
            }
        }
        return false;
    }

    void add(final ResourceId trunk, final ResourceId route) {
        trunkHighs[count] = trunk.high();
        trunkLows[count] = trunk.low();
        routes[count++] = route;
    }
}
