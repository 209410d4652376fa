package io.tandem.routing.address;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * IP literals in SIP text, read and written without allocation. IPv4 is held as an IPv4-mapped IPv6 address. Reused;
 * single-threaded.
 */
public final class AddressText {
    /** Longest text of an address, brackets not counted. */
    public static final int BYTES_MAX = 45;

    private static final long MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final int[] groups = new int[8];
    private long high;
    private long low;

    /** Whether an address is an IPv4 one. */
    public static boolean isIpv4(final long high, final long low) {
        return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED_PREFIX;
    }

    /** Upper half of the last address read. */
    public long high() {
        return high;
    }

    /** Lower half of the last address read. */
    public long low() {
        return low;
    }

    /** Reads an IPv4 or IPv6 literal without brackets; false when the text is none (a host name, say). */
    public boolean read(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 2 || length > BYTES_MAX) {
            return false;
        }
        for (int at = offset; at < offset + length; at++) {
            if (buffer.getByte(at) == ':') {
                return readIpv6(buffer, offset, offset + length);
            }
        }
        final long ipv4 = ipv4(buffer, offset, offset + length);
        if (ipv4 < 0) {
            return false;
        }
        high = 0;
        low = MAPPED_PREFIX | ipv4;
        return true;
    }

    /** Writes an address, IPv6 without brackets and compressed as RFC 5952 asks; returns the bytes written. */
    public static int write(final MutableDirectBuffer buffer, final int offset, final long high, final long low) {
        return isIpv4(high, low) ? writeIpv4(buffer, offset, (int) low) : writeIpv6(buffer, offset, high, low);
    }

    /** Writes an address as it stands in a URI or Via: IPv6 in brackets; returns the bytes written. */
    public static int writeHost(final MutableDirectBuffer buffer, final int offset, final long high, final long low) {
        if (isIpv4(high, low)) {
            return writeIpv4(buffer, offset, (int) low);
        }
        buffer.putByte(offset, (byte) '[');
        final int written = writeIpv6(buffer, offset + 1, high, low);
        buffer.putByte(offset + 1 + written, (byte) ']');
        return written + 2;
    }

    private static int writeIpv4(final MutableDirectBuffer buffer, final int offset, final int address) {
        int at = offset;
        for (int shift = 24; shift >= 0; shift -= 8) {
            at += buffer.putNaturalIntAscii(at, (address >>> shift) & 0xFF);
            if (shift > 0) {
                buffer.putByte(at++, (byte) '.');
            }
        }
        return at - offset;
    }

    private static int writeIpv6(final MutableDirectBuffer buffer, final int offset, final long high, final long low) {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(high, low, end) == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
        }
        int at = offset;
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                buffer.putByte(at++, (byte) ':');
                if (i == 0) {
                    buffer.putByte(at++, (byte) ':');
                }
                i += runLength - 1;
                continue;
            }
            final int group = group(high, low, i);
            boolean leading = true;
            for (int shift = 12; shift >= 0; shift -= 4) {
                final int digit = (group >>> shift) & 0xF;
                if (digit != 0 || !leading || shift == 0) {
                    buffer.putByte(at++, HEX[digit]);
                    leading = false;
                }
            }
            if (i < 7) {
                buffer.putByte(at++, (byte) ':');
            }
        }
        return at - offset;
    }

    private static int group(final long high, final long low, final int index) {
        final long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xFFFF;
    }

    private boolean readIpv6(final DirectBuffer buffer, final int offset, final int end) {
        int count = 0;
        int gap = -1;
        int at = offset;
        if (buffer.getByte(at) == ':') {
            if (at + 1 >= end || buffer.getByte(at + 1) != ':') {
                return false;
            }
            gap = 0;
            at += 2;
        }
        while (at < end) {
            if (count == 8) {
                return false;
            }
            int value = 0;
            int digits = 0;
            int scan = at;
            while (scan < end && digits < 5 && hexDigit(buffer.getByte(scan)) >= 0) {
                value = (value << 4) | hexDigit(buffer.getByte(scan++));
                digits++;
            }
            if (scan < end && buffer.getByte(scan) == '.') {
                final long ipv4 = ipv4(buffer, at, end);
                if (ipv4 < 0 || count > 6) {
                    return false;
                }
                groups[count++] = (int) (ipv4 >>> 16);
                groups[count++] = (int) ipv4 & 0xFFFF;
                at = end;
                break;
            }
            if (digits == 0 || digits > 4) {
                return false;
            }
            groups[count++] = value;
            at = scan;
            if (at == end) {
                break;
            }
            if (buffer.getByte(at++) != ':' || at == end) {
                return false;
            }
            if (buffer.getByte(at) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at++;
            }
        }
        return assemble(count, gap);
    }

    private boolean assemble(final int count, final int gap) {
        if (gap < 0 ? count != 8 : count > 7) {
            return false;
        }
        high = 0;
        low = 0;
        for (int i = 0; i < count; i++) {
            final int place = gap >= 0 && i >= gap ? 8 - count + i : i;
            final long part = (long) groups[i] << (48 - 16 * (place & 3));
            if (place < 4) {
                high |= part;
            } else {
                low |= part;
            }
        }
        return true;
    }

    private static int hexDigit(final byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        final int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static long ipv4(final DirectBuffer buffer, final int offset, final int end) {
        long address = 0;
        int parts = 0;
        int value = -1;
        for (int at = offset; at <= end; at++) {
            final byte b = at == end ? (byte) '.' : buffer.getByte(at);
            if (b == '.') {
                if (value < 0 || value > 255 || ++parts > 4) {
                    return -1;
                }
                address = (address << 8) | value;
                value = -1;
            } else if (b >= '0' && b <= '9') {
                value = Math.max(value, 0) * 10 + (b - '0');
                if (value > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return parts == 4 ? address : -1;
    }
}
