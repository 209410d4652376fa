package io.tandem.routing.model;

/** How the members of a ring group ring. */
public enum GroupStrategy {
    /** All, each after its delay. */
    RING_ALL,
    /** One after the other, by position. */
    SEQUENTIAL,
    /** One after the other, each call beginning with the next member. */
    ROUND_ROBIN
}
