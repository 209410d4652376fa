package io.tandem.appliance.country;

import io.tandem.routing.policy.AddressCountries;
import io.tandem.routing.policy.AddressCountriesFile;
import io.tandem.routing.policy.AddressCountriesSource;
import io.tandem.routing.policy.CountriesVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The copies of country files that a data directory keeps, read beside a running appliance; changes nothing on disk.
 * One thread.
 */
public final class RecordedCountries implements AddressCountriesSource {
    private static final String SUFFIX = ".mmdb";

    private final Path directory;
    private final Map<CountriesVersion, AddressCountries> open = new HashMap<>();

    /** Reads a directory of copies. */
    public RecordedCountries(final Path directory) {
        this.directory = directory;
    }

    /**
     * The copy of a version; {@link AddressCountries#NONE} when it is not there, or is another file than its name
     * says.
     */
    @Override
    public AddressCountries open(final CountriesVersion version) {
        return version.isNone() ? AddressCountries.NONE : open.computeIfAbsent(version, this::read);
    }

    private AddressCountries read(final CountriesVersion version) {
        final Path copy = path(version);
        if (!Files.isRegularFile(copy)) {
            return AddressCountries.NONE;
        }
        try {
            final AddressCountries countries = AddressCountriesFile.read(copy);
            return countries.version().equals(version) ? countries : AddressCountries.NONE;
        } catch (final IOException e) {
            return AddressCountries.NONE;
        }
    }

    /** Takes countries that were read already. */
    void add(final AddressCountries countries) {
        open.put(countries.version(), countries);
    }

    /** Where the copy of a version is, or would be. */
    Path path(final CountriesVersion version) {
        return directory.resolve(version.sha256() + SUFFIX);
    }

    static boolean isCopy(final Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }
}
