package io.tandem.appliance.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** Which addresses anybody on the Internet may reach, and this machine has not itself (IANA special-purpose registries). */
final class PublicAddress {
    private static final int IPV4_BYTES = 4;

    /** First bytes and bits of what is no public IPv4 address. */
    private static final int[][] SPECIAL = {
        {0, 0, 0, 0, 8},
        {10, 0, 0, 0, 8},
        {100, 64, 0, 0, 10},
        {127, 0, 0, 0, 8},
        {169, 254, 0, 0, 16},
        {172, 16, 0, 0, 12},
        {192, 0, 0, 0, 24},
        {192, 0, 2, 0, 24},
        {192, 88, 99, 0, 24},
        {192, 168, 0, 0, 16},
        {198, 18, 0, 0, 15},
        {198, 51, 100, 0, 24},
        {203, 0, 113, 0, 24},
        {224, 0, 0, 0, 3}
    };

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
            if (!isPublic(address.getAddress()) || NetworkInterface.getByInetAddress(address) != null) {
                return false;
            }
        }
        return true;
    }

    static boolean isPublic(final byte[] address) {
        return address.length == IPV4_BYTES ? isPublicIpv4(address) : isPublicIpv6(address);
    }

    private static boolean isPublicIpv4(final byte[] address) {
        final int value = word(address[0], address[1], address[2], address[3]);
        for (final int[] range : SPECIAL) {
            if ((value ^ word(range[0], range[1], range[2], range[3])) >>> (32 - range[4]) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Global unicast, 2000::/3, without what tunnels to IPv4 (2001::/32, 2002::/16) or is for documents (2001:db8::/32). */
    private static boolean isPublicIpv6(final byte[] address) {
        final int first = word(0, 0, address[0], address[1]);
        final int second = word(0, 0, address[2], address[3]);
        return (first & 0xe000) == 0x2000 && first != 0x2002 && !(first == 0x2001 && (second == 0 || second == 0xdb8));
    }

    private static int word(final int a, final int b, final int c, final int d) {
        return (a & 0xff) << 24 | (b & 0xff) << 16 | (c & 0xff) << 8 | (d & 0xff);
    }
}
