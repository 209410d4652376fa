package io.tandem.appliance.configuration;

import io.tandem.journal.generation.Generation;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.configuration.CreationVisitor;
import io.tandem.routing.configuration.IdVisitor;
import io.tandem.routing.configuration.IndexBuilder;
import io.tandem.routing.configuration.NumberBlocks;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.StoredIndex;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;
import java.util.HashMap;
import java.util.Map;

/** A generation on disk as the routing model sees it. Any platform thread may read; look-ups allocate nothing. */
final class GenerationConfiguration implements Configuration {
    private final Generation generation;
    private final ThreadLocal<io.tandem.journal.generation.NumberRow> scratch =
            ThreadLocal.withInitial(io.tandem.journal.generation.NumberRow::new);

    private final StoredIndex index;

    GenerationConfiguration(final Generation generation) {
        this.generation = generation;
        final StoredIndex stored = new StoredIndex(generation::resource);
        index = stored.isThere() ? stored : indexed(generation);
    }

    @Override
    public long revision() {
        return generation.manifest().revision();
    }

    @Override
    public String name() {
        return generation.name();
    }

    @Override
    public NumberBlocks blocks() {
        return index.blocks();
    }

    @Override
    public boolean number(final long key, final NumberRow into) {
        final io.tandem.journal.generation.NumberRow row = scratch.get();
        if (!generation.number(key, row)) {
            return false;
        }
        RowMapping.fromDisk(row, into);
        return true;
    }

    @Override
    public byte[] resource(final ResourceKind kind, final long idHigh, final long idLow) {
        return generation.resource(kind.code(), idHigh, idLow);
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

    /** An index over a generation of a build that wrote none: everything is read once. */
    private static StoredIndex indexed(final Generation generation) {
        final IndexBuilder builder = new IndexBuilder();
        generation.forEachResource((code, idHigh, idLow, json) -> {
            final ResourceKind kind = ResourceKind.ofCode(code);
            final ResourceReader.Read read = kind == null ? null : ResourceReader.read(kind, json);
            if (read != null) {
                builder.add(
                        kind, read.resource(), read.references(), read.times().createdUs());
            }
        });
        final Map<EntryKey, byte[]> entries = new HashMap<>();
        builder.writeTo((code, high, low, value) -> entries.put(new EntryKey(code, high, low), value));
        return new StoredIndex((code, high, low) -> entries.get(new EntryKey(code, high, low)));
    }

    private record EntryKey(int code, long high, long low) {}

    Generation generation() {
        return generation;
    }
}
