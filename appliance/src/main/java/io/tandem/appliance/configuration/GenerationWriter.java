package io.tandem.appliance.configuration;

import io.tandem.journal.generation.GenerationBuilder;
import io.tandem.journal.generation.GenerationManifest;
import io.tandem.routing.configuration.ConfigurationWriter;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.ResourceKind;
import java.nio.file.Path;

/** Writes what an import has checked into a new generation. One thread, one import. */
final class GenerationWriter implements ConfigurationWriter {
    private static final int AVERAGE_RESOURCE_BYTES = 320;

    /** Itself, its names, and what is indexed for those that refer to it. */
    private static final int ENTRIES_PER_RESOURCE = 4;

    private static final int ENTRIES_MIN = 1024;

    private final Path directory;
    private final String name;
    private final long revision;
    private final long createdMs;
    private final io.tandem.journal.generation.NumberRow row = new io.tandem.journal.generation.NumberRow();
    private GenerationBuilder builder;
    private GenerationManifest manifest;

    GenerationWriter(final Path directory, final String name, final long revision, final long createdMs) {
        this.directory = directory;
        this.name = name;
        this.revision = revision;
        this.createdMs = createdMs;
    }

    @Override
    public void begin(final long numberCount, final long resourceCount) {
        builder = GenerationBuilder.create(
                directory,
                name,
                numberCount,
                numberCount + resourceCount * ENTRIES_PER_RESOURCE + ENTRIES_MIN,
                AVERAGE_RESOURCE_BYTES);
    }

    @Override
    public void number(final NumberRow number, final byte[] json) {
        RowMapping.toDisk(number, row);
        builder.putNumber(row);
        builder.putResource(ResourceKind.NUMBERS.code(), number.idHigh, number.idLow, json);
    }

    @Override
    public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
        builder.putResource(kind.code(), idHigh, idLow, json);
    }

    @Override
    public void index(final int code, final long high, final long low, final byte[] value) {
        builder.putResource(code, high, low, value);
    }

    @Override
    public void finish() {
        manifest = builder.finish(revision, createdMs);
        builder.close();
    }

    @Override
    public void abandon() {
        builder.close();
    }

    /** What was written, or null when nothing was. */
    GenerationManifest manifest() {
        return manifest;
    }
}
