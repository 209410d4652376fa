package io.tandem.routing.model;

/** Where an outbound route leads. */
public enum RouteVia {
    /** To the wholesale carrier. */
    CARRIER,
    /** To one trunk. */
    TRUNK
}
