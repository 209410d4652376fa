package io.tandem.appliance.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0:0:0:0:0:0:0:1, [::1]",
        "2001:DB8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
        "::, [::]"
    })
    void shouldWriteAddressesAsRfc5952Does(final String address, final String text) {
        final InetAddress parsed = InetAddress.ofLiteral(address);
        assertThat(PeerAddress.host(parsed)).isEqualTo(text);
        assertThat(PeerAddress.text(new InetSocketAddress(parsed, 5060))).isEqualTo(text + ":5060");
    }
}
