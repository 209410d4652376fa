package io.tandem.appliance.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapTapTest {
    private static final byte UDP = (byte) TransportKind.UDP.value();

    @TempDir
    private Path directory;

    @Test
    void shouldWriteMessagesOfBothDirectionsAsUdpOverIpv4() throws IOException {
        final ByteBuffer file = capture("192.0.2.1", 0, 0x0000_FFFF_C000_0202L);
        assertThat(file.getInt()).isEqualTo(0xA1B2_3C4D);
        file.position(20);
        assertThat(file.getInt()).isEqualTo(101);

        final ByteBuffer inbound = packet(file);
        assertThat(inbound.get(0)).isEqualTo((byte) 0x45);
        assertThat(sum(inbound, 0, 20, 0)).isEqualTo(0xFFFF);
        assertThat(inbound.getInt(12)).isEqualTo(0xC000_0202);
        assertThat(inbound.getInt(16)).isEqualTo(0xC000_0201);
        assertThat(inbound.getShort(20)).isEqualTo((short) 5080);
        assertThat(inbound.getShort(22)).isEqualTo((short) 5060);
        assertThat(text(inbound, 28)).isEqualTo("INVITE");

        final ByteBuffer outbound = packet(file);
        assertThat(outbound.getInt(12)).isEqualTo(0xC000_0201);
        assertThat(outbound.getInt(16)).isEqualTo(0xC000_0202);
        assertThat(text(outbound, 28)).isEqualTo("SIP/2.0 100");
        assertThat(file.hasRemaining()).isFalse();
    }

    @Test
    void shouldWriteIpv6WithItsChecksum() throws IOException {
        final ByteBuffer file = capture("2001:db8::1", 0x2001_0DB8_0000_0000L, 2);
        file.position(24);
        final ByteBuffer inbound = packet(file);
        assertThat(inbound.get(0)).isEqualTo((byte) 0x60);
        assertThat(inbound.getLong(8)).isEqualTo(0x2001_0DB8_0000_0000L);
        assertThat(inbound.getLong(16)).isEqualTo(2);
        assertThat(inbound.getLong(32)).isEqualTo(1);
        assertThat(sum(inbound, 8, inbound.limit() - 8, 17 + inbound.limit() - 40))
                .isEqualTo(0xFFFF);
        assertThat(text(inbound, 48)).isEqualTo("INVITE");
    }

    private ByteBuffer capture(final String own, final long high, final long low) throws IOException {
        final InetSocketAddress bind = new InetSocketAddress(InetAddress.ofLiteral(own), 5060);
        final Path path = directory.resolve("tap.pcap");
        try (PcapTap tap = new PcapTap(path, List.of(new Listener(0, "main", TransportKind.UDP, bind, bind, 0)))) {
            copy(tap, true, high, low, "INVITE");
            copy(tap, false, high, low, "SIP/2.0 100");
            assertThat(tap.dropped()).isZero();
        }
        return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void copy(
            final PcapTap tap, final boolean inbound, final long high, final long low, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        tap.onMessage(inbound, 0, UDP, high, low, 5080, System.nanoTime(), new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static ByteBuffer packet(final ByteBuffer file) {
        final int length = file.getInt(file.position() + 8);
        final ByteBuffer packet = file.slice(file.position() + 16, length).order(ByteOrder.BIG_ENDIAN);
        file.position(file.position() + 16 + length);
        return packet;
    }

    private static String text(final ByteBuffer packet, final int offset) {
        final byte[] bytes = new byte[packet.limit() - offset];
        packet.get(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** RFC 1071: over what contains its checksum the sum is 0xFFFF. */
    private static int sum(final ByteBuffer packet, final int offset, final int length, final int initial) {
        int sum = initial;
        for (int i = offset; i < offset + length; i++) {
            final int octet = packet.get(i) & 0xFF;
            sum += (i - offset) % 2 == 0 ? octet << 8 : octet;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }
}
