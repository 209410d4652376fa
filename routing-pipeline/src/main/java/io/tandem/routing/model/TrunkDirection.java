package io.tandem.routing.model;

/** Which calls a trunk carries, seen from the appliance. */
public enum TrunkDirection {
    /** It brings calls. */
    INBOUND,
    /** It takes calls. */
    OUTBOUND,
    /** Either. */
    BOTH
}
