package io.tandem.perf.simulation.network;

/**
 * An IPv4 address and port.
 *
 * @param host       dotted quad.
 * @param addressLow lower half of the IPv4-mapped IPv6 address; the upper half is zero.
 */
public record Endpoint(String host, int port, long addressLow) {
    private static final long MAPPED = 0x0000_FFFF_0000_0000L;

    public static Endpoint of(final String host, final int port) {
        long address = 0;
        for (final String part : host.split("\\.", -1)) {
            address = address << 8 | Integer.parseInt(part);
        }
        return new Endpoint(host, port, MAPPED | address);
    }

    /** The endpoint behind a 128-bit address; anything but IPv4-mapped is shown in hex and equals no known endpoint. */
    public static Endpoint of(final long addressHigh, final long addressLow, final int port) {
        if (addressHigh != 0 || (addressLow & 0xFFFF_FFFF_0000_0000L) != MAPPED) {
            return new Endpoint(Long.toHexString(addressHigh) + "/" + Long.toHexString(addressLow), port, addressLow);
        }
        final int ip = (int) addressLow;
        final String host = (ip >>> 24) + "." + (ip >>> 16 & 0xFF) + "." + (ip >>> 8 & 0xFF) + "." + (ip & 0xFF);
        return new Endpoint(host, port, addressLow);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
