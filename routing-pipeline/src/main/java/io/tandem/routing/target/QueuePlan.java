package io.tandem.routing.target;

import io.tandem.routing.model.Queue;

/** A queue with its targets. Immutable. */
public record QueuePlan(
        Queue queue,
        TargetRef timeout,
        TargetRef abandon,
        TargetRef noAgents,
        TargetRef queueFull,
        TargetRef longWait,
        HoursPlan hours) {

    /** Compiles one. */
    public static QueuePlan of(final Queue queue) {
        return new QueuePlan(
                queue,
                TargetRef.of(queue.timeout()),
                TargetRef.of(queue.abandon()),
                TargetRef.of(queue.noAgents()),
                TargetRef.of(queue.queueFull()),
                TargetRef.of(queue.longWait()),
                HoursPlan.of(queue.hours()));
    }

    long idHigh() {
        return queue.id().high();
    }

    long idLow() {
        return queue.id().low();
    }
}
