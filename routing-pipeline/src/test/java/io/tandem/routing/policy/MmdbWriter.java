package io.tandem.routing.policy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small files in the MaxMind database format 2.0 as its specification describes it: a binary tree of 24-bit records, 16
 * zero bytes, the data, a marker, and metadata. Of the data types it writes maps, strings, and unsigned numbers.
 */
public final class MmdbWriter {
    private static final byte[] MARKER = {
        (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };
    private static final int EMPTY = -1;

    private final int ipVersion;
    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** A tree of 32 or 128 levels. */
    public MmdbWriter(final int ipVersion) {
        this.ipVersion = ipVersion;
    }

    /** Adds a network with a record; networks must not overlap. An IPv4 network of a version 6 file lies in ::/96. */
    MmdbWriter add(final String cidr, final Map<String, ?> record) {
        final int slash = cidr.indexOf('/');
        byte[] address = address(cidr.substring(0, slash));
        int bits = Integer.parseInt(cidr.substring(slash + 1));
        if (ipVersion == 6 && address.length == 4) {
            final byte[] wide = new byte[16];
            System.arraycopy(address, 0, wide, 12, 4);
            address = wide;
            bits += 96;
        }
        final int offset = data.size();
        write(data, record);
        int node = 0;
        for (int i = 0; i < bits - 1; i++) {
            final int bit = address[i / 8] >> (7 - i % 8) & 1;
            if (nodes.get(node)[bit] == EMPTY) {
                nodes.add(new int[] {EMPTY, EMPTY});
                nodes.get(node)[bit] = nodes.size() - 1;
            }
            node = nodes.get(node)[bit];
        }
        final int last = bits - 1;
        nodes.get(node)[address[last / 8] >> (7 - last % 8) & 1] = -2 - offset;
        return this;
    }

    /** The same with {@code country.iso_code} alone. */
    public MmdbWriter country(final String cidr, final String isoCode) {
        return add(cidr, Map.of("country", Map.of("iso_code", isoCode)));
    }

    /** The file. */
    public byte[] bytes() {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (final int[] node : nodes) {
            for (final int next : node) {
                final int record = next == EMPTY ? nodes.size() : next >= 0 ? next : nodes.size() + 16 - 2 - next;
                file.write(record >>> 16);
                file.write(record >>> 8);
                file.write(record);
            }
        }
        file.writeBytes(new byte[16]);
        file.writeBytes(data.toByteArray());
        file.writeBytes(MARKER);
        final Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", 1_700_000_000);
        metadata.put("database_type", "Test-Country");
        metadata.put("description", Map.of("en", "made by a test"));
        metadata.put("ip_version", ipVersion);
        metadata.put("languages", List.of("en"));
        metadata.put("node_count", nodes.size());
        metadata.put("record_size", 24);
        write(file, metadata);
        return file.toByteArray();
    }

    private static void write(final ByteArrayOutputStream out, final Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                control(out, 7, map.size());
                map.forEach((key, element) -> {
                    write(out, key);
                    write(out, element);
                });
            }
            case List<?> list -> {
                // type 11 is beyond the three bits of the control byte: 0 there, and 11 - 7 behind it
                out.write(list.size());
                out.write(4);
                list.forEach(element -> write(out, element));
            }
            case String text -> {
                final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                control(out, 2, bytes.length);
                out.writeBytes(bytes);
            }
            case Integer number -> {
                control(out, 6, 4);
                out.write(number >>> 24);
                out.write(number >>> 16);
                out.write(number >>> 8);
                out.write(number);
            }
            default -> throw new IllegalArgumentException("cannot be written: value=" + value);
        }
    }

    private static void control(final ByteArrayOutputStream out, final int type, final int size) {
        if (size < 29) {
            out.write(type << 5 | size);
        } else {
            out.write(type << 5 | 29);
            out.write(size - 29);
        }
    }

    private static byte[] address(final String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
