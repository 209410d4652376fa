package io.tandem.routing.model;

/** What the numbers of a phone list are in it for. */
public enum PhoneListKind {
    /** They are not called. */
    DNC_OUT,
    /** They may not call. */
    DNC_IN,
    /** Calls with them are not recorded. */
    DNR,
    /** They may call and be called whatever the other lists say. */
    ALLOW
}
