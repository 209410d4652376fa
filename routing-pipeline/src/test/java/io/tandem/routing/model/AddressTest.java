package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.address.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,0,ffffc0000201",
        "::1,0,1",
        "::,0,0",
        "2001:db8::,20010db800000000,0",
        "2001:db8::1:0:0:1,20010db800000000,1000000000001",
        "2001:DB8:0:1:2:3:4:5,20010db800000001,2000300040005",
        "::ffff:192.0.2.1,0,ffffc0000201",
        "1::,1000000000000,0",
        "64:ff9b::192.0.2.33,64ff9b00000000,c0000221"
    })
    void shouldReadAddresses(final String text, final String high, final String low) {
        assertThat(IpLiteral.parse(text))
                .isEqualTo(new IpLiteral(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.0004",
                "a.b.c.d",
                "example.com",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "1:",
                "::1.2.3",
                "1.2.3.4::",
                "fe80::1%eth0"
            })
    void shouldRefuseWhatIsNoAddress(final String text) {
        assertThat(IpLiteral.parse(text)).isNull();
    }

    @Property
    void shouldWriteWhatTheJdkReads(@ForAll final long high, @ForAll final long low) throws UnknownHostException {
        final long[] halves = {high, low & high, low & 0xffff, 0, 1};
        for (final long upper : halves) {
            for (final long lower : halves) {
                final IpLiteral address = new IpLiteral(upper, lower);
                final String host = address.uriHost();
                final byte[] bytes = InetAddress.getByName(host).getAddress();
                if (bytes.length == 16) {
                    final ByteBuffer read = ByteBuffer.wrap(bytes);
                    assertThat(new IpLiteral(read.getLong(), read.getLong())).isEqualTo(address);
                    assertThat(IpLiteral.parse(host.substring(1, host.length() - 1)))
                            .isEqualTo(address);
                }
            }
        }
    }

    @Test
    void shouldWriteAsUrisDo() {
        assertThat(IpLiteral.parse("192.0.2.1").uriHost()).isEqualTo("192.0.2.1");
        assertThat(IpLiteral.parse("2001:0DB8:0:0:1:0:0:1").uriHost()).isEqualTo("[2001:db8::1:0:0:1]");
        assertThat(IpLiteral.parse("::1").uriHost()).isEqualTo("[::1]");
        assertThat(IpLiteral.parse("1::").uriHost()).isEqualTo("[1::]");
        assertThat(IpLiteral.parse("1:0:2:3:4:5:6:7").uriHost()).isEqualTo("[1:0:2:3:4:5:6:7]");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2/32,128,true",
        "127.0.0.2,128,true",
        "10.0.0.0/8,104,true",
        "0.0.0.0/0,96,true",
        "2001:db8::/32,32,false",
        "::/0,0,false",
        "::ffff:10.0.0.0/104,104,true"
    })
    void shouldReadRanges(final String text, final int prefixBits, final boolean ipv4) {
        final AddressRange range = AddressRange.parse(text);
        assertThat(range.prefixBits()).isEqualTo(prefixBits);
        assertThat(range.isIpv4()).isEqualTo(ipv4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/a",
                "::1/64",
                "::/129",
                "x/8",
                "/8",
                "::/0000"
            })
    void shouldRefuseWhatIsNoRange(final String text) {
        assertThat(AddressRange.parse(text)).isNull();
    }
}
