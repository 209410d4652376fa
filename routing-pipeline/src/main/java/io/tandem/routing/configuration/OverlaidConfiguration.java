package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * A generation with the changes since laid over it: what was changed is read here, everything else from the generation. Each
 * revision is an immutable value; its cost is that of its changes, which a checkpoint folds into the next generation.
 */
public final class OverlaidConfiguration implements Configuration {
    /** Stands for a number that was removed. */
    private static final NumberRow REMOVED = new NumberRow();

    private final Configuration base;
    private final long revision;
    private final Long2ObjectHashMap<NumberRow> numbers;
    private final Map<ResourceKind, TreeMap<ResourceId, Optional<byte[]>>> resources =
            new EnumMap<>(ResourceKind.class);

    private OverlaidConfiguration(final Builder builder) {
        base = builder.base;
        revision = builder.revision;
        numbers = new Long2ObjectHashMap<>(builder.numbers);
        builder.resources.forEach((kind, changes) -> resources.put(kind, new TreeMap<>(changes)));
    }

    /** Starts a revision over a generation, without changes. */
    public static Builder over(final Configuration base, final long revision) {
        return new Builder(base, revision);
    }

    /** Starts the next revision with all changes of this one. */
    public Builder next(final long nextRevision) {
        final Builder builder = new Builder(base, nextRevision);
        builder.numbers.putAll(numbers);
        resources.forEach((kind, changes) -> builder.resources.put(kind, new TreeMap<>(changes)));
        return builder;
    }

    @Override
    public long revision() {
        return revision;
    }

    /** The name of the generation beneath. */
    @Override
    public String name() {
        return base.name();
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean number(final long e164, final NumberRow into) {
        final NumberRow row = numbers.get(e164);
        if (row == null) {
            return base.number(e164, into);
        }
        if (row == REMOVED) {
            return false;
        }
        into.copyFrom(row);
        return true;
    }

    @Override
    public byte[] resource(final ResourceKind kind, final long idHigh, final long idLow) {
        final TreeMap<ResourceId, Optional<byte[]>> changes = resources.get(kind);
        final Optional<byte[]> change = changes == null ? null : changes.get(new ResourceId(idHigh, idLow));
        return change == null
                ? base.resource(kind, idHigh, idLow)
                : change.map(byte[]::clone).orElse(null);
    }

    @Override
    public void forEach(final ResourceKind kind, final ResourceVisitor visitor) {
        final TreeMap<ResourceId, Optional<byte[]>> ahead =
                new TreeMap<>(resources.getOrDefault(kind, new TreeMap<>()));
        base.forEach(kind, (idHigh, idLow, json) -> {
            final ResourceId id = new ResourceId(idHigh, idLow);
            while (!ahead.isEmpty() && ahead.firstKey().compareTo(id) < 0) {
                visit(ahead.pollFirstEntry(), visitor);
            }
            if (!ahead.isEmpty() && ahead.firstKey().equals(id)) {
                visit(ahead.pollFirstEntry(), visitor);
            } else {
                visitor.onResource(idHigh, idLow, json);
            }
        });
        while (!ahead.isEmpty()) {
            visit(ahead.pollFirstEntry(), visitor);
        }
    }

    private static void visit(final Map.Entry<ResourceId, Optional<byte[]>> change, final ResourceVisitor visitor) {
        change.getValue()
                .ifPresent(json -> visitor.onResource(
                        change.getKey().high(), change.getKey().low(), json.clone()));
    }

    /** Collects changes; one thread. */
    public static final class Builder {
        private final Configuration base;
        private final long revision;
        private final Long2ObjectHashMap<NumberRow> numbers = new Long2ObjectHashMap<>();
        private final Map<ResourceKind, TreeMap<ResourceId, Optional<byte[]>>> resources =
                new EnumMap<>(ResourceKind.class);

        private Builder(final Configuration base, final long revision) {
            this.base = base;
            this.revision = revision;
        }

        /** Adds or replaces a number. */
        public Builder number(final NumberRow row, final byte[] json) {
            final NumberRow copy = new NumberRow();
            copy.copyFrom(row);
            numbers.put(copy.e164, copy);
            return resource(ResourceKind.NUMBERS, row.idHigh, row.idLow, json);
        }

        /** Removes a number. */
        public Builder removeNumber(final long e164, final long idHigh, final long idLow) {
            numbers.put(e164, REMOVED);
            return remove(ResourceKind.NUMBERS, idHigh, idLow);
        }

        /** Adds or replaces a resource of another kind. */
        public Builder resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
            changes(kind).put(new ResourceId(idHigh, idLow), Optional.of(json.clone()));
            return this;
        }

        /** Removes a resource of another kind. */
        public Builder remove(final ResourceKind kind, final long idHigh, final long idLow) {
            changes(kind).put(new ResourceId(idHigh, idLow), Optional.empty());
            return this;
        }

        /** The revision with what was collected so far. */
        public OverlaidConfiguration build() {
            return new OverlaidConfiguration(this);
        }

        private Map<ResourceId, Optional<byte[]>> changes(final ResourceKind kind) {
            return resources.computeIfAbsent(kind, k -> new TreeMap<>());
        }
    }
}
