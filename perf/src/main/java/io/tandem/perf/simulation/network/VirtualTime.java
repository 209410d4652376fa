package io.tandem.perf.simulation.network;

import java.util.PriorityQueue;

/**
 * The simulation's only clock: a queue of things to do, ordered by deadline and, at one deadline, by the order in which
 * they were asked for. Nothing ever waits, so an hour of telephony passes in as long as its events take. Single thread.
 */
public final class VirtualTime {
    public static final long MICROSECOND = 1_000L;
    public static final long MILLISECOND = 1_000_000L;
    public static final long SECOND = 1_000_000_000L;

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long nowNs;
    private long sequence;
    private long executed;

    /** Starts the clock at a time that is not zero, so that forgotten time stamps show. */
    public VirtualTime(final long startNs) {
        nowNs = startNs;
    }

    /** Monotonic time, in nanoseconds. */
    public long nowNs() {
        return nowNs;
    }

    /** Events executed so far. */
    public long executed() {
        return executed;
    }

    /** Asks for an action at a time; a time in the past means now, after what is already due. */
    public Event at(final long deadlineNs, final Runnable action) {
        final Event event = new Event(Math.max(deadlineNs, nowNs), sequence++, action);
        queue.add(event);
        return event;
    }

    /** Asks for an action after a delay in nanoseconds. */
    public Event after(final long delayNs, final Runnable action) {
        return at(nowNs + delayNs, action);
    }

    /** Executes the next event; false when there is none at or before the limit. The clock then stands at the limit. */
    public boolean step(final long limitNs) {
        Event event = queue.peek();
        while (event != null && event.cancelled) {
            queue.poll();
            event = queue.peek();
        }
        if (event == null || event.deadlineNs > limitNs) {
            nowNs = Math.max(nowNs, limitNs);
            return false;
        }
        queue.poll();
        nowNs = event.deadlineNs;
        executed++;
        event.action.run();
        return true;
    }

    /** One thing to do. */
    public static final class Event implements Comparable<Event> {
        private final long deadlineNs;
        private final long order;
        private final Runnable action;
        private boolean cancelled;

        private Event(final long deadlineNs, final long order, final Runnable action) {
            this.deadlineNs = deadlineNs;
            this.order = order;
            this.action = action;
        }

        /** Takes it back; harmless when it was executed already. */
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(final Event other) {
            final int byTime = Long.compare(deadlineNs, other.deadlineNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }

        @Override
        public boolean equals(final Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(order);
        }
    }
}
