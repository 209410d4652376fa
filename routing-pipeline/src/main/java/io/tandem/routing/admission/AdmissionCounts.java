package io.tandem.routing.admission;

/** How many calls are up, for those who only ask. */
public interface AdmissionCounts {
    /** Calls counted now. */
    int count(Dimension dimension, long idHigh, long idLow);

    /** Counters that could still be put to use. */
    int freeCounters();

    /**
     * Whether a call would pass, without taking anything.
     *
     * @return {@link AdmissionLedger#ADMITTED}, {@link AdmissionLedger#FULL}, or the index of the first ceiling that fails.
     */
    default int evaluate(final Ceilings ceilings) {
        int unused = 0;
        for (int i = 0, count = ceilings.count(); i < count; i++) {
            final int now = count(ceilings.dimension(i), ceilings.idHigh(i), ceilings.idLow(i));
            final int same = ceilings.earlierSame(i);
            final int limit = ceilings.limit(i);
            if (limit != Ceilings.UNLIMITED && now + same >= limit) {
                return i;
            }
            if (now + same == 0) {
                unused++;
            }
        }
        return unused > freeCounters() ? AdmissionLedger.FULL : AdmissionLedger.ADMITTED;
    }
}
