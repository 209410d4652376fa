package io.tandem.routing.model;

import io.tandem.routing.address.IpLiteral;

/**
 * A block of addresses in CIDR notation. Addresses are 128 bits; IPv4 is written as IPv4-mapped IPv6, so that
 * {@code 10.0.0.0/8} has a prefix of 104 bits here.
 */
public record AddressRange(long high, long low, int prefixBits) {
    private static final int BITS = 128;
    private static final int MAPPED_BITS = 96;

    /** Reads {@code address/bits}, or one address alone; null if it is neither or has bits set behind the prefix. */
    public static AddressRange parse(final String text) {
        final int slash = text.indexOf('/');
        final IpLiteral address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        final boolean dotted = text.indexOf(':') < 0;
        int bits = BITS;
        if (slash >= 0) {
            final int given = bits(text, slash + 1);
            final int most = dotted ? 32 : BITS;
            if (given < 0 || given > most) {
                return null;
            }
            bits = dotted ? given + MAPPED_BITS : given;
        }
        final AddressRange range = new AddressRange(address.high(), address.low(), bits);
        return range.high == (address.high() & highMask(bits)) && range.low == (address.low() & lowMask(bits))
                ? range
                : null;
    }

    /** Whether an address lies in the block; IPv4 addresses lie in IPv4 blocks only. */
    public boolean contains(final long addressHigh, final long addressLow) {
        final boolean mapped = addressHigh == 0 && addressLow >>> 32 == 0xffff;
        return mapped == isIpv4()
                && (addressHigh & highMask(prefixBits)) == high
                && (addressLow & lowMask(prefixBits)) == low;
    }

    /** Whether the block holds IPv4 addresses only. */
    public boolean isIpv4() {
        return prefixBits >= MAPPED_BITS && high == 0 && low >>> 32 == 0xffff;
    }

    /** Bits of the upper half that a prefix covers. */
    public static long highMask(final int prefixBits) {
        return prefixBits == 0 ? 0 : prefixBits >= 64 ? -1L : -1L << (64 - prefixBits);
    }

    /** Bits of the lower half that a prefix covers. */
    public static long lowMask(final int prefixBits) {
        return prefixBits <= 64 ? 0 : -1L << (BITS - prefixBits);
    }

    private static int bits(final String text, final int start) {
        if (start == text.length() || text.length() - start > 3) {
            return -1;
        }
        int bits = 0;
        for (int i = start; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            bits = bits * 10 + (c - '0');
        }
        return bits;
    }
}
