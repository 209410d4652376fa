package io.tandem.appliance.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.number.Country;
import io.tandem.routing.policy.AddressCountries;
import io.tandem.routing.policy.CountriesVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountryFilesTest {
    /** Files of one network, 127.0.0.0/8, that {@code MmdbWriter} of the routing pipeline's tests has written. */
    private static final Path DE = Path.of("src", "test", "resources", "countries", "loopback-de.mmdb");

    private static final Path FR = DE.resolveSibling("loopback-fr.mmdb");
    private static final long HOUR_MS = 3_600_000;
    private static final long NOW_MS = 1_800_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepACopyOfEachFileUnderItsDigest() throws IOException {
        final CountryFiles files = new CountryFiles(directory, NOW_MS);
        final CountriesVersion german = files.take(DE).version();
        files.take(DE);
        final CountriesVersion french = files.take(FR).version();

        assertThat(copies()).containsExactlyInAnyOrder(german.sha256() + ".mmdb", french.sha256() + ".mmdb");
        assertThat(country(new RecordedCountries(directory).open(german))).isEqualTo("DE");
        assertThat(country(new CountryFiles(directory, NOW_MS).open(french))).isEqualTo("FR");
        assertThat(files.open(CountriesVersion.NONE)).isSameAs(AddressCountries.NONE);
    }

    @Test
    void shouldKnowNothingOfACopyThatIsMissingOrAnotherFile() throws IOException {
        final CountriesVersion german =
                new CountryFiles(directory, NOW_MS).take(DE).version();
        final Path copy = directory.resolve(german.sha256() + ".mmdb");

        Files.copy(FR, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(new CountryFiles(directory, NOW_MS).open(german)).isSameAs(AddressCountries.NONE);
        Files.writeString(copy, "no database");
        assertThat(new CountryFiles(directory, NOW_MS).open(german)).isSameAs(AddressCountries.NONE);
        assertThat(country(new CountryFiles(directory, NOW_MS).take(DE))).isEqualTo("DE");
        assertThat(country(new RecordedCountries(directory).open(german)))
                .as("a damaged copy is replaced")
                .isEqualTo("DE");
        Files.delete(copy);
        assertThat(new CountryFiles(directory, NOW_MS).open(german)).isSameAs(AddressCountries.NONE);
    }

    @Test
    void shouldRemoveWhatNoLifeHasNeededForAsLongAsTheJournalReachesBack() throws IOException {
        final CountriesVersion german =
                new CountryFiles(directory, NOW_MS - 30 * HOUR_MS).take(DE).version();
        final CountriesVersion french =
                new CountryFiles(directory, NOW_MS - 20 * HOUR_MS).take(FR).version();
        new CountryFiles(directory, NOW_MS).prune(30 * HOUR_MS);
        assertThat(copies()).hasSize(2);

        final CountryFiles recovering = new CountryFiles(directory, NOW_MS);
        recovering.open(german);
        recovering.prune(10 * HOUR_MS);

        assertThat(copies()).as("recovery needed it").containsExactly(german.sha256() + ".mmdb");
        assertThat(french).isNotEqualTo(german);
    }

    @Test
    void shouldKeepTheNewestWhenThereAreTooMany() throws IOException {
        for (int i = 0; i < CountryFiles.COPIES_MAX + 3; i++) {
            final Path copy = Files.createFile(directory.resolve("%064x.mmdb".formatted(i)));
            Files.setLastModifiedTime(copy, FileTime.fromMillis(NOW_MS + i));
        }

        new CountryFiles(directory, NOW_MS).prune(HOUR_MS);

        assertThat(copies())
                .hasSize(CountryFiles.COPIES_MAX)
                .doesNotContain("%064x.mmdb".formatted(2))
                .contains("%064x.mmdb".formatted(3));
    }

    @Test
    void shouldSayInOneSentenceWhatIsWrongWithTheOperatorsFile() {
        final CountryFiles files = new CountryFiles(directory, NOW_MS);
        assertThatThrownBy(() -> files.take(directory.resolve("none.mmdb")))
                .isInstanceOf(IOException.class)
                .hasMessage("country file refused: file=" + directory.resolve("none.mmdb") + " does not exist");
        assertThat(copies()).isEmpty();
    }

    private List<String> copies() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String country(final AddressCountries countries) {
        return Country.text(countries.countryOf(0, 0xffff_7f00_0002L));
    }
}
