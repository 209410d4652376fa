package io.tandem.routing.model;

/** How calls from a trunk prove where they come from. */
public enum InboundAuth {
    /** By source address. */
    IP,
    /** By the contact it registered. */
    REGISTER,
    /** By digest. */
    DIGEST
}
