package io.tandem.routing.configuration;

import java.util.Arrays;

/**
 * A bounded table of plans by 128-bit identifier. When three quarters full it starts again empty: what it holds can always
 * be compiled again, so its content never shows in a decision. One thread; look-ups allocate nothing.
 */
public final class PlanCache<P> {
    private final long[] idHighs;
    private final long[] idLows;
    private final Object[] plans;
    private final int mask;
    private final int countMax;
    private int count;

    /** Holds three quarters of {@code capacity}, which is a power of two. */
    public PlanCache(final int capacity) {
        idHighs = new long[capacity];
        idLows = new long[capacity];
        plans = new Object[capacity];
        mask = capacity - 1;
        countMax = capacity - capacity / 4;
    }

    /** The plan of an identifier, or null. */
    @SuppressWarnings("unchecked")
    public P get(final long idHigh, final long idLow) {
        int position = position(idHigh, idLow);
        while (plans[position] != null) {
            if (idLows[position] == idLow && idHighs[position] == idHigh) {
                return (P) plans[position];
            }
            position = (position + 1) & mask;
        }
        return null;
    }

    /** Adds a plan that is not there yet. */
    public void put(final long idHigh, final long idLow, final P plan) {
        if (count == countMax) {
            clear();
        }
        int position = position(idHigh, idLow);
        while (plans[position] != null) {
            position = (position + 1) & mask;
        }
        idHighs[position] = idHigh;
        idLows[position] = idLow;
        plans[position] = plan;
        count++;
    }

    /** Forgets a plan; the ones behind it move up so that each is still found. */
    public void remove(final long idHigh, final long idLow) {
        int hole = position(idHigh, idLow);
        while (plans[hole] != null && (idLows[hole] != idLow || idHighs[hole] != idHigh)) {
            hole = (hole + 1) & mask;
        }
        if (plans[hole] == null) {
            return;
        }
        count--;
        for (int next = (hole + 1) & mask; plans[next] != null; next = (next + 1) & mask) {
            final int home = position(idHighs[next], idLows[next]);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                idHighs[hole] = idHighs[next];
                idLows[hole] = idLows[next];
                plans[hole] = plans[next];
                hole = next;
            }
        }
        plans[hole] = null;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(plans, null);
        count = 0;
    }

    int size() {
        return count;
    }

    private int position(final long idHigh, final long idLow) {
        return IdHash.of(idHigh, idLow) & mask;
    }
}
