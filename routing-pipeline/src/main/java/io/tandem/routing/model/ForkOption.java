package io.tandem.routing.model;

/** Whether a device rings when its user is called. */
public enum ForkOption {
    /** Nothing was said: it rings, except where devices have to opt in. */
    UNSAID,
    /** It does not; calls to the device itself still reach it. */
    NO,
    /** It does. */
    YES
}
