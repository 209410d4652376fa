package io.tandem.appliance.configuration;

import io.tandem.journal.JournalException;
import io.tandem.journal.generation.Generation;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ConfigurationSource;
import io.tandem.routing.configuration.OverlaidConfiguration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The generations that a journal names, opened beside a running appliance; changes nothing on disk. One thread. */
public final class RecordedGenerations implements ConfigurationSource, AutoCloseable {
    private final Path directory;
    private final Map<String, GenerationConfiguration> open = new HashMap<>();

    /** Reads a directory of generations. */
    public RecordedGenerations(final Path directory) {
        this.directory = directory;
    }

    @Override
    public Configuration open(final String name) {
        final String generation = OverlaidConfiguration.generation(name);
        final Configuration base = open.computeIfAbsent(generation, this::map);
        return generation.equals(name) ? base : OverlayFile.read(directory, name, base);
    }

    private GenerationConfiguration map(final String name) {
        try {
            return new GenerationConfiguration(Generation.open(directory, name));
        } catch (final JournalException e) {
            throw new IllegalArgumentException(
                    "configuration generation cannot be opened: name=" + name + " directory=" + directory + " reason="
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        open.values().forEach(configuration -> configuration.generation().close());
        open.clear();
    }
}
