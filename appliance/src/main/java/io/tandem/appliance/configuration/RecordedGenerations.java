package io.tandem.appliance.configuration;

import io.tandem.journal.JournalException;
import io.tandem.journal.generation.Generation;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ConfigurationSource;
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
        return open.computeIfAbsent(name, this::map);
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
