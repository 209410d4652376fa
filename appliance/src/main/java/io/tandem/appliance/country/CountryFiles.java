package io.tandem.appliance.country;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.routing.policy.AddressCountries;
import io.tandem.routing.policy.AddressCountriesFile;
import io.tandem.routing.policy.AddressCountriesSource;
import io.tandem.routing.policy.CountriesVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Country files of this process' life and of those before it. A copy of each lies in the data directory under its
 * digest, so that recovery and replay decide by the file that the live call was decided by, whatever has become of
 * the operator's own. The data directory's lock is held. One thread.
 */
public final class CountryFiles implements AddressCountriesSource {
    /** Most copies that are kept. */
    public static final int COPIES_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(CountryFiles.class);

    private final Path directory;
    private final RecordedCountries copies;
    private final long nowMs;

    /**
     * Uses a directory of copies.
     *
     * @param nowMs when the process began, ms since 1970 UTC; copies that it needs are marked with it.
     */
    public CountryFiles(final Path directory, final long nowMs) {
        this.directory = directory;
        this.nowMs = nowMs;
        copies = new RecordedCountries(directory);
    }

    /**
     * Reads the operator's file and keeps a copy of it.
     *
     * @throws IOException saying what is wrong with the file, or why there is no copy, in one sentence.
     */
    public AddressCountries take(final Path file) throws IOException {
        final byte[] bytes = AddressCountriesFile.bytes(file);
        final AddressCountries countries = AddressCountriesFile.read(file, bytes);
        final Path copy = copies.path(countries.version());
        if (!Files.exists(copy) || Files.size(copy) != bytes.length) {
            final Path unfinished = directory.resolve("unfinished");
            try {
                Files.write(unfinished, bytes);
                DurableFiles.sync(unfinished);
                DurableFiles.publish(unfinished, copy);
            } catch (final IOException e) {
                throw new IOException(
                        "country file cannot be kept for the journal: file=" + copy + " reason=" + IoReason.of(e), e);
            }
        }
        mark(copy);
        copies.add(countries);
        return countries;
    }

    /** The copy of a version, which counts as needed from now on; none, with a warning, when it is not there. */
    @Override
    public AddressCountries open(final CountriesVersion version) {
        final AddressCountries countries = copies.open(version);
        if (!version.isNone()) {
            if (countries.version().isNone()) {
                LOG.warn(
                        "country file of the journal is missing or damaged, what it decided is decided again as if no"
                                + " country were known: file={}",
                        copies.path(version));
            } else {
                mark(copies.path(version));
            }
        }
        return countries;
    }

    /**
     * Removes copies that no life has needed for a time, and the oldest beyond {@link #COPIES_MAX}; after recovery,
     * which marks those that it needs.
     *
     * @param keptMs how long the journal reaches back.
     */
    public void prune(final long keptMs) {
        final List<Path> newestFirst = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(RecordedCountries::isCopy)
                    .sorted(Comparator.comparingLong(CountryFiles::neededMs).reversed())
                    .forEach(newestFirst::add);
            for (int i = 0; i < newestFirst.size(); i++) {
                if (i >= COPIES_MAX || neededMs(newestFirst.get(i)) < nowMs - keptMs) {
                    Files.deleteIfExists(newestFirst.get(i));
                    LOG.info("country file removed, no journal needs it: file={}", newestFirst.get(i));
                }
            }
        } catch (final IOException e) {
            LOG.warn("country files cannot be removed: directory={} reason={}", directory, IoReason.of(e));
        }
    }

    private void mark(final Path copy) {
        try {
            Files.setLastModifiedTime(copy, FileTime.fromMillis(nowMs));
        } catch (final IOException e) {
            LOG.warn("country file cannot be marked as needed: file={} reason={}", copy, IoReason.of(e));
        }
    }

    private static long neededMs(final Path copy) {
        return copy.toFile().lastModified();
    }
}
