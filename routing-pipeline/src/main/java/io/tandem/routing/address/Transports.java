package io.tandem.routing.address;

import io.tandem.journal.record.TransportKind;

/** What transports have in common, by {@link TransportKind} value. */
public final class Transports {
    private static final byte TCP = (byte) TransportKind.TCP.value();
    private static final byte TLS = (byte) TransportKind.TLS.value();

    private Transports() {}

    /** Whether messages end where their Content-Length says (RFC 3261 section 18.3; not so RFC 7118 section 5). */
    public static boolean isStream(final byte transport) {
        return transport == TCP || transport == TLS;
    }
}
