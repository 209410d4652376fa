package io.tandem.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.address.IpLiteral;
import io.tandem.routing.number.Country;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressCountriesFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0, DE", "192.0.2.127, DE", "192.0.2.128, FR", "192.0.2.255, FR", "192.0.3.0, ''", "192.0.1.255, ''",
        "255.255.255.255, US", "254.0.0.0, ''", "198.51.100.7, CH", "203.0.113.1, ''", "2001:db8::1, JP",
        "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff, JP", "2001:db8:8000::, ''", "2001:db7:ffff::1, ''",
        "2001:db9::1, KR", "2001:db9:0:0:1::, ''", "::1, ''", "ffff::1, BR"
    })
    void shouldFindTheCountryOfAnAddress(final String address, final String country) throws IOException {
        final IpLiteral literal = IpLiteral.parse(address);
        assertThat(Country.text(sample().countryOf(literal.high(), literal.low())))
                .isEqualTo(country);
    }

    @Test
    void shouldReadAFileOfIpv4AddressesAlone() throws IOException {
        final AddressCountries countries = AddressCountriesFile.read(file(new MmdbWriter(4)
                .country("192.0.2.0/24", "DE")
                .country("192.0.3.0/24", "DE")
                .country("192.0.4.0/24", "FR")
                .bytes()));
        final IpLiteral address = IpLiteral.parse("192.0.3.9");
        assertThat(Country.text(countries.countryOf(address.high(), address.low()))).isEqualTo("DE");
        assertThat(countries.ranges()).as("DE, FR, and the rest").isEqualTo(3);
    }

    @Test
    void shouldNameTheFileByItsContent() throws IOException {
        assertThat(sample().version().sha256()).matches("[0-9a-f]{64}");
        assertThat(sample().version()).isEqualTo(sample().version());
        assertThat(sample().version().builtSec()).isEqualTo(1_700_000_000);
        assertThat(AddressCountriesFile.read(file(
                                new MmdbWriter(4).country("192.0.2.0/24", "DE").bytes()))
                        .version())
                .isNotEqualTo(sample().version());
        assertThat(AddressCountries.NONE.version()).isEqualTo(CountriesVersion.NONE);
        assertThat(CountriesVersion.NONE.isNone()).isTrue();
        assertThat(AddressCountries.NONE.countryOf(0, 0xffff_c000_0201L)).isEqualTo(Country.NONE);
    }

    @Test
    void shouldTakeNothingButADigestForTheNameOfAFile() {
        assertThatThrownBy(() -> new CountriesVersion("../" + "a".repeat(61), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hexadecimal digits");
    }

    @Test
    void shouldSayInOneSentenceThatAFileIsMissing() {
        final Path missing = directory.resolve("none.mmdb");
        assertThatThrownBy(() -> AddressCountriesFile.read(missing))
                .isInstanceOf(IOException.class)
                .hasMessage("country file refused: file=" + missing + " does not exist");
        assertThatThrownBy(() -> AddressCountriesFile.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("country file refused: file=" + directory + " cannot be read: ");
    }

    @Test
    void shouldSayInOneSentenceThatAFileIsBroken() throws IOException {
        final Path text = file("network,country\n192.0.2.0/24,DE\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> AddressCountriesFile.read(text))
                .hasMessageStartingWith("country file refused: file=" + text + " is no sound MaxMind database: ");
        final byte[] whole = sampleBytes();
        for (int length = 0; length < whole.length; length += 7) {
            final Path cut = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> AddressCountriesFile.read(cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("country file refused: file=" + cut);
        }
    }

    @Test
    void shouldSayThatAFileHasNoCountries() throws IOException {
        final Path file = file(new MmdbWriter(4)
                .add("192.0.2.0/24", Map.of("autonomous_system_number", 64_496))
                .bytes());
        assertThatThrownBy(() -> AddressCountriesFile.read(file)).hasMessageContaining("gives no country");
    }

    @Test
    void shouldRefuseMoreRangesThanTheLimitAndBlocksOutOfOrder() {
        final AddressRanges few = AddressRanges.ipv4(4);
        assertThat(few.add(0, 0xffff_0000_0000L, 128, Country.parse("DE"))).isTrue();
        assertThat(few.add(0, 0xffff_0000_0002L, 128, Country.parse("DE"))).isTrue();
        assertThat(few.add(0, 0xffff_0000_0004L, 128, Country.parse("DE"))).isFalse();
        final AddressRanges ordered = AddressRanges.ipv4(100);
        assertThat(ordered.add(0, 0xffff_0000_0004L, 126, Country.parse("DE"))).isTrue();
        assertThat(ordered.add(0, 0xffff_0000_0006L, 128, Country.parse("FR"))).isFalse();
    }

    private AddressCountries sample() throws IOException {
        return AddressCountriesFile.read(file(sampleBytes()));
    }

    private static byte[] sampleBytes() {
        return new MmdbWriter(6)
                .country("192.0.2.0/25", "DE")
                .country("192.0.2.128/25", "FR")
                .add("198.51.100.0/24", Map.of("registered_country", Map.of("iso_code", "CH")))
                .add("203.0.113.0/24", Map.of("continent", Map.of("code", "EU")))
                .country("255.0.0.0/8", "US")
                .country("2001:db8::/33", "JP")
                .country("2001:db9::/80", "KR")
                .country("ffff::/16", "BR")
                .bytes();
    }

    private Path file(final byte[] bytes) throws IOException {
        return Files.write(directory.resolve("test.mmdb"), bytes);
    }
}
