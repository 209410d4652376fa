package io.tandem.routing.model;

/** What a trunk speaks. */
public enum TrunkTransport {
    /** Datagrams. */
    UDP,
    /** A stream. */
    TCP,
    /** An encrypted stream. */
    TLS
}
