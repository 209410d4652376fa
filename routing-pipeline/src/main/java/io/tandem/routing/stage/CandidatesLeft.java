package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.DialString;
import io.tandem.routing.number.E164;

/**
 * The trunks that a call may still be offered to, the next one first, and what such an offer is made from: the numbers
 * as they were before they were rewritten for a trunk. Belongs to one call; taken from by {@link RoutingStages#next};
 * core's thread. Trunks are kept by identifier: a revision that comes in between may change or remove them.
 */
public final class CandidatesLeft {
    /** Most trunks that can be left. */
    public static final int COUNT_MAX = Decision.CANDIDATES_MAX - 1;

    /** Called number, in E.164 digits unless a transform made something else of it. */
    public final DialString called = new DialString();

    /** Calling number, normalised and transformed. */
    public final DialString caller = new DialString();

    /** Whether a transform rewrote the calling number. */
    public boolean callerChanged;

    /** Longest call, seconds, whatever trunk takes it; {@link Decision#UNLIMITED} for any length. */
    public int maxCallSec = Decision.UNLIMITED;

    /** Number whose rules rewrite what goes out, upper half; zeros for none. */
    public long numberHigh;

    /** Number, lower half. */
    public long numberLow;

    /** Whether it is an emergency call (D12), for which no trunk is full or suspended. */
    public boolean emergency;

    private final long[] trunkHighs = new long[COUNT_MAX];
    private final long[] trunkLows = new long[COUNT_MAX];
    private final ResourceId[] routes = new ResourceId[COUNT_MAX];
    private final long[] shown = new long[COUNT_MAX];
    private int count;

    /** Nothing is left, and nothing limits the call. */
    public void clear() {
        called.clear();
        caller.clear();
        callerChanged = false;
        maxCallSec = Decision.UNLIMITED;
        numberHigh = 0;
        numberLow = 0;
        emergency = false;
        count = 0;
    }

    /**
     * Leaves what an accepted decision has behind its target, instead of what was left before. A call that is routed
     * again stays within the shortest of its durations.
     */
    public void keep(final Decision decision) {
        called.set(decision.calledRouted);
        caller.set(decision.callerRouted);
        callerChanged = decision.callerRoutedChanged;
        maxCallSec = AccountPlan.shorter(maxCallSec, decision.routedMaxCallSec);
        numberHigh = decision.numberHigh();
        numberLow = decision.numberLow();
        emergency = decision.emergency;
        count = 0;
        for (int i = 1; i < decision.candidateCount(); i++) {
            final TrunkPlan trunk = decision.candidate(i);
            add(trunk.idHigh(), trunk.idLow(), decision.route(i));
            show(i - 1, decision.shown(i));
        }
    }

    /**
     * Adds a trunk behind the others; without effect when there are {@link #COUNT_MAX}.
     *
     * @param route that leads there; {@link ResourceId#NIL} for none.
     */
    public void add(final long idHigh, final long idLow, final ResourceId route) {
        if (count < COUNT_MAX) {
            routes[count] = route;
            shown[count] = E164.NONE;
            trunkHighs[count] = idHigh;
            trunkLows[count++] = idLow;
        }
    }

    /** How many are left. */
    public int count() {
        return count;
    }

    /** Trunk at an index, upper half. */
    public long trunkHigh(final int index) {
        return trunkHighs[index];
    }

    /** Trunk at an index, lower half. */
    public long trunkLow(final int index) {
        return trunkLows[index];
    }

    /** The outbound route that leads to the trunk at an index; {@link ResourceId#NIL} for none. */
    public ResourceId route(final int index) {
        return routes[index];
    }

    /** The calling number that the trunk at an index is shown; {@link E164#NONE} for {@link #caller}. */
    public long shown(final int index) {
        return shown[index];
    }

    /** Sets what the trunk at an index is shown. */
    public void show(final int index, final long e164) {
        shown[index] = e164;
    }

    /** Sets what leads to the trunk at an index. */
    public void route(final int index, final ResourceId route) {
        routes[index] = route;
    }

    void dropFirst() {
        count--;
        System.arraycopy(routes, 1, routes, 0, count);
        System.arraycopy(shown, 1, shown, 0, count);
        System.arraycopy(trunkHighs, 1, trunkHighs, 0, count);
        System.arraycopy(trunkLows, 1, trunkLows, 0, count);
    }
}
