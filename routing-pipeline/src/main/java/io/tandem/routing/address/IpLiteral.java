package io.tandem.routing.address;

import io.tandem.sip.HostAddress;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** An address written in numbers; never a host name, never a look-up. IPv4 becomes IPv4-mapped IPv6. */
public record IpLiteral(long high, long low) {
    /** Reads dotted IPv4 or IPv6 without brackets (RFC 4291 section 2.2); null if it is neither. Allocates. */
    public static IpLiteral parse(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final HostAddress address = new HostAddress();
        // messages may have three colons (RFC 5118 section 4.10), configurations may not
        return !text.contains(":::") && address.wrap(new UnsafeBuffer(bytes), 0, bytes.length)
                ? new IpLiteral(address.addressHigh(), address.addressLow())
                : null;
    }

    /** Whether it is an IPv4 address. */
    public boolean isIpv4() {
        return AddressText.isIpv4(high, low);
    }

    /** As it stands in a URI: dotted, or in brackets. */
    public String uriHost() {
        return AddressText.host(high, low);
    }
}
