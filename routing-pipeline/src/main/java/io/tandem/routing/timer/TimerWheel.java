package io.tandem.routing.timer;

/**
 * Timers in buckets of one tick, fired in the order of their ticks and, within a tick, in the order in which they were
 * scheduled. That order is part of a core's determinism: scheduling the same timers again by ascending
 * {@link Timer#order()} at the same time rebuilds it, which is how a snapshot restores it.
 *
 * <p>Two wheels: the near one holds the next minute tick by tick; what lies beyond waits in far buckets of
 * {@value #FAR_TICKS} ticks, each moved into the near wheel before anything can be scheduled there directly. A deadline
 * beyond both (about 19 hours) is looked at again from there. Schedule, cancel and fire take constant time and allocate
 * nothing. Core's thread only.
 */
public final class TimerWheel {
    /** Length of a tick in ns as a power of two: 4.2 ms. */
    public static final int TICK_SHIFT = 22;

    static final int NEAR_BUCKETS = 16_384;
    static final int FAR_TICKS = 1024;
    static final int FAR_BUCKETS = 16_384;

    private static final int FAR_SHIFT = 10;
    private static final long FAR_REACH_TICKS = (long) (FAR_BUCKETS - 64) << FAR_SHIFT;

    private final Timer[] heads = new Timer[NEAR_BUCKETS + FAR_BUCKETS];
    private final Timer[] tails = new Timer[NEAR_BUCKETS + FAR_BUCKETS];
    private final long[] occupied = new long[NEAR_BUCKETS / 64];
    private long currentTick;
    private long nearEndTick = nearEnd(0);
    private long orders;
    private int nearCount;
    private int farCount;
    private Timer cursor;

    /** Schedules an idle timer; a deadline that has passed fires at the next {@link #fire}. */
    public void schedule(final Timer timer, final long deadlineNs) {
        if (timer.bucket != Timer.IDLE) {
            cancel(timer);
        }
        timer.order = ++orders;
        timer.deadlineNs = deadlineNs;
        place(timer);
    }

    /** Makes a timer idle; nothing happens when it is already. */
    public void cancel(final Timer timer) {
        if (timer.bucket != Timer.IDLE) {
            unlink(timer);
        }
    }

    /**
     * Fires due timers.
     *
     * @param nowNs monotonic time of the turn.
     * @param limit most timers to fire in this call.
     * @return how many fired; call again while it is the limit.
     */
    public int fire(final long nowNs, final int limit) {
        final long nowTick = nowNs >> TICK_SHIFT;
        int fired = 0;
        while (true) {
            final int bucket = (int) (currentTick & (NEAR_BUCKETS - 1));
            cursor = heads[bucket];
            while (cursor != null) {
                final Timer timer = cursor;
                cursor = timer.next;
                if (timer.deadlineNs <= nowNs) {
                    if (fired == limit) {
                        cursor = null;
                        return fired;
                    }
                    fired++;
                    timer.owner.beforeTimer();
                    unlink(timer);
                    timer.owner.onTimer(timer, nowNs);
                } else if (timer.deadlineNs >> TICK_SHIFT > currentTick) {
                    unlink(timer);
                    place(timer);
                }
            }
            if (currentTick >= nowTick) {
                return fired;
            }
            advance(nowTick);
        }
    }

    /** When {@link #fire} has something to do next, monotonic ns; {@link Long#MAX_VALUE} when nothing is scheduled. */
    public long nextDeadlineNs() {
        final long near = nearCount == 0 ? Long.MAX_VALUE : (nextOccupiedTick(Long.MAX_VALUE) + 1) << TICK_SHIFT;
        if (farCount == 0) {
            return near;
        }
        return Math.min(near, (nearEndTick - NEAR_BUCKETS + FAR_TICKS) << TICK_SHIFT);
    }

    /** Timers scheduled now. */
    public int size() {
        return nearCount + farCount;
    }

    /** The highest order given out so far. */
    public long orders() {
        return orders;
    }

