package io.tandem.routing.address;

import io.tandem.journal.record.TransportKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A socket of ours as the core knows it: what it says in Via and Contact.
 *
 * @param id         number in inputs and effects.
 * @param name       name in the configuration.
 * @param transport  what it speaks.
 * @param host       advertised host: an IP literal (IPv6 in brackets) or a name.
 * @param port       advertised port.
 * @param ipv4       whether its socket is an IPv4 one.
 */
public record Listener(int id, String name, TransportKind transport, String host, int port, boolean ipv4) {
    /** Advertised host and port as it stands in a Via or URI. */
    public byte[] sentBy() {
        return (host + ":" + port).getBytes(StandardCharsets.US_ASCII);
    }

    /** Contact field of ours, line end included. */
    byte[] contactField() {
        final String parameter = transport == TransportKind.UDP
                ? ""
                : ";transport=" + transport.name().toLowerCase(Locale.ROOT);
        return ("Contact: <sip:" + host + ":" + port + parameter + ">\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Via field of ours up to the branch's value. */
    byte[] viaPrefix() {
        return ("Via: SIP/2.0/" + transport.name() + " " + host + ":" + port + ";branch=")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
