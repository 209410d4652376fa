package io.tandem.routing.model;

/** Whether an account, and all below it, may place and receive calls. */
public enum AccountStatus {
    /** It may. */
    ACTIVE,
    /** Not now. */
    SUSPENDED,
    /** Not any more. */
    CLOSED
}
