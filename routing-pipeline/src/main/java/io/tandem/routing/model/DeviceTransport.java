package io.tandem.routing.model;

/** What a device speaks. */
public enum DeviceTransport {
    /** Datagrams. */
    UDP,
    /** A stream. */
    TCP,
    /** An encrypted stream. */
    TLS,
    /** WebSocket over an encrypted stream (RFC 7118). */
    WSS
}
