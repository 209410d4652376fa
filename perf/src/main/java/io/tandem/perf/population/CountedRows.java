package io.tandem.perf.population;

import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.configuration.CreationVisitor;
import io.tandem.routing.configuration.IdVisitor;
import io.tandem.routing.configuration.NumberBlocks;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.concurrent.atomic.AtomicLong;

/** A generation that counts what is read of it: rows of numbers, resources, names and referrers. Any thread. */
final class CountedRows implements Configuration {
    private final Configuration generation;
    private final AtomicLong rows = new AtomicLong();

    CountedRows(final Configuration generation) {
        this.generation = generation;
    }

    /** Rows that were read so far. */
    long read() {
        return rows.get();
    }

    @Override
    public long revision() {
        return generation.revision();
    }

    @Override
    public String name() {
        return generation.name();
    }

    @Override
    public NumberBlocks blocks() {
        return generation.blocks();
    }

    @Override
    public boolean number(final long key, final NumberRow into) {
        rows.incrementAndGet();
        return generation.number(key, into);
    }

    @Override
    public byte[] resource(final ResourceKind kind, final long idHigh, final long idLow) {
        rows.incrementAndGet();
        return generation.resource(kind, idHigh, idLow);
    }

    @Override
    public ResourceId findNamed(final UniqueName name) {
        rows.incrementAndGet();
        return generation.findNamed(name);
    }

    @Override
    public long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        rows.incrementAndGet();
        return generation.referrerCount(kind, targetKind, target);
    }

    @Override
    public boolean forEachReferrer(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final ResourceId after,
            final IdVisitor visitor) {
        return generation.forEachReferrer(kind, targetKind, target, after, (high, low) -> {
            rows.incrementAndGet();
            return visitor.onId(high, low);
        });
    }

    @Override
    public boolean forEachNewest(
            final ResourceKind kind, final ResourceId account, final Creation before, final CreationVisitor visitor) {
        return generation.forEachNewest(kind, account, before, creation -> {
            rows.incrementAndGet();
            return visitor.onCreation(creation);
        });
    }
}