    /** Sets time and order of an empty wheel before timers are restored by {@link #restore}. */
    public void restoreTime(final long nowNs, final long storedOrders) {
        if (size() != 0) {
            throw new IllegalStateException("timer wheel is not empty: timers=" + size());
        }
        currentTick = nowNs >> TICK_SHIFT;
        nearEndTick = nearEnd(currentTick);
        orders = storedOrders;
    }

    /** Puts a stored timer back; callers go by ascending order. */
    public void restore(final Timer timer, final long deadlineNs, final long order) {
        timer.order = order;
        timer.deadlineNs = deadlineNs;
        place(timer);
    }

    private void advance(final long nowTick) {
        long next = nowTick;
        if (nearCount > 0) {
            next = nextOccupiedTick(nowTick);
        }
        if (farCount > 0) {
            next = Math.min(next, nearEndTick - NEAR_BUCKETS + FAR_TICKS);
        }
        currentTick = Math.max(currentTick + 1, Math.min(next, nowTick));
        final long end = nearEnd(currentTick);
        while (nearEndTick < end) {
            cascade(nearEndTick >> FAR_SHIFT);
        }
    }

    /** The first tick after the current one, and before the limit, whose bucket holds a timer; else the limit. */
    private long nextOccupiedTick(final long limitTick) {
        if (heads[(int) (currentTick & (NEAR_BUCKETS - 1))] != null && limitTick == Long.MAX_VALUE) {
            return currentTick;
        }
        final long end = Math.min(limitTick, currentTick + NEAR_BUCKETS);
        long tick = currentTick + 1;
        while (tick < end) {
            final int bucket = (int) (tick & (NEAR_BUCKETS - 1));
            final long word = occupied[bucket >>> 6] >>> (bucket & 63);
            if (word != 0) {
                return Math.min(tick + Long.numberOfTrailingZeros(word), end);
            }
            tick += 64 - (bucket & 63);
        }
        return end;
    }

    /** The near wheel reaches from the current far bucket to the last whole one that fits. */
    private static long nearEnd(final long tick) {
        return ((tick >> FAR_SHIFT) << FAR_SHIFT) + NEAR_BUCKETS;
    }

    private void cascade(final long farTick) {
        nearEndTick += FAR_TICKS;
        final int bucket = NEAR_BUCKETS + (int) (farTick & (FAR_BUCKETS - 1));
        Timer timer = heads[bucket];
        while (timer != null) {
            final Timer following = timer.next;
            unlink(timer);
            place(timer);
            timer = following;
        }
    }

    private void place(final Timer timer) {
        final long tick =
                Math.max(currentTick, Math.min(timer.deadlineNs >> TICK_SHIFT, currentTick + FAR_REACH_TICKS));
        final int bucket;
        if (tick < nearEndTick) {
            bucket = (int) (tick & (NEAR_BUCKETS - 1));
            occupied[bucket >>> 6] |= 1L << bucket;
            nearCount++;
        } else {
            bucket = NEAR_BUCKETS + (int) ((tick >> FAR_SHIFT) & (FAR_BUCKETS - 1));
            farCount++;
        }
        timer.bucket = bucket;
        timer.next = null;
        timer.previous = tails[bucket];
        if (tails[bucket] == null) {
            heads[bucket] = timer;
        } else {
            tails[bucket].next = timer;
        }
        tails[bucket] = timer;
    }

    private void unlink(final Timer timer) {
        final int bucket = timer.bucket;
        if (cursor == timer) {
            cursor = timer.next;
        }
        if (timer.previous == null) {
            heads[bucket] = timer.next;
        } else {
            timer.previous.next = timer.next;
        }
        if (timer.next == null) {
            tails[bucket] = timer.previous;
        } else {
            timer.next.previous = timer.previous;
        }
        timer.previous = null;
        timer.next = null;
        timer.bucket = Timer.IDLE;
        if (bucket < NEAR_BUCKETS) {
            nearCount--;
            if (heads[bucket] == null) {
                occupied[bucket >>> 6] &= ~(1L << bucket);
            }
        } else {
            farCount--;
        }
    }
}
