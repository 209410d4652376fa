package io.tandem.routing.admission;

import io.tandem.routing.counter.TableFill;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.agrona.BitUtil;

/**
 * When calls were admitted, for rules that limit their number in any period: for each rule, and for each remote number where a
 * rule counts numbers by themselves, the exact moments of the last admissions. A period is half open, {@code (now - period,
 * now]}. Only admissions count: a refused attempt leaves no trace.
 *
 * <p>A window exists while it holds a moment, and holds at most one more than its rule's count: that many are enough to tell
 * whether a call is one too many. What has left its period goes when its window is written again, and a few windows are looked
 * through with every call, more of them while a table is full.
 *
 * <p>Both tables are bounded. When one of them is full a call is <em>not</em> refused: it is admitted, not remembered, and
 * {@link #unrecorded()} counts it. A rate rule protects one tenant; refusing every other tenant's calls because of it would
 * turn a precaution into an outage. So that nobody lifts the rules of others by calling from ever new numbers, windows of
 * single numbers take at most half of either table.
 *
 * <p>Core's thread alone; nothing allocates after construction. 60 bytes a window and 16 a moment.
 */
public final class CallWindows {
    /** Every hard rule was passed. */
    public static final int PASSED = -1;

    private static final int NONE = -1;
    private static final int SWEPT_WINDOWS = 4;
    private static final int SWEPT_WINDOWS_WHEN_FULL = 256;
    private static final int SWEPT_MOMENTS = 16;

    private final int windowMax;
    private final int momentMax;
    private final long[] ruleHighs;
    private final long[] ruleLows;
    private final long[] numbers;
    private final long[] periodsNs;
    private final int[] oldest;
    private final int[] newest;
    private final int[] counts;
    private final long[] freeWindows;
    private final int[] index;
    private final int indexMask;

    private final long[] moments;
    private final int[] later;
    private final int[] earlier;
    private int freeMoment;

    private int usedWindows;
    private int usedMoments;
    private int numberWindows;
    private int numberMoments;
    private int windowPeak;
    private int momentPeak;
    private int hand;
    private long unrecorded;
    private WindowWatch watch = slot -> {};

    /**
     * Empty tables.
     *
     * @param windowMax most windows.
     * @param momentMax most moments in all of them.
     */
    public CallWindows(final int windowMax, final int momentMax) {
        if (windowMax < 2 || windowMax > 1 << 24 || momentMax < 2 || momentMax > 1 << 28) {
            throw new IllegalArgumentException(
                    "rate table refused: windows=" + windowMax + " moments=" + momentMax + " least=2 most=2^24, 2^28");
        }
        this.windowMax = windowMax;
        this.momentMax = momentMax;
        ruleHighs = new long[windowMax];
        ruleLows = new long[windowMax];
        numbers = new long[windowMax];
        periodsNs = new long[windowMax];
        oldest = new int[windowMax];
        newest = new int[windowMax];
        counts = new int[windowMax];
        freeWindows = new long[(windowMax + 63) / 64];
        for (int i = 0; i < windowMax; i++) {
            freeWindows[i >>> 6] |= 1L << i;
        }
        final int capacity = BitUtil.findNextPositivePowerOfTwo(windowMax * 2);
        index = new int[capacity];
        indexMask = capacity - 1;
        Arrays.fill(index, NONE);
        moments = new long[momentMax];
        later = new int[momentMax];
        earlier = new int[momentMax];
        for (int i = 0; i < momentMax; i++) {
            later[i] = i + 1;
        }
        later[momentMax - 1] = NONE;
    }

    /**
     * Whether a call would pass, and which rules it would exceed; changes nothing but the flags of {@code rules}.
     *
     * @return {@link #PASSED}, or the index of the first hard rule that refuses.
     */
    public int evaluate(final RateRules rules, final long nowNs) {
        int refusing = PASSED;
        for (int i = 0; i < rules.count(); i++) {
            final int slot = find(rules.ruleHigh(i), rules.ruleLow(i), rules.number(i));
            final boolean full = rules.maxCount(i) == 0
                    || (slot != NONE && isFull(slot, rules.maxCount(i), rules.periodNs(i), nowNs));
            rules.exceeded[i] = full;
            if (full && rules.isHard(i) && refusing == PASSED) {
                refusing = i;
            }
        }
        return refusing;
    }

