package io.tandem.routing.model;

/** Whose trunk it is. */
public enum TrunkProvider {
    /** The customer's. */
    GENERIC,
    /** The wholesale carrier's. */
    CARRIER
}
