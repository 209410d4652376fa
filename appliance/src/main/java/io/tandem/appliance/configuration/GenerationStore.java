package io.tandem.appliance.configuration;

import io.tandem.journal.JournalException;
import io.tandem.journal.generation.Generation;
import io.tandem.journal.generation.GenerationManifest;
import io.tandem.journal.generation.Generations;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ConfigurationSource;
import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.configuration.ImportResult;
import io.tandem.routing.configuration.ImportSource;
import io.tandem.routing.configuration.NdjsonImport;
import io.tandem.routing.configuration.OverlaidConfiguration;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of configuration generations: imports into new ones, opens them by name. What was opened stays mapped;
 * the core switches to an import by an input that names it, so an import that nobody switches to changes nothing.
 */
public final class GenerationStore implements ConfigurationSource, AutoCloseable {
    private static final String PENDING = "pending";
    private static final Logger LOG = LoggerFactory.getLogger(GenerationStore.class);
    private static final String PREFIX = "g";
    private static final String NUMBERED = PREFIX + "\\d{8,18}";

    /** How an import ended: with a generation, or with problems and none. */
    public record Imported(ImportResult result, Optional<String> generation) {}

    private final Path directory;
    private final Map<String, GenerationConfiguration> open = new HashMap<>();

    /** Uses a directory of generations; the data directory's lock is held. */
    public GenerationStore(final Path directory) {
        this.directory = directory;
        Generations.deleteUnfinished(directory);
    }

    /** Names of what was imported, oldest first. */
    public List<String> names() {
        return Generations.names(directory);
    }

    /** A generation, or, by the name of a revision, one with its changes. */
    @Override
    public Configuration open(final String name) {
        final String generation = OverlaidConfiguration.generation(name);
        final Configuration base = openGeneration(generation);
        return generation.equals(name) ? base : OverlayFile.read(directory, name, base);
    }

    private synchronized GenerationConfiguration openGeneration(final String name) {
        GenerationConfiguration configuration = open.get(name);
        if (configuration == null) {
            try {
                configuration = new GenerationConfiguration(Generation.open(directory, name));
            } catch (final JournalException e) {
                throw new IllegalArgumentException(
                        "configuration generation cannot be opened: name=" + name + " directory=" + directory
                                + " reason=" + e.getMessage(),
                        e);
            }
            open.put(name, configuration);
        }
        return configuration;
    }

    /** What a generation says of itself. */
    public synchronized GenerationManifest manifest(final String name) {
        return openGeneration(OverlaidConfiguration.generation(name)).generation().manifest();
    }

    /**
     * Checks a file and builds a generation from it; the new generation is opened, so that switching to it is quick.
     *
     * @param wallMs when, ms since 1970 UTC
     * @throws IOException when the file cannot be read
     */
    public Imported importFrom(final ImportSource source, final long wallMs, final ImportProgress progress)
            throws IOException {
        final long revision = nextRevision();
        final String name = PREFIX + String.format(java.util.Locale.ROOT, "%08d", revision);
        final GenerationWriter writer = new GenerationWriter(directory, name, revision, wallMs);
        final ImportResult result = NdjsonImport.run(source, writer, progress);
        if (!result.accepted()) {
            return new Imported(result, Optional.empty());
        }
        open(name);
        return new Imported(result, Optional.of(name));
    }

    /**
     * Removes generations older than the newest that is needed; never newer ones, which an import may be about to switch to.
     *
     * @param needed what snapshots and inputs name; nothing is removed when it is empty
     * @return how many went
     */
    public synchronized int prune(final Set<String> needed) {
        final Set<String> generations =
                needed.stream().map(OverlaidConfiguration::generation).collect(Collectors.toSet());
        final Optional<String> newest = generations.stream().max(Comparator.naturalOrder());
        int removed = 0;
        for (final String name : names()) {
            if (newest.isPresent()
                    && name.matches(NUMBERED)
                    && name.compareTo(newest.get()) < 0
                    && !generations.contains(name)) {
                final GenerationConfiguration mapped = open.remove(name);
                if (mapped != null) {
                    mapped.generation().close();
                }
                Generations.delete(directory, name);
                LOG.info("configuration generation removed: name={} directory={}", name, directory);
                removed++;
            }
        }
        removeOverlays(needed);
        return removed;
    }

    /** Changes that no snapshot names any more; of newer ones a snapshot may be on its way. */
    private void removeOverlays(final Set<String> needed) {
        final Optional<String> newest = needed.stream().max(Comparator.naturalOrder());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (final Path file : files) {
                final String name = OverlayFile.name(file);
                if (name != null
                        && newest.isPresent()
                        && !needed.contains(name)
                        && name.compareTo(newest.get()) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (final IOException e) {
            LOG.warn("changes of the configuration cannot be removed: directory={} reason={}", directory, e.toString());
        }
    }

    /** Writes the changes of a revision, so that it can be opened by its name; any thread. */
    public void store(final OverlaidConfiguration overlay) throws IOException {
        if (!Files.exists(OverlayFile.path(directory, overlay.name()))) {
            OverlayFile.write(directory, overlay);
        }
    }

    /** A revision that no generation has yet; the core gives a greater one if changes have gone beyond it. */
    private long nextRevision() {
        long last = 0;
        for (final String name : names()) {
            if (name.matches(NUMBERED)) {
                last = Math.max(last, Long.parseLong(name.substring(PREFIX.length())));
            }
        }
        return last + 1;
    }

    /** Remembers that the next start is to switch to a generation. */
    public void setPending(final String name) throws IOException {
        final Path unfinished = directory.resolve(PENDING + ".new");
        Files.writeString(unfinished, name);
        Files.move(unfinished, directory.resolve(PENDING), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The generation that an import left for this start. */
    public Optional<String> pending() throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(PENDING)).strip());
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Forgets it, once the switch is journaled. */
    public void clearPending() throws IOException {
        Files.deleteIfExists(directory.resolve(PENDING));
    }

    @Override
    public synchronized void close() {
        for (final GenerationConfiguration configuration : open.values()) {
            configuration.generation().close();
        }
        open.clear();
    }
}
