package io.tandem.routing.configuration;

import io.tandem.routing.model.Reference;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects who bears which name and who refers to whom, and writes it as entries that a {@link StoredIndex} reads. While it
 * collects, a reference takes 16 bytes and a resource that is referred to about 150; of numbers, only their accounts know all
 * of them, other resources the first {@link #NUMBERS_SHOWN} and how many there are. One thread.
 */
public final class IndexBuilder {
    /** Numbers that are kept of those that refer to a resource which is not their account. */
    static final int NUMBERS_SHOWN = 16;

    private final Map<ResourceKind, Map<ResourceKind, Map<ResourceId, Referrers>>> byKind =
            new EnumMap<>(ResourceKind.class);
    private final Map<ResourceKind, Map<ResourceId, ResourceId>> names = new EnumMap<>(ResourceKind.class);

    /** Where entries go. */
    @FunctionalInterface
    public interface Sink {
        /** One entry; the array is the receiver's. */
        void onEntry(int code, long high, long low, byte[] value);
    }

    private static final class Referrers {
        final IdList ids = new IdList();
        long count;
    }

    /** Adds what a resource is called and refers to. */
    public void add(final ResourceKind kind, final Resource resource, final List<Reference> references) {
        final ResourceId id = resource.id();
        if (kind == ResourceKind.NUMBERS) {
            addNumber(id, resource.accountId(), references);
            return;
        }
        addReferrer(kind, kind, ResourceId.NIL, id, Integer.MAX_VALUE);
        for (int i = 0; i < references.size(); i++) {
            if (isFirst(references, i)) {
                final Reference reference = references.get(i);
                addReferrer(kind, reference.kind(), reference.id(), id, Integer.MAX_VALUE);
            }
        }
        for (final UniqueName name : resource.names()) {
            if (!name.name().isEmpty()) {
                names.computeIfAbsent(kind, k -> new LinkedHashMap<>()).put(name.key(), id);
            }
        }
    }

    private void addNumber(final ResourceId id, final ResourceId account, final List<Reference> references) {
        for (int i = 0; i < references.size(); i++) {
            if (isFirst(references, i)) {
                final Reference reference = references.get(i);
                final boolean owner = reference.kind() == ResourceKind.ACCOUNTS && reference.id().equals(account);
                addReferrer(
                        ResourceKind.NUMBERS,
                        reference.kind(),
                        reference.id(),
                        id,
                        owner ? Integer.MAX_VALUE : NUMBERS_SHOWN);
            }
        }
    }

    /** Whether nothing before this reference names the same resource. */
    static boolean isFirst(final List<Reference> references, final int index) {
        for (int i = 0; i < index; i++) {
            if (references.get(i).leadsTo(references.get(index).kind(), references.get(index).id())) {
                return false;
            }
        }
        return true;
    }

    private void addReferrer(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final ResourceId referrer,
            final int shown) {
        final Referrers referrers = byKind.computeIfAbsent(kind, k -> new EnumMap<>(ResourceKind.class))
                .computeIfAbsent(targetKind, k -> new LinkedHashMap<>())
                .computeIfAbsent(target, id -> new Referrers());
        referrers.count++;
        if (referrers.ids.count() < shown) {
            referrers.ids.add(referrer.high(), referrer.low());
        }
    }

    /** What refers to a target so far, in the order in which it was added; null for nothing. */
    IdList referrers(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final Referrers referrers = find(kind, targetKind, target);
        return referrers == null ? null : referrers.ids;
    }

    /** How many resources of a kind refer to a target, as far as they were added. */
    long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final Referrers referrers = find(kind, targetKind, target);
        return referrers == null ? 0 : referrers.count;
    }

    private Referrers find(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return byKind.getOrDefault(kind, Map.of())
                .getOrDefault(targetKind, Map.of())
                .get(target);
    }

    /** Entries that {@link #writeTo} will write, at least as many as there are things referred to. */
    public long entryCount() {
        long count = 0;
        for (final Map<ResourceKind, Map<ResourceId, Referrers>> byTargetKind : byKind.values()) {
            for (final Map<?, ?> entries : byTargetKind.values()) {
                count += entries.size();
            }
        }
        for (final Map<?, ?> entries : names.values()) {
            count += entries.size();
        }
        return count;
    }

    /** Writes everything. */
    public void writeTo(final Sink sink) {
        byKind.forEach((kind, byTargetKind) -> byTargetKind.forEach((targetKind, byTarget) -> byTarget.forEach(
                (target, referrers) -> write(StoredIndex.referrerCode(kind, targetKind), target, referrers, sink))));
        names.forEach((kind, byKey) -> byKey.forEach((key, id) -> sink.onEntry(
                StoredIndex.nameCode(kind),
                key.high(),
                key.low(),
                ByteBuffer.allocate(StoredIndex.ID_BYTES)
                        .putLong(id.high())
                        .putLong(id.low())
                        .array())));
    }

    private static void write(
            final int code, final ResourceId target, final Referrers referrers, final Sink sink) {
        final IdList ids = referrers.ids;
        ids.sort();
        int written = 0;
        for (int chunk = 0; chunk == 0 || written < ids.count(); chunk++) {
            final int here = Math.min(StoredIndex.CHUNK_IDS, ids.count() - written);
            final int head = chunk == 0 ? Long.BYTES : 0;
            final ByteBuffer bytes = ByteBuffer.allocate(head + here * StoredIndex.ID_BYTES);
            if (chunk == 0) {
                bytes.putLong(referrers.count);
            }
            for (int i = 0; i < here; i++) {
                bytes.putLong(ids.high(written)).putLong(ids.low(written));
                written++;
            }
            sink.onEntry(code, target.high(), StoredIndex.chunkLow(target, chunk), bytes.array());
        }
    }
}
