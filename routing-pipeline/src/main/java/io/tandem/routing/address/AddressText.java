package io.tandem.routing.address;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes IP addresses as SIP text; {@link io.tandem.sip.HostAddress} reads them. IPv4 is held as an IPv4-mapped IPv6 address. */
public final class AddressText {
    /** Longest text of an address, brackets not counted. */
    public static final int BYTES_MAX = 45;

    private static final long MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private AddressText() {}

    /** Whether an address is an IPv4 one. */
    public static boolean isIpv4(final long high, final long low) {
        return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED_PREFIX;
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

    /** An address as {@link #writeHost} writes it; allocates. */
    public static String host(final long high, final long low) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BYTES_MAX + 2]);
        return buffer.getStringWithoutLengthAscii(0, writeHost(buffer, 0, high, low));
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
}
