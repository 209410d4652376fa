package io.tandem.routing.model;

/** Which provisional answers with media of a trunk reach the caller (D3). */
public enum EarlyMedia {
    /** Every one. */
    ALL,
    /** Those of the first that sent one. */
    FIRST,
    /** None; the caller hears ringing. */
    NONE
}
