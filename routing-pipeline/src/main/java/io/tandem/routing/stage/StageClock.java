package io.tandem.routing.stage;

/**
 * Measures how long a stage took. Nothing else: no decision and no output depends on it. The live appliance hands in a
 * monotonic clock, replay and tests a constant.
 */
@FunctionalInterface
public interface StageClock {
    /** Always zero: measures nothing. */
    StageClock NONE = () -> 0;

    /** Nanoseconds since some fixed moment. */
    long nanos();
}
