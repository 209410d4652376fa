package io.tandem.perf.rig;

import io.tandem.perf.rig.Latencies.Span;

/**
 * Warm-up or measurement: a schedule, and what came of it.
 *
 * @param schedule    when its calls are due.
 * @param firstNumber number of its first call; numbers go on from phase to phase.
 * @param counts      what became of its calls.
 * @param latencies   of its calls alone.
 */
record Phase(Schedule schedule, long firstNumber, RigCounts counts, Latencies latencies) {
    static Phase of(final Schedule schedule, final long firstNumber) {
        return new Phase(schedule, firstNumber, new RigCounts(), new Latencies());
    }

    boolean owns(final long number) {
        return number >= firstNumber && number < firstNumber + schedule.callCount();
    }

    /** Records a latency if the call belongs to this phase. */
    void record(final Span span, final long number, final long dueNs, final long nowNs) {
        if (owns(number)) {
            latencies.record(span, dueNs, nowNs);
        }
    }
}
