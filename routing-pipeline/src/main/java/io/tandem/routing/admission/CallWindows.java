package io.tandem.routing.admission;

import io.tandem.routing.counter.TableFill;
import java.util.function.LongConsumer;

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
 * <p>The rules are here; which windows there are is in {@link WindowTable}, what they hold in {@link MomentLists}. Core's thread
 * alone; nothing allocates after construction. 60 bytes a window and 16 a moment.
 */
public final class CallWindows {
    /** Every hard rule was passed. */
    public static final int PASSED = -1;

    private static final int NONE = WindowTable.NONE;
    private static final int SWEPT_WINDOWS = 4;
    private static final int SWEPT_WINDOWS_WHEN_FULL = 256;
    private static final int SWEPT_MOMENTS = 16;

    private final WindowTable table;
    private final MomentLists moments;
    private final int numberWindowMax;
    private final int numberMomentMax;
    private int numberWindows;
    private int numberMoments;
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
        table = new WindowTable(windowMax);
        moments = new MomentLists(windowMax, momentMax);
        numberWindowMax = windowMax / 2;
        numberMomentMax = momentMax / 2;
    }

    /**
     * Whether a call would pass, and which rules it would exceed; changes nothing but the flags of {@code rules}.
     *
     * @return {@link #PASSED}, or the index of the first hard rule that refuses.
     */
    public int evaluate(final RateRules rules, final long nowNs) {
        int refusing = PASSED;
        for (int i = 0; i < rules.count(); i++) {
            final int slot = table.find(rules.ruleHigh(i), rules.ruleLow(i), rules.number(i));
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
        if (table.used() == table.windowMax() || moments.isFull()) {
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
                moments.dropNewest(slot);
                momentsChanged(slot, -1);
                removeIfEmpty(slot);
            }
        }
        rules.recorded = 0;
    }

    /** Calls admitted under a rule in the period before now; walks them, for explanations and tests. */
    public int count(
            final long ruleHigh, final long ruleLow, final long number, final long periodNs, final long nowNs) {
        final int slot = table.find(ruleHigh, ruleLow, number);
        return slot == NONE ? 0 : moments.countWithin(slot, periodNs, nowNs);
    }

    /** Admissions that were not remembered because a table was full. */
    public long unrecorded() {
        return unrecorded;
    }

    /** Windows in use. */
    public int usedWindows() {
        return table.used();
    }

    /** Moments remembered. */
    public int usedMoments() {
        return moments.used();
    }

    /** How full the table of windows is. */
    public TableFill windowFill(final String name) {
        return table.fill(name, unrecorded);
    }

    /** How full the table of moments is. */
    public TableFill momentFill(final String name) {
        return moments.fill(name, unrecorded);
    }

    // ---- snapshots -------------------------------------------------------------------------------------------------

    /** Has somebody told of every window before it changes. */
    public void watch(final WindowWatch newWatch) {
        watch = newWatch;
    }

    /** The windows that there are. */
    public WindowTable table() {
        return table;
    }

    /** Names the moments of a window, the oldest first. */
    public void forEachMoment(final int slot, final LongConsumer consumer) {
        moments.forEach(slot, consumer);
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
        if (!table.isLive(slot)) {
            add(slot, ruleHigh, ruleLow, number);
        }
        table.periodNs(slot, periodNs);
    }

    /**
     * Adds the next moment of a window that was put back.
     *
     * @return false if the table of moments is smaller than it was.
     */
    public boolean restoreMoment(final int slot, final long momentNs) {
        if (moments.isFull()) {
            return false;
        }
        append(slot, momentNs);
        return true;
    }

    // ---- steps -----------------------------------------------------------------------------------------------------

    private int record(final RateRules rules, final int rule, final long nowNs) {
        final long number = rules.number(rule);
        int slot = table.find(rules.ruleHigh(rule), rules.ruleLow(rule), number);
        if (slot == NONE) {
            slot = hasRoomForWindow(number) ? table.freePlace() : NONE;
            if (slot == NONE || !hasRoomForMoment(number)) {
                unrecorded++;
                return NONE;
            }
            watch.beforeChange(slot);
            add(slot, rules.ruleHigh(rule), rules.ruleLow(rule), number);
            table.periodNs(slot, rules.periodNs(rule));
        } else {
            watch.beforeChange(slot);
            table.periodNs(slot, rules.periodNs(rule));
            expire(slot, nowNs, Integer.MAX_VALUE);
            while (moments.count(slot) > rules.maxCount(rule)) {
                dropOldest(slot);
            }
            if (!hasRoomForMoment(number)) {
                unrecorded++;
                removeIfEmpty(slot);
                return NONE;
            }
        }
        append(slot, nowNs);
        return slot;
    }

    /** Whether a window has as many moments within the period as its rule allows. */
    private boolean isFull(final int slot, final int maxCount, final long periodNs, final long nowNs) {
        return moments.count(slot) >= maxCount && nowNs - moments.newest(slot, maxCount) < periodNs;
    }

    private void sweep(final long nowNs, final int places) {
        for (int i = 0; i < places; i++) {
            final int slot = hand;
            hand = hand + 1 == table.windowMax() ? 0 : hand + 1;
            if (isExpiring(slot, nowNs)) {
                watch.beforeChange(slot);
                expire(slot, nowNs, SWEPT_MOMENTS);
                removeIfEmpty(slot);
            }
        }
    }

    private void expire(final int slot, final long nowNs, final int most) {
        for (int i = 0; i < most && isExpiring(slot, nowNs); i++) {
            dropOldest(slot);
        }
    }

    /** Whether the oldest moment of a place has left its window's period. */
    private boolean isExpiring(final int slot, final long nowNs) {
        return moments.count(slot) > 0 && nowNs - moments.oldest(slot) >= table.periodNs(slot);
    }

    private boolean hasRoomForWindow(final long number) {
        return number == RateRules.ALL_NUMBERS || numberWindows < numberWindowMax;
    }

    private boolean hasRoomForMoment(final long number) {
        return !moments.isFull() && (number == RateRules.ALL_NUMBERS || numberMoments < numberMomentMax);
    }

    private void add(final int slot, final long ruleHigh, final long ruleLow, final long number) {
        table.add(slot, ruleHigh, ruleLow, number);
        if (table.isOfNumber(slot)) {
            numberWindows++;
        }
    }

    private void removeIfEmpty(final int slot) {
        if (moments.count(slot) == 0) {
            table.remove(slot);
            if (table.isOfNumber(slot)) {
                numberWindows--;
            }
        }
    }

    private void append(final int slot, final long momentNs) {
        moments.append(slot, momentNs);
        momentsChanged(slot, 1);
    }

    private void dropOldest(final int slot) {
        moments.dropOldest(slot);
        momentsChanged(slot, -1);
    }

    private void momentsChanged(final int slot, final int by) {
        if (table.isOfNumber(slot)) {
            numberMoments += by;
        }
    }
}
