package io.tandem.routing.model;

/** Which number a transform rewrites, and when. */
public enum TransformDirection {
    /** The called number of a call that came in. */
    INBOUND_DST,
    /** The calling number of a call that came in. */
    INBOUND_CID,
    /** The called number of a call that goes out. */
    OUTBOUND_DST,
    /** The calling number of a call that goes out. */
    OUTBOUND_CID
}
