package io.tandem.routing.timer;

/** Whoever is told when a timer fires. */
public interface TimerOwner {
    /**
     * The timer fired; it is no longer scheduled and may be scheduled again.
     *
     * @param timer which one.
     * @param nowNs monotonic time of the turn, at or after the deadline.
     */
    void onTimer(Timer timer, long nowNs);
}
