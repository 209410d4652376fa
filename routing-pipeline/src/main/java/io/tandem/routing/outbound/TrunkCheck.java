package io.tandem.routing.outbound;

/** Whether a trunk can take a call now: what the plan of routes does not know. */
@FunctionalInterface
public interface TrunkCheck {
    /** Whether it is in use, takes calls, and belongs to an account that is. */
    boolean takesCalls(long trunkHigh, long trunkLow);
}
