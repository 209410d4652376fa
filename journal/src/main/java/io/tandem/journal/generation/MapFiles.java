package io.tandem.journal.generation;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** The two map files of a generation and how they are created and mapped. */
final class MapFiles {
    static final String NUMBERS = "numbers.map";
    static final String RESOURCES = "resources.map";

    private static final double BLOAT_MAX = 4.0;

    /** Entries of a segment of resources; makes a segment large enough for {@link GenerationBuilder#RESOURCE_BYTES_MAX}. */
    private static final int RESOURCES_PER_SEGMENT = 4096;

    private static final long SEGMENTS_MAX = 1 << 16;

    static {
        MapFileCalls.install();
    }

    private MapFiles() {}

    static ChronicleMap<NumberKey, NumberRow> createNumbers(final Path file, final long entries) {
        return create(numbers().entries(entries), file);
    }

    static ChronicleMap<ResourceKey, byte[]> createResources(
            final Path file, final long entries, final int averageBytes) {
        final long segments = Math.max(1, Long.highestOneBit(entries / RESOURCES_PER_SEGMENT));
        return create(
                resources()
                        .entries(Math.max(entries, RESOURCES_PER_SEGMENT))
                        .averageValueSize(averageBytes)
                        .actualSegments((int) Math.min(segments, SEGMENTS_MAX)),
                file);
    }

    static ChronicleMap<NumberKey, NumberRow> openNumbers(final Path file) {
        return create(numbers(), file);
    }

    static ChronicleMap<ResourceKey, byte[]> openResources(final Path file) {
        return create(resources(), file);
    }

    private static ChronicleMapBuilder<NumberKey, NumberRow> numbers() {
        return ChronicleMapBuilder.of(NumberKey.class, NumberRow.class)
                .name(NUMBERS)
                .keyMarshaller(NumberKeyMarshaller.INSTANCE)
                .valueMarshaller(NumberRowMarshaller.INSTANCE)
                .constantKeySizeBySample(new NumberKey())
                .constantValueSizeBySample(new NumberRow())
                .putReturnsNull(true)
                .maxBloatFactor(BLOAT_MAX);
    }

    private static ChronicleMapBuilder<ResourceKey, byte[]> resources() {
        return ChronicleMapBuilder.of(ResourceKey.class, byte[].class)
                .name(RESOURCES)
                .keyMarshaller(ResourceKeyMarshaller.INSTANCE)
                .constantKeySizeBySample(new ResourceKey())
                .putReturnsNull(true)
                .maxBloatFactor(BLOAT_MAX);
    }

    private static <K, V> ChronicleMap<K, V> create(final ChronicleMapBuilder<K, V> builder, final Path file) {
        try {
            return builder.createPersistedTo(file.toFile());
        } catch (final IOException e) {
            throw new JournalException("map file cannot be used: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }
}
