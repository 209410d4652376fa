package io.tandem.appliance.driver;

import io.tandem.appliance.transport.PeerAddress;
import io.tandem.routing.model.AddressRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses anybody on the Internet may reach, and this machine has not itself (IANA special-purpose registries). */
final class PublicAddress {
    private static final AddressRange EVERY_IPV4 = AddressRange.parse("0.0.0.0/0");
    private static final AddressRange GLOBAL_IPV6 = AddressRange.parse("2000::/3");

    /** Within these: private, shared, for tests and documents, for groups, and what tunnels to IPv4. */
    private static final List<AddressRange> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/32",
                    "2001:db8::/32",
                    "2002::/16")
            .map(AddressRange::parse)
            .toList();

    private PublicAddress() {}

    /**
     * Whether a host has public addresses only.
     *
     * @param host name or literal of a URL, null for none.
     * @throws IOException if it has none at all.
     */
    static boolean isAll(final String host) throws IOException {
        if (host == null) {
            throw new IOException("URL names no server");
        }
        for (final InetAddress address : InetAddress.getAllByName(host)) {
            if (!isPublic(address) || NetworkInterface.getByInetAddress(address) != null) {
                return false;
            }
        }
        return true;
    }

    static boolean isPublic(final InetAddress address) {
        final long high = PeerAddress.high(address);
        final long low = PeerAddress.low(address);
        return (EVERY_IPV4.contains(high, low) || GLOBAL_IPV6.contains(high, low))
                && SPECIAL.stream().noneMatch(range -> range.contains(high, low));
    }
}
