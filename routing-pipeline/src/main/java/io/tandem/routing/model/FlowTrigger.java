package io.tandem.routing.model;

/** What starts a flow at an entry node. */
public enum FlowTrigger {
    /** A call from outside. */
    INBOUND,
    /** A call from a phone or exchange of the account. */
    INTERNAL,
    /** A request over HTTP. */
    API
}
