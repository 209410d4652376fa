package io.tandem.appliance.transport;

import io.tandem.routing.address.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The three spellings of an IP address: two longs (IPv4 as ::ffff:a.b.c.d), the kernel's sockaddr, and Java's.
 *
 * <pre>
 *  sockaddr_in  (16)   family:2 port:2 address:4 zero:8
 *  sockaddr_in6 (28)   family:2 port:2 flow:4 address:16 scope:4
 * </pre>
 */
public final class PeerAddress {
    static final int SOCKADDR_BYTES_MAX = 28;
    static final int SOCKADDR_IN_BYTES = 16;
    static final short AF_INET = 2;
    static final short AF_INET6 = 10;
    private static final long MAPPED = 0x0000_FFFF_0000_0000L;

    private PeerAddress() {}

    /** Upper half of an address. */
    public static long high(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        return bytes.length == 4 ? 0 : longAt(bytes, 0);
    }

    /** Lower half of an address. */
    public static long low(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        if (bytes.length == 16) {
            return longAt(bytes, 8);
        }
        return MAPPED
                | ((bytes[0] & 0xFFL) << 24)
                | ((bytes[1] & 0xFFL) << 16)
                | ((bytes[2] & 0xFFL) << 8)
                | (bytes[3] & 0xFFL);
    }

    /** Java's address of two longs; allocates, not for the message path. */
    public static InetAddress inetAddress(final long addressHigh, final long addressLow) {
        final byte[] bytes;
        if (AddressText.isIpv4(addressHigh, addressLow)) {
            bytes = new byte[] {
                (byte) (addressLow >>> 24), (byte) (addressLow >>> 16), (byte) (addressLow >>> 8), (byte) addressLow
            };
        } else {
            bytes = new byte[16];
            for (int i = 0; i < Long.BYTES; i++) {
                bytes[i] = (byte) (addressHigh >>> (56 - 8 * i));
                bytes[8 + i] = (byte) (addressLow >>> (56 - 8 * i));
            }
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("address bytes of a wrong length: length=" + bytes.length, e);
        }
    }

    /** Text such as {@code 192.0.2.1:5060} or {@code [2001:db8::1]:5060}; allocates. */
    public static String text(final InetSocketAddress address) {
        return host(address.getAddress()) + ":" + address.getPort();
    }

    /** Text as it stands in a URI or Via, {@code [2001:db8::1]} for IPv6 as RFC 5952 writes it; allocates. */
    public static String host(final InetAddress address) {
        return AddressText.host(high(address), low(address));
    }

    /** Writes a sockaddr of the socket's family and returns its length, or 0 when the address is of the other family. */
    static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final short family,
            final long addressHigh,
            final long addressLow,
            final int port) {
        final boolean ipv4 = AddressText.isIpv4(addressHigh, addressLow);
        if (ipv4 != (family == AF_INET)) {
            return 0;
        }
        buffer.putShort(offset, family);
        buffer.putShort(offset + 2, (short) port, ByteOrder.BIG_ENDIAN);
        if (ipv4) {
            buffer.putInt(offset + 4, (int) addressLow, ByteOrder.BIG_ENDIAN);
            buffer.putLong(offset + 8, 0);
            return SOCKADDR_IN_BYTES;
        }
        buffer.putInt(offset + 4, 0);
        buffer.putLong(offset + 8, addressHigh, ByteOrder.BIG_ENDIAN);
        buffer.putLong(offset + 16, addressLow, ByteOrder.BIG_ENDIAN);
        buffer.putInt(offset + 24, 0);
        return SOCKADDR_BYTES_MAX;
    }

    static int port(final DirectBuffer sockaddr, final int offset) {
        return sockaddr.getShort(offset + 2, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }

    static long high(final DirectBuffer sockaddr, final int offset) {
        return sockaddr.getShort(offset) == AF_INET ? 0 : sockaddr.getLong(offset + 8, ByteOrder.BIG_ENDIAN);
    }

    static long low(final DirectBuffer sockaddr, final int offset) {
        return sockaddr.getShort(offset) == AF_INET
                ? MAPPED | (sockaddr.getInt(offset + 4, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL)
                : sockaddr.getLong(offset + 16, ByteOrder.BIG_ENDIAN);
    }

    private static long longAt(final byte[] bytes, final int offset) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (bytes[offset + i] & 0xFFL);
        }
        return value;
    }
}