    /** Remembers an admission under every rule. Only after {@link #evaluate} let it pass, at the same moment. */
    public void record(final RateRules rules, final long nowNs) {
        sweep(nowNs, SWEPT_WINDOWS);
        if (usedWindows == windowMax || freeMoment == NONE) {
            sweep(nowNs, SWEPT_WINDOWS_WHEN_FULL);
        }
        for (int i = 0; i < rules.count(); i++) {
            rules.recordedSlots[i] = record(rules, i, nowNs);
        }
        rules.recorded = rules.count();
    }

    /**
     * Takes back what the last {@link #record} remembered, for a call that a later stage refused. Before any other call is
     * recorded; a second time does nothing.
     */
    public void retract(final RateRules rules) {
        for (int i = rules.recorded - 1; i >= 0; i--) {
            final int slot = rules.recordedSlots[i];
            if (slot != NONE) {
                watch.beforeChange(slot);
                dropNewest(slot);
                vacateIfEmpty(slot);
            }
        }
        rules.recorded = 0;
    }

    /** Calls admitted under a rule in the period before now; walks them, for explanations and tests. */
    public int count(
            final long ruleHigh, final long ruleLow, final long number, final long periodNs, final long nowNs) {
        final int slot = find(ruleHigh, ruleLow, number);
        int count = 0;
        for (int moment = slot == NONE ? NONE : newest[slot]; moment != NONE; moment = earlier[moment]) {
            if (nowNs - moments[moment] >= periodNs) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Admissions that were not remembered because a table was full. */
    public long unrecorded() {
        return unrecorded;
    }

    /** Windows in use. */
    public int usedWindows() {
        return usedWindows;
    }

    /** Moments remembered. */
    public int usedMoments() {
        return usedMoments;
    }

    /** How full the table of windows is. */
    public TableFill windowFill(final String name) {
        return new TableFill(name, usedWindows, windowMax, windowPeak, unrecorded);
    }

    /** How full the table of moments is. */
    public TableFill momentFill(final String name) {
        return new TableFill(name, usedMoments, momentMax, momentPeak, unrecorded);
    }

    // ---- snapshots -------------------------------------------------------------------------------------------------

    /** Has somebody told of every window before it changes. */
    public void watch(final WindowWatch newWatch) {
        watch = newWatch;
    }

    /** Places for windows; some are free. */
    public int windowMax() {
        return windowMax;
    }

    /** Whether a place holds a window. */
    public boolean isLive(final int slot) {
        return counts[slot] > 0;
    }

    /** The first place from {@code slot} on that holds a window, or -1. */
    public int nextLive(final int slot) {
        for (int i = slot; i < windowMax; ) {
            final long live = ~freeWindows[i >>> 6] >>> i;
            if (live != 0) {
                final int found = i + Long.numberOfTrailingZeros(live);
                return found < windowMax ? found : NONE;
            }
            i = (i | 63) + 1;
        }
        return NONE;
    }

    /** Upper half of the identifier of the window's rule. */
    public long ruleHigh(final int slot) {
        return ruleHighs[slot];
    }

    /** Lower half of that identifier. */
    public long ruleLow(final int slot) {
        return ruleLows[slot];
    }

    /** The remote number that the window is of, or {@link RateRules#ALL_NUMBERS}. */
    public long number(final int slot) {
        return numbers[slot];
    }

    /** Period of the window's rule when it was last written. */
    public long periodNs(final int slot) {
        return periodsNs[slot];
    }

    /** Names the moments of a window, the oldest first. */
    public void forEachMoment(final int slot, final LongConsumer consumer) {
        for (int moment = oldest[slot]; moment != NONE; moment = later[moment]) {
            consumer.accept(moments[moment]);
        }
    }

    /** Which window is looked through next. */
    public int hand() {
        return hand;
    }

    /** Continues from a snapshot: {@link #hand()} and {@link #unrecorded()}. */
    public void restore(final int newHand, final long newUnrecorded) {
        hand = newHand;
        unrecorded = newUnrecorded;
    }

    /** Puts a window back in its place, without moments yet; a second time for the same one does nothing. */
    public void restoreWindow(
            final int slot, final long ruleHigh, final long ruleLow, final long number, final long periodNs) {
        if (counts[slot] == 0) {
            occupy(slot, ruleHigh, ruleLow, number);
        }
        periodsNs[slot] = periodNs;
    }

    /**
     * Adds the next moment of a window that was put back.
     *
     * @return false if the table of moments is smaller than it was.
     */
    public boolean restoreMoment(final int slot, final long momentNs) {
        return append(slot, momentNs);
    }

    // ---- windows ---------------------------------------------------------------------------------------------------

    private int record(final RateRules rules, final int rule, final long nowNs) {
        final long number = rules.number(rule);
        int slot = find(rules.ruleHigh(rule), rules.ruleLow(rule), number);
        if (slot == NONE) {
            slot = freeWindow(number);
            if (slot == NONE || !hasFreeMoment(number)) {
                unrecorded++;
                return NONE;
            }
            watch.beforeChange(slot);
            occupy(slot, rules.ruleHigh(rule), rules.ruleLow(rule), number);
        } else {
            watch.beforeChange(slot);
            periodsNs[slot] = rules.periodNs(rule);
            expire(slot, nowNs, Integer.MAX_VALUE);
            while (counts[slot] > rules.maxCount(rule)) {
                dropOldest(slot);
            }
        }
        periodsNs[slot] = rules.periodNs(rule);
        if (!hasFreeMoment(number)) {
            unrecorded++;
            vacateIfEmpty(slot);
            return NONE;
        }
        append(slot, nowNs);
        return slot;
    }

    /** Whether a window has as many moments within the period as its rule allows. */
    private boolean isFull(final int slot, final int maxCount, final long periodNs, final long nowNs) {
        final int count = counts[slot];
        if (count < maxCount) {
            return false;
        }
        int moment;
        if (count - maxCount < maxCount) {
            moment = oldest[slot];
            for (int i = count - maxCount; i > 0; i--) {
                moment = later[moment];
            }
        } else {
            moment = newest[slot];
            for (int i = maxCount - 1; i > 0; i--) {
                moment = earlier[moment];
            }
        }
        return nowNs - moments[moment] < periodNs;
    }

    private void sweep(final long nowNs, final int places) {
        for (int i = 0; i < places; i++) {
            final int slot = hand;
            hand = hand + 1 == windowMax ? 0 : hand + 1;
            if (counts[slot] > 0 && nowNs - moments[oldest[slot]] >= periodsNs[slot]) {
                watch.beforeChange(slot);
                expire(slot, nowNs, SWEPT_MOMENTS);
                vacateIfEmpty(slot);
            }
        }
    }

    private void expire(final int slot, final long nowNs, final int most) {
        for (int i = 0; i < most && counts[slot] > 0 && nowNs - moments[oldest[slot]] >= periodsNs[slot]; i++) {
            dropOldest(slot);
        }
    }

    private int freeWindow(final long number) {
        if (number != RateRules.ALL_NUMBERS && numberWindows >= windowMax / 2) {
            return NONE;
        }
        for (int i = 0; i < freeWindows.length && usedWindows < windowMax; i++) {
            if (freeWindows[i] != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(freeWindows[i]);
            }
        }
        return NONE;
    }

    private void occupy(final int slot, final long ruleHigh, final long ruleLow, final long number) {
        freeWindows[slot >>> 6] &= ~(1L << slot);
        ruleHighs[slot] = ruleHigh;
        ruleLows[slot] = ruleLow;
        numbers[slot] = number;
        oldest[slot] = NONE;
        newest[slot] = NONE;
        counts[slot] = 0;
        usedWindows++;
        windowPeak = Math.max(windowPeak, usedWindows);
        if (number != RateRules.ALL_NUMBERS) {
            numberWindows++;
        }
        int position = hash(ruleHigh, ruleLow, number) & indexMask;
        while (index[position] != NONE) {
            position = (position + 1) & indexMask;
        }
        index[position] = slot;
    }

    private void vacateIfEmpty(final int slot) {
        if (counts[slot] > 0) {
            return;
        }
        int position = hash(ruleHighs[slot], ruleLows[slot], numbers[slot]) & indexMask;
        while (index[position] != slot) {
            position = (position + 1) & indexMask;
        }
        closeGap(position);
        freeWindows[slot >>> 6] |= 1L << slot;
        usedWindows--;
        if (numbers[slot] != RateRules.ALL_NUMBERS) {
            numberWindows--;
        }
    }

    /** Moves later entries of a probe run into the gap, so that look-ups may stop at the first empty place. */
    private void closeGap(final int removed) {
        int gap = removed;
        int position = gap;
        while (true) {
            position = (position + 1) & indexMask;
            final int slot = index[position];
            if (slot == NONE) {
                break;
            }
            final int home = hash(ruleHighs[slot], ruleLows[slot], numbers[slot]) & indexMask;
            if (((position - home) & indexMask) >= ((position - gap) & indexMask)) {
                index[gap] = slot;
                gap = position;
            }
        }
        index[gap] = NONE;
    }

    private int find(final long ruleHigh, final long ruleLow, final long number) {
        int position = hash(ruleHigh, ruleLow, number) & indexMask;
        while (true) {
            final int slot = index[position];
            if (slot == NONE
                    || (ruleLows[slot] == ruleLow && ruleHighs[slot] == ruleHigh && numbers[slot] == number)) {
                return slot;
            }
            position = (position + 1) & indexMask;
        }
    }

    private static int hash(final long ruleHigh, final long ruleLow, final long number) {
        long mixed = (ruleLow ^ Long.rotateLeft(ruleHigh, 29)) + number * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    // ---- moments ---------------------------------------------------------------------------------------------------

    private boolean hasFreeMoment(final long number) {
        return freeMoment != NONE && (number == RateRules.ALL_NUMBERS || numberMoments < momentMax / 2);
    }

    private boolean append(final int slot, final long momentNs) {
        if (freeMoment == NONE) {
            return false;
        }
        final int moment = freeMoment;
        freeMoment = later[moment];
        moments[moment] = momentNs;
        later[moment] = NONE;
        earlier[moment] = newest[slot];
        if (newest[slot] == NONE) {
            oldest[slot] = moment;
        } else {
            later[newest[slot]] = moment;
        }
        newest[slot] = moment;
        counts[slot]++;
        momentsChanged(slot, 1);
        return true;
    }

    private void dropOldest(final int slot) {
        final int moment = oldest[slot];
        oldest[slot] = later[moment];
        if (oldest[slot] == NONE) {
            newest[slot] = NONE;
        } else {
            earlier[oldest[slot]] = NONE;
        }
        free(slot, moment);
    }

    private void dropNewest(final int slot) {
        final int moment = newest[slot];
        newest[slot] = earlier[moment];
        if (newest[slot] == NONE) {
            oldest[slot] = NONE;
        } else {
            later[newest[slot]] = NONE;
        }
        free(slot, moment);
    }

    private void free(final int slot, final int moment) {
        later[moment] = freeMoment;
        freeMoment = moment;
        counts[slot]--;
        momentsChanged(slot, -1);
    }

    private void momentsChanged(final int slot, final int by) {
        usedMoments += by;
        momentPeak = Math.max(momentPeak, usedMoments);
        if (numbers[slot] != RateRules.ALL_NUMBERS) {
            numberMoments += by;
        }
    }
}
