package io.tandem.routing.model;

/** Which agents of a queue are offered a call first. */
public enum QueueStrategy {
    /** All of a tier at once. */
    RING_ALL,
    /** Who has been idle longest. */
    LONGEST_IDLE,
    /** Who comes after the one that was offered last. */
    ROUND_ROBIN,
    /** By position, from the top for every caller. */
    TOP_DOWN,
    /** Who answered the fewest calls since midnight. */
    FEWEST_CALLS,
    /** Whom chance picks. */
    RANDOM,
    /** By position, from where the last caller's offers ended. */
    SEQUENTIAL
}
