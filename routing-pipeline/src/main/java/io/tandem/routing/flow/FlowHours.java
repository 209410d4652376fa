package io.tandem.routing.flow;

import io.tandem.routing.schedule.Opening;

/** Tells flows what schedules say of the present moment; asked on the core's thread. */
@FunctionalInterface
public interface FlowHours {
    /** What the schedule of an identifier says now; null if there is no such schedule. */
    Opening at(long scheduleHigh, long scheduleLow);
}
