package io.tandem.routing.admission;

/**
 * Which counters a call, or a leg, has taken, so that exactly those are given back. Small and reused; belongs to one call
 * or leg and is filled and emptied by the {@link AdmissionLedger} alone.
 */
public final class Holds {
    /** Most counters that one call or leg can take. */
    public static final int COUNT_MAX = 24;

    final int[] slots = new int[COUNT_MAX];
    int count;

    /** How many counters are held. */
    public int count() {
        return count;
    }

    /** Whether nothing is held. */
    public boolean isEmpty() {
        return count == 0;
    }
}
