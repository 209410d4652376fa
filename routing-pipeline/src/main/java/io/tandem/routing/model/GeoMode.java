package io.tandem.routing.model;

/** How a list of countries is meant. */
public enum GeoMode {
    /** Only these may be called. */
    ALLOWLIST,
    /** All but these may be called. */
    DENYLIST
}
