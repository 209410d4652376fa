package io.tandem.routing.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as SIP text (RFC 5952), and which listener sends. */
class AddressTextTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    private String text(final long high, final long low) {
        return buffer.getStringWithoutLengthAscii(1, AddressText.write(buffer, 1, high, low));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0000ffff7f000001, 127.0.0.1",
        "0, 0000ffffffffffff, 255.255.255.255",
        "0, 0, ::",
        "0, 1, ::1",
        "20010db800000000, 1, 2001:db8::1",
        "20010db800010000, 0, 2001:db8:1::",
        "2001000000000001, 0000000000000001, 2001:0:0:1::1",
        "2001000000010000, 0000000100000001, 2001:0:1::1:0:1",
        "20010db800000001, 0001000100010001, 2001:db8:0:1:1:1:1:1",
        "0001000200030004, 0005000600070008, 1:2:3:4:5:6:7:8",
        "fe80000000000000, abcdef0123456789, fe80::abcd:ef01:2345:6789"
    })
    void shouldWriteAddressesTheOneWayThereIs(final String high, final String low, final String expected) {
        assertThat(text(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)))
                .isEqualTo(expected);
    }

    @Test
    void shouldWriteWhatReadsBackToTheSameAddress() throws UnknownHostException {
        final SplittableRandom random = new SplittableRandom(41);
        for (int i = 0; i < 5_000; i++) {
            long high = random.nextLong();
            long low = random.nextLong();
            for (int group = 0; group < 4; group++) {
                high &= random.nextBoolean() ? -1L : ~(0xFFFFL << (16 * group));
                low &= random.nextBoolean() ? -1L : ~(0xFFFFL << (16 * group));
            }
            final byte[] bytes =
                    ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            assertThat(InetAddress.getByName(text(high, low))).isEqualTo(InetAddress.getByAddress(bytes));
        }
    }

    @Test
    void shouldPutOnlyIpv6IntoBrackets() {
        assertThat(buffer.getStringWithoutLengthAscii(0, AddressText.writeHost(buffer, 0, 0, 1)))
                .isEqualTo("[::1]");
        assertThat(buffer.getStringWithoutLengthAscii(0, AddressText.writeHost(buffer, 0, 0, 0xFFFF_0A00_0001L)))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void shouldChooseTheListenerThatFits() {
        final Listeners listeners = new Listeners(List.of(
                new Listener(0, "inside", TransportKind.UDP, "10.0.0.1", 5060, true),
                new Listener(1, "inside", TransportKind.TCP, "10.0.0.1", 5060, true),
                new Listener(2, "outside", TransportKind.UDP, "192.0.2.1", 5070, true),
                new Listener(3, "outside", TransportKind.UDP, "[2001:db8::1]", 5060, false)));
        assertThat(listeners.find("", TransportKind.UDP, true, 2))
                .as("where the call came in")
                .isEqualTo(2);
        assertThat(listeners.find("inside", TransportKind.UDP, true, 2)).isZero();
        assertThat(listeners.find("", TransportKind.TCP, true, 2)).isEqualTo(1);
        assertThat(listeners.find("", TransportKind.UDP, false, 2)).isEqualTo(3);
        assertThat(listeners.find("outside", TransportKind.TCP, true, 0)).isEqualTo(Listeners.NONE);
        assertThat(listeners.find("", TransportKind.TLS, true, Listeners.NONE)).isEqualTo(Listeners.NONE);
        assertThat(new String(listeners.contactField(1), StandardCharsets.US_ASCII))
                .isEqualTo("Contact: <sip:10.0.0.1:5060;transport=tcp>\r\n");
        assertThat(new String(listeners.viaPrefix(3), StandardCharsets.US_ASCII))
                .isEqualTo("Via: SIP/2.0/UDP [2001:db8::1]:5060;branch=");
    }
}
