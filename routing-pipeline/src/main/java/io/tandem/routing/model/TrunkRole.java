package io.tandem.routing.model;

/** Who is at the other end of a trunk. */
public enum TrunkRole {
    /** The telephone network. */
    CARRIER,
    /** A customer's own exchange. */
    PBX
}
