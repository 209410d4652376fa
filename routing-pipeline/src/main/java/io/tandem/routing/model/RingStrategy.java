package io.tandem.routing.model;

/** How the devices of a user ring. */
public enum RingStrategy {
    /** All that are reachable at once. */
    SIMULTANEOUS,
    /** One after the other, by their order. */
    SEQUENTIAL,
    /** Those that opted in, at once. */
    SPECIFIC
}
