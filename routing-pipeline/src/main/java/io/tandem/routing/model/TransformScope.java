package io.tandem.routing.model;

/** What a number transform belongs to. */
public enum TransformScope {
    /** Every call of an account. */
    ACCOUNT,
    /** Every call of a trunk. */
    TRUNK,
    /** Every call of a number. */
    DID,
    /** Every call over an outbound route. */
    ROUTE
}
