package io.tandem.routing.timer;

/** One timer, part of its owner and reused with it. Scheduled and cancelled through {@link TimerWheel}. */
public final class Timer {
    static final int IDLE = -1;

    final TimerOwner owner;
    Timer previous;
    Timer next;
    int bucket = IDLE;
    long deadlineNs;
    long order;

    /** Creates an idle timer. */
    public Timer(final TimerOwner owner) {
        this.owner = owner;
    }

    /** Whether it will fire. */
    public boolean isScheduled() {
        return bucket != IDLE;
    }

    /** When it will fire, monotonic ns; meaningful while scheduled. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** Position among timers of the same tick; meaningful while scheduled. */
    public long order() {
        return order;
    }
}
