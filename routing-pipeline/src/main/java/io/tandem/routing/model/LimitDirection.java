package io.tandem.routing.model;

/** Which calls a call limit counts. */
public enum LimitDirection {
    /** Calls that come in. */
    IN,
    /** Calls that go out. */
    OUT,
    /** Calls of the dialer. */
    DIALER,
    /** All of them. */
    ANY
}
