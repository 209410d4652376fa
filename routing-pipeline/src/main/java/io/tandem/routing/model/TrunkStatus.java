package io.tandem.routing.model;

/** Whether a trunk is used. */
public enum TrunkStatus {
    /** It is. */
    ACTIVE,
    /** It neither brings nor takes calls. */
    DISABLED
}
