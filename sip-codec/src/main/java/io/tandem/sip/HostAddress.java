package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * Reads the text of an IP address into 128 bits; IPv4 becomes IPv4-mapped ({@code ::ffff:a.b.c.d}). Three colons in a row
 * are read as two (RFC 5118 section 4.10). Reusable; allocates nothing.
 */
public final class HostAddress {
    private static final int GROUPS = 8;
    private static final long IPV4_MAPPED = 0xffff_0000_0000L;

    private final int[] groups = new int[GROUPS];

    private long high;
    private long low;

    /** Reads a whole address, without brackets and scope; false when it is none, a host name for example. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        final int end = offset + length;
        if (Octets.indexOf(buffer, offset, end, (byte) ':') == Octets.NONE) {
            final long address = ipv4(buffer, offset, end);
            high = 0;
            low = IPV4_MAPPED | address;
            return address >= 0;
        }
        return ipv6(buffer, offset, end);
    }

    /** The upper 64 bits. */
    public long addressHigh() {
        return high;
    }

    /** The lower 64 bits. */
    public long addressLow() {
        return low;
    }

    private static long ipv4(final DirectBuffer buffer, final int offset, final int end) {
        long address = 0;
        int at = offset;
        for (int part = 0; part < 4; part++) {
            final int digits = at;
            while (at < end && Octets.isDigit(buffer.getByte(at))) {
                at++;
            }
            final long value = Octets.decimal(buffer, digits, at - digits);
            if (value < 0 || value > 255 || at - digits > 3) {
                return Octets.NONE;
            }
            address = (address << 8) | value;
            if (part < 3) {
                if (at == end || buffer.getByte(at) != '.') {
                    return Octets.NONE;
                }
                at++;
            }
        }
        return at == end ? address : Octets.NONE;
    }

    private boolean ipv6(final DirectBuffer buffer, final int offset, final int end) {
        int count = 0;
        int gap = Octets.NONE;
        int at = offset;
        while (at < end) {
            final int colons = colonsAt(buffer, at, end);
            if (colons >= 2) {
                if (gap != Octets.NONE || colons > 3) {
                    return false;
                }
                gap = count;
            } else if ((colons == 1) != (count > 0)) {
                return false;
            }
            at += colons;
            if (at == end) {
                break;
            }
            final int groupEnd = skipHex(buffer, at, end);
            if (groupEnd < end && buffer.getByte(groupEnd) == '.') {
                final long tail = ipv4(buffer, at, end);
                if (tail < 0 || count > GROUPS - 2) {
                    return false;
                }
                groups[count++] = (int) (tail >>> 16);
                groups[count++] = (int) (tail & 0xffff);
                at = end;
                break;
            }
            if (groupEnd == at || groupEnd - at > 4 || count == GROUPS) {
                return false;
            }
            groups[count++] = hex(buffer, at, groupEnd);
            at = groupEnd;
        }
        final boolean endsOpen = end > offset && buffer.getByte(end - 1) == ':' && gap != count;
        return !endsOpen && spread(count, gap);
    }

    private boolean spread(final int count, final int gap) {
        if (gap == Octets.NONE ? count != GROUPS : count >= GROUPS) {
            return false;
        }
        long upper = 0;
        long lower = 0;
        for (int i = 0; i < GROUPS; i++) {
            final int missing = GROUPS - count;
            final int group;
            if (gap == Octets.NONE || i < gap) {
                group = groups[i];
            } else {
                group = i < gap + missing ? 0 : groups[i - missing];
            }
            if (i < GROUPS / 2) {
                upper = (upper << 16) | group;
            } else {
                lower = (lower << 16) | group;
            }
        }
        high = upper;
        low = lower;
        return true;
    }

    private static int colonsAt(final DirectBuffer buffer, final int at, final int end) {
        int position = at;
        while (position < end && buffer.getByte(position) == ':') {
            position++;
        }
        return position - at;
    }

    private static int skipHex(final DirectBuffer buffer, final int at, final int end) {
        int position = at;
        while (position < end && Octets.hexValue(buffer.getByte(position)) >= 0) {
            position++;
        }
        return position;
    }

    private static int hex(final DirectBuffer buffer, final int at, final int end) {
        int value = 0;
        for (int position = at; position < end; position++) {
            value = (value << 4) | Octets.hexValue(buffer.getByte(position));
        }
        return value;
    }
}
