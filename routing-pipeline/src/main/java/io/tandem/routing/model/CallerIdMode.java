package io.tandem.routing.model;

/** Which number a forwarded call shows. */
public enum CallerIdMode {
    /** That of the caller. */
    PASSTHROUGH,
    /** The number that was dialled. */
    DID,
    /** One that is given. */
    CUSTOM
}
