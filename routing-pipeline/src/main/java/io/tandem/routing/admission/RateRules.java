package io.tandem.routing.admission;

import java.util.Arrays;

/**
 * The sliding-window rules that one call has to pass in one step, in the order in which the first that fails is named. Filled
 * for each call and reused; core's thread.
 */
public final class RateRules {
    /** Most rules of one step: 64 limits of each of eight accounts, for either side of a call. */
    public static final int COUNT_MAX = 1024;

    /** What stands for all calls of a rule rather than those with one remote number. */
    public static final long ALL_NUMBERS = -1;

    private final long[] ruleHighs = new long[COUNT_MAX];
    private final long[] ruleLows = new long[COUNT_MAX];
    private final long[] numbers = new long[COUNT_MAX];
    private final long[] periodsNs = new long[COUNT_MAX];
    private final int[] maxCounts = new int[COUNT_MAX];
    private final boolean[] hard = new boolean[COUNT_MAX];
    final boolean[] exceeded = new boolean[COUNT_MAX];
    final int[] recordedSlots = new int[COUNT_MAX];
    private int count;
    int recorded;

    /** Forgets all. */
    public void clear() {
        count = 0;
        recorded = 0;
    }

    /**
     * Adds one; a rule that is there already is not added twice.
     *
     * @param number the remote number that is counted by itself, or {@link #ALL_NUMBERS}.
     * @param maxCount most calls in any period, 0 for none at all.
     * @param isHard whether a call too many is refused.
     */
    public void add(
            final long ruleHigh,
            final long ruleLow,
            final long number,
            final long periodNs,
            final int maxCount,
            final boolean isHard) {
        for (int i = 0; i < count; i++) {
            if (ruleLows[i] == ruleLow && ruleHighs[i] == ruleHigh && numbers[i] == number) {
                return;
            }
        }
        ruleHighs[count] = ruleHigh;
        ruleLows[count] = ruleLow;
        numbers[count] = number;
        periodsNs[count] = periodNs;
        maxCounts[count] = maxCount;
        hard[count] = isHard;
        exceeded[count] = false;
        count++;
    }

    /** Makes every rule one that only warns: for a call that nothing may refuse and that is counted all the same. */
    public void soften() {
        Arrays.fill(hard, 0, count, false);
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** Upper half of the identifier of the rule at an index. */
    public long ruleHigh(final int index) {
        return ruleHighs[index];
    }

    /** Lower half of that identifier. */
    public long ruleLow(final int index) {
        return ruleLows[index];
    }

    /** The remote number that is counted by itself, or {@link #ALL_NUMBERS}. */
    public long number(final int index) {
        return numbers[index];
    }

    /** Length of the period. */
    public long periodNs(final int index) {
        return periodsNs[index];
    }

    /** Most calls in any period. */
    public int maxCount(final int index) {
        return maxCounts[index];
    }

    /** Whether a call too many is refused. */
    public boolean isHard(final int index) {
        return hard[index];
    }

    /** Whether the call was one too many when it was last looked at: refused if the rule is hard, a warning if not. */
    public boolean isExceeded(final int index) {
        return exceeded[index];
    }

    /** Rules that are not hard and were exceeded: what the call's record is flagged with. */
    public int softExceeded() {
        int soft = 0;
        for (int i = 0; i < count; i++) {
            soft += exceeded[i] && !hard[i] ? 1 : 0;
        }
        return soft;
    }
}
