package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;

/** A configuration on the heap: for tests, simulation and small tools. Immutable once built. */
public final class InMemoryConfiguration implements Configuration {
    private final String name;
    private final long revision;
    private final Long2ObjectHashMap<NumberRow> numbers;
    private final Map<ResourceKind, TreeMap<ResourceId, byte[]>> resources;
    private final StoredIndex index;

    private InMemoryConfiguration(final Builder builder) {
        name = builder.name;
        revision = builder.revision;
        numbers = new Long2ObjectHashMap<>(builder.numbers);
        resources = new EnumMap<>(ResourceKind.class);
        builder.resources.forEach((kind, byId) -> resources.put(kind, new TreeMap<>(byId)));
        index = indexed();
    }

    private StoredIndex indexed() {
        final IndexBuilder collected = new IndexBuilder();
        resources.forEach((kind, byId) -> byId.values().forEach(json -> {
            final ResourceReader.Read read = ResourceReader.read(kind, json);
            if (read != null) {
                collected.add(
                        kind, read.resource(), read.references(), read.times().createdUs());
            }
        }));
        final Map<IndexKey, byte[]> entries = new LinkedHashMap<>();
        collected.writeTo((code, high, low, value) -> entries.put(new IndexKey(code, high, low), value));
        return new StoredIndex((code, high, low) -> entries.get(new IndexKey(code, high, low)));
    }

    private record IndexKey(int code, long high, long low) {}

    /** Starts an empty one. */
    public static Builder builder(final String name, final long revision) {
        return new Builder(name, revision);
    }

    /**
     * One that a file's text spells.
     *
     * @throws IllegalArgumentException naming all that is wrong with it.
     */
    public static InMemoryConfiguration of(final String name, final long revision, final String ndjson) {
        final byte[] bytes = ndjson.getBytes(StandardCharsets.UTF_8);
        final InMemoryWriter writer = new InMemoryWriter(builder(name, revision));
        try {
            final ImportResult result =
                    NdjsonImport.run(() -> new ByteArrayInputStream(bytes), writer, ImportProgress.SILENT);
            if (!result.accepted()) {
                throw new IllegalArgumentException("configuration refused: name=" + name + "\n" + result.problems());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.configuration();
    }

    /** One without any resource, to start from. */
    public static InMemoryConfiguration empty() {
        return builder("empty", 0).build();
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NumberBlocks blocks() {
        return index.blocks();
    }

    @Override
    public boolean number(final long key, final NumberRow into) {
        final NumberRow row = numbers.get(key);
        if (row == null) {
            return false;
        }
        into.copyFrom(row);
        return true;
    }

    @Override
    public byte[] resource(final ResourceKind kind, final long idHigh, final long idLow) {
        final TreeMap<ResourceId, byte[]> byId = resources.get(kind);
        final byte[] json = byId == null ? null : byId.get(new ResourceId(idHigh, idLow));
        return json == null ? null : json.clone();
    }

    @Override
    public ResourceId findNamed(final UniqueName name) {
        return index.find(name);
    }

    @Override
    public long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return index.count(kind, targetKind, target);
    }

    @Override
    public boolean forEachReferrer(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final ResourceId after,
            final IdVisitor visitor) {
        return index.forEach(kind, targetKind, target, after, visitor);
    }

    @Override
    public boolean forEachNewest(
            final ResourceKind kind, final ResourceId account, final Creation before, final CreationVisitor visitor) {
        return index.forEachNewest(kind, account, before, visitor);
    }

    /** All resources of a kind, also those that cannot be read. */
    @Override
    public void forEach(final ResourceKind kind, final ResourceVisitor visitor) {
        final TreeMap<ResourceId, byte[]> byId = resources.get(kind);
        if (byId != null) {
            byId.forEach((id, json) -> visitor.onResource(id.high(), id.low(), json.clone()));
        }
    }

    /** Collects resources; one thread. */
    public static final class Builder {
        private final String name;
        private final long revision;
        private final Long2ObjectHashMap<NumberRow> numbers = new Long2ObjectHashMap<>();
        private final Map<ResourceKind, TreeMap<ResourceId, byte[]>> resources = new EnumMap<>(ResourceKind.class);

        private Builder(final String name, final long revision) {
            this.name = name;
            this.revision = revision;
        }

        /** Adds or replaces a number. */
        public Builder number(final NumberRow row, final byte[] json) {
            final NumberRow copy = new NumberRow();
            copy.copyFrom(row);
            numbers.put(copy.key, copy);
            return resource(ResourceKind.NUMBERS, row.idHigh, row.idLow, json);
        }

        /** Adds or replaces a resource of another kind. */
        public Builder resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
            resources.computeIfAbsent(kind, k -> new TreeMap<>()).put(new ResourceId(idHigh, idLow), json.clone());
            return this;
        }

        /** What was collected so far. */
        public InMemoryConfiguration build() {
            return new InMemoryConfiguration(this);
        }
    }
}
