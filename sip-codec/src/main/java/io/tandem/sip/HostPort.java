package io.tandem.sip;

import org.agrona.DirectBuffer;

/** Reads {@code host [":" port]}: a name, an IPv4 address or an IPv6 reference (RFC 3261 section 25.1). Reusable. */
final class HostPort {
    private static final int PORT_MAX = 65_535;

    private int hostOffset;
    private int hostLength;
    private int port;
    private boolean ipv6;

    /**
     * Reads from {@code at}; white space is allowed around the colon only when {@code spaced}.
     *
     * @return the position behind what was read, or {@link Octets#NONE} when it is no host and port
     */
    int read(final DirectBuffer buffer, final int at, final int end, final boolean spaced) {
        port = 0;
        ipv6 = at < end && buffer.getByte(at) == '[';
        final int hostEnd = ipv6 ? reference(buffer, at, end) : name(buffer, at, end);
        if (hostEnd == Octets.NONE) {
            return Octets.NONE;
        }
        final int colon = spaced ? Octets.skipLws(buffer, hostEnd, end) : hostEnd;
        if (colon == end || buffer.getByte(colon) != ':') {
            return hostEnd;
        }
        final int digits = spaced ? Octets.skipLws(buffer, colon + 1, end) : colon + 1;
        final int position = Octets.skipDigits(buffer, digits, end);
        final long value = Octets.decimal(buffer, digits, position - digits);
        if (value < 1 || value > PORT_MAX) {
            return Octets.NONE;
        }
        port = (int) value;
        return position;
    }

    int hostOffset() {
        return hostOffset;
    }

    /** Octets of the host, without brackets. */
    int hostLength() {
        return hostLength;
    }

    /** 1 to 65535, or 0 when none is written. */
    int port() {
        return port;
    }

    boolean isIpv6() {
        return ipv6;
    }

    private int name(final DirectBuffer buffer, final int at, final int end) {
        final int position = Octets.skipHostName(buffer, at, end);
        hostOffset = at;
        hostLength = position - at;
        return hostLength == 0 ? Octets.NONE : position;
    }

    private int reference(final DirectBuffer buffer, final int at, final int end) {
        int position = at + 1;
        int colons = 0;
        while (position < end && isReference(buffer.getByte(position))) {
            colons += buffer.getByte(position) == ':' ? 1 : 0;
            position++;
        }
        hostOffset = at + 1;
        hostLength = position - hostOffset;
        return position < end && buffer.getByte(position) == ']' && colons >= 2 ? position + 1 : Octets.NONE;
    }

    private static boolean isReference(final byte octet) {
        return octet == ':' || octet == '.' || Octets.hexValue(octet) >= 0;
    }
}
