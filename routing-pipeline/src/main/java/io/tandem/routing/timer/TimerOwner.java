package io.tandem.routing.timer;

/** Whoever is told when a timer fires. */
public interface TimerOwner {
    /** One of its timers is about to fire and still scheduled: the last look at the owner as it was. */
    default void beforeTimer() {}

    /**
     * The timer fired; it is no longer scheduled and may be scheduled again.
     *
     * @param timer which one.
     * @param nowNs monotonic time of the turn, at or after the deadline.
     */
    void onTimer(Timer timer, long nowNs);
}
