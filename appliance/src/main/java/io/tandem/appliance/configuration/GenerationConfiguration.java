package io.tandem.appliance.configuration;

import io.tandem.journal.generation.Generation;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.ResourceVisitor;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A generation on disk as the routing model sees it. Any platform thread may read; look-ups allocate nothing. */
final class GenerationConfiguration implements Configuration {
    private final Generation generation;
    private final ThreadLocal<io.tandem.journal.generation.NumberRow> scratch =
            ThreadLocal.withInitial(io.tandem.journal.generation.NumberRow::new);

    GenerationConfiguration(final Generation generation) {
        this.generation = generation;
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
    public boolean number(final long e164, final NumberRow into) {
        final io.tandem.journal.generation.NumberRow row = scratch.get();
        if (!generation.number(e164, row)) {
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
    public void forEach(final ResourceKind kind, final ResourceVisitor visitor) {
        final List<Entry> entries = new ArrayList<>();
        generation.forEachResource(
                kind.code(), (ignored, idHigh, idLow, json) -> entries.add(new Entry(idHigh, idLow, json)));
        entries.sort(Comparator.comparingLong((Entry entry) -> entry.idHigh).thenComparingLong(entry -> entry.idLow));
        for (final Entry entry : entries) {
            visitor.onResource(entry.idHigh, entry.idLow, entry.json);
        }
    }

    private static final class Entry {
        private final long idHigh;
        private final long idLow;
        private final byte[] json;

        private Entry(final long idHigh, final long idLow, final byte[] json) {
            this.idHigh = idHigh;
            this.idLow = idLow;
            this.json = json;
        }
    }

    Generation generation() {
        return generation;
    }
}
