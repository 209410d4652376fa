package io.tandem.routing.model;

/** When a forward applies, to those who list it; a forward reached as a target applies always. */
public enum ForwardTrigger {
    /** Every call. */
    ALWAYS,
    /** The user is busy. */
    BUSY,
    /** Nobody answered in time. */
    NO_ANSWER,
    /** No device can be reached. */
    UNREACHABLE
}
