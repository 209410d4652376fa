package io.tandem.routing.change;

import io.tandem.routing.configuration.NumberBlocks;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.Reference;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Resources;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A revision as it will be with edits that are being checked. One thread. */
final class ConfigurationDraft implements Resources, References {
    private final OverlaidConfiguration base;
    private final Map<ResourceKind, Map<ResourceId, Entry>> entries = new EnumMap<>(ResourceKind.class);
    private final Map<UniqueName, ResourceId> entered = new LinkedHashMap<>();
    private final Map<UniqueName, ResourceId> names = new LinkedHashMap<>();
    private NumberBlocks ranges = NumberBlocks.NONE;

    /** A resource that the edits touch; none if it goes. */
    record Entry(Resource resource, List<Reference> references) {
        boolean refersTo(final ResourceKind targetKind, final ResourceId target) {
            return resource != null && references.stream().anyMatch(reference -> reference.leadsTo(targetKind, target));
        }
    }

    ConfigurationDraft(final OverlaidConfiguration base) {
        this.base = base;
    }

    /** A resource will be there, or, without one, be gone. */
    void set(final ResourceKind kind, final ResourceId id, final Resource resource, final List<Reference> references) {
        entries.computeIfAbsent(kind, k -> new LinkedHashMap<>()).put(id, new Entry(resource, references));
    }

    /** Whether the edits touch a resource. */
    boolean touches(final ResourceKind kind, final ResourceId id) {
        return entriesOf(kind).containsKey(id);
    }

    /** Notes the names of a resource before all are read in earnest, so that others find it by them. */
    void enter(final Resource resource, final ResourceId id) {
        for (final UniqueName name : resource.names()) {
            entered.put(name, id);
        }
    }

    /** Takes a name; the identifier of whoever has it already, or null. */
    ResourceId take(final UniqueName name, final ResourceId id) {
        final ResourceId drafted = names.putIfAbsent(name, id);
        if (drafted != null) {
            return drafted.equals(id) ? null : drafted;
        }
        final ResourceId stored = base.find(name);
        return stored == null || stored.equals(id) || touches(name.kind(), stored) ? null : stored;
    }

    /** Takes a range of numbers; the one that it overlaps, or {@link NumberPattern#NONE}. */
    NumberPattern takeRange(final NumberPattern range) {
        final NumberPattern drafted = ranges.overlapping(range.first(), range.last());
        if (drafted.isThere()) {
            return drafted;
        }
        ranges = ranges.with(range);
        NumberPattern stored = base.blocks().overlapping(range.first(), range.last());
        while (stored.isThere() && isEdited(stored)) {
            stored = base.blocks().overlapping(range.first(), stored.first() - 1);
        }
        return stored;
    }

    /** Whether the edits touch the number that has a stored range. */
    private boolean isEdited(final NumberPattern range) {
        final NumberRow row = new NumberRow();
        return base.number(range.key(), row) && touches(ResourceKind.NUMBERS, new ResourceId(row.idHigh, row.idLow));
    }

    /** Who bears a name, edits first. */
    ResourceId bearer(final UniqueName name) {
        final ResourceId drafted = entered.get(name);
        if (drafted != null) {
            return drafted;
        }
        final ResourceId stored = base.find(name);
        return stored == null || touches(name.kind(), stored) ? null : stored;
    }

    @Override
    public ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        if (text.startsWith(BY_NAME)) {
            final String name = text.substring(BY_NAME.length());
            final ResourceId own = bearer(new UniqueName(kind, kind.nameField(), account, name));
            return own != null ? own : bearer(new UniqueName(kind, kind.nameField(), ResourceId.NIL, name));
        }
        final ResourceId id = ResourceId.parse(text, kind.prefix());
        if (id == null) {
            return null;
        }
        final Entry entry = entriesOf(kind).get(id);
        if (entry != null) {
            return entry.resource == null ? null : id;
        }
        return base.resource(kind, id.high(), id.low()) == null ? null : id;
    }

    @Override
    public Resource find(final ResourceKind kind, final ResourceId id) {
        final Entry entry = entriesOf(kind).get(id);
        if (entry != null) {
            return entry.resource;
        }
        final byte[] stored = base.resource(kind, id.high(), id.low());
        final ResourceReader.Read read = stored == null ? null : ResourceReader.read(kind, stored);
        return read == null ? null : read.resource();
    }

    @Override
    public Iterable<Resource> referring(
            final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final List<Resource> referring = new ArrayList<>();
        forEachReferrer(kind, targetKind, target, id -> referring.add(find(kind, id)));
        return referring;
    }

    /**
     * Shows referrers, first those that the edits leave alone, until the visitor wants no more; of numbers perhaps only
     * some.
     */
    void forEachReferrer(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final Predicate<ResourceId> visitor) {
        if (!forEachUnedited(kind, targetKind, target, visitor)) {
            return;
        }
        for (final Map.Entry<ResourceId, Entry> edited : entriesOf(kind).entrySet()) {
            if (edited.getValue().refersTo(targetKind, target) && !visitor.test(edited.getKey())) {
                return;
            }
        }
    }

    /** The same without those that are edited; false when the visitor wanted no more. */
    boolean forEachUnedited(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final Predicate<ResourceId> visitor) {
        return base.forEachReferrer(kind, targetKind, target, ResourceId.NIL, (high, low) -> {
            final ResourceId id = new ResourceId(high, low);
            return touches(kind, id) || visitor.test(id);
        });
    }

    /** How many referrers the edits leave alone. */
    long uneditedCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        long count = base.referrerCount(kind, targetKind, target);
        for (final ResourceId id : entriesOf(kind).keySet()) {
            final byte[] stored = base.resource(kind, id.high(), id.low());
            final ResourceReader.Read before = stored == null ? null : ResourceReader.read(kind, stored);
            if (before != null && new Entry(before.resource(), before.references()).refersTo(targetKind, target)) {
                count--;
            }
        }
        return count;
    }

    @Override
    public long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return uneditedCount(kind, targetKind, target)
                + entriesOf(kind).values().stream()
                        .filter(entry -> entry.refersTo(targetKind, target))
                        .count();
    }

    /** How many resources will refer to a target; the first ones are added to {@code shown}, up to {@code limit}. */
    long referrers(
            final ResourceKind targetKind,
            final ResourceId target,
            final int limit,
            final List<ChangeResult.Referrer> shown) {
        long count = 0;
        for (final ResourceKind kind : ResourceKind.values()) {
            count += referrerCount(kind, targetKind, target);
            if (shown.size() < limit) {
                forEachReferrer(kind, targetKind, target, id -> {
                    shown.add(new ChangeResult.Referrer(kind, id));
                    return shown.size() < limit;
                });
            }
        }
        return count;
    }

    private Map<ResourceId, Entry> entriesOf(final ResourceKind kind) {
        return entries.getOrDefault(kind, Map.of());
    }
}
