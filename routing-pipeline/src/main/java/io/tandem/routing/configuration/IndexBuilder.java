package io.tandem.routing.configuration;

import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Reference;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects who bears which name, who refers to whom, in which order numbers and flows were made, and which prefixes and ranges
 * of numbers there are, and writes it as entries that a {@link StoredIndex} reads. While it collects, a reference takes 20 bytes,
 * that of a number or flow to its account 28 if it is known when it was made, and a name, or a resource that is referred to, 30
 * to 90; of numbers, only their accounts know all of them, other resources the first {@link #NUMBERS_SHOWN} and how many there
 * are. One thread.
 */
public final class IndexBuilder {
    /** Numbers that are kept of those that refer to a resource which is not their account. */
    static final int NUMBERS_SHOWN = 16;

    private final Map<ResourceKind, Map<ResourceKind, ReferrerTable>> byKind = new EnumMap<>(ResourceKind.class);
    private final Map<ResourceKind, IdMap> names = new EnumMap<>(ResourceKind.class);
    private NumberBlocks blocks = NumberBlocks.NONE;

    /** Where entries go. */
    @FunctionalInterface
    public interface Sink {
        /** One entry; the array is the receiver's. */
        void onEntry(int code, long high, long low, byte[] value);
    }

    /**
     * Adds what a resource is called and refers to.
     *
     * @param createdUs when it was made, microseconds since 1970 UTC; 0 if nobody knows.
     */
    public void add(
            final ResourceKind kind, final Resource resource, final List<Reference> references, final long createdUs) {
        final ResourceId id = resource.id();
        if (!(resource instanceof PhoneNumber)) {
            addReferrer(kind, kind, ResourceId.NIL, id, Integer.MAX_VALUE, 0);
        }
        for (int i = 0; i < references.size(); i++) {
            if (isFirst(references, i)) {
                final Reference reference = references.get(i);
                final boolean owner = reference.leadsTo(ResourceKind.ACCOUNTS, resource.accountId());
                addReferrer(
                        kind,
                        reference.kind(),
                        reference.id(),
                        id,
                        owner || kind != ResourceKind.NUMBERS ? Integer.MAX_VALUE : NUMBERS_SHOWN,
                        owner && StoredCreations.include(kind) ? createdUs : 0);
            }
        }
        if (resource instanceof PhoneNumber number) {
            blocks = blocks.with(number.pattern());
            return;
        }
        for (final UniqueName name : resource.names()) {
            if (!name.name().isEmpty()) {
                putName(name, id);
            }
        }
    }

    /** Prefixes and ranges of numbers so far. */
    NumberBlocks blocks() {
        return blocks;
    }

    private void putName(final UniqueName name, final ResourceId id) {
        final ResourceId key = name.key();
        names.computeIfAbsent(name.kind(), k -> new IdMap()).put(key.high(), key.low(), id.high(), id.low());
    }

    /** Gives a name to a resource; whoever had it already keeps it and is answered, else null. */
    ResourceId addName(final UniqueName name, final ResourceId id) {
        final ResourceId other = named(name);
        if (other == null) {
            putName(name, id);
        }
        return other;
    }

    /** Who bears a name so far, or null. */
    ResourceId named(final UniqueName name) {
        final IdMap ofKind = names.get(name.kind());
        if (ofKind == null) {
            return null;
        }
        final ResourceId key = name.key();
        final int place = ofKind.find(key.high(), key.low());
        return place < 0 ? null : new ResourceId(ofKind.high(place), ofKind.low(place));
    }

    /** Whether nothing before this reference names the same resource. */
    static boolean isFirst(final List<Reference> references, final int index) {
        for (int i = 0; i < index; i++) {
            if (references
                    .get(i)
                    .leadsTo(references.get(index).kind(), references.get(index).id())) {
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
            final int shown,
            final long createdUs) {
        byKind.computeIfAbsent(kind, k -> new EnumMap<>(ResourceKind.class))
                .computeIfAbsent(targetKind, k -> new ReferrerTable())
                .add(target.high(), target.low(), referrer.high(), referrer.low(), shown, createdUs);
    }

    /** What refers to a target so far, in the order in which it was added; null for nothing. */
    IdList referrers(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final ReferrerTable table = table(kind, targetKind);
        final int place = table == null ? -1 : table.find(target.high(), target.low());
        return place < 0 ? null : table.referrers(place);
    }

    /** How many resources of a kind refer to a target, as far as they were added. */
    long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final ReferrerTable table = table(kind, targetKind);
        final int place = table == null ? -1 : table.find(target.high(), target.low());
        return place < 0 ? 0 : table.count(place);
    }

    private ReferrerTable table(final ResourceKind kind, final ResourceKind targetKind) {
        return byKind.getOrDefault(kind, Map.of()).get(targetKind);
    }

    /** Writes everything. */
    public void writeTo(final Sink sink) {
        byKind.forEach((kind, byTargetKind) -> byTargetKind.forEach((targetKind, table) -> {
            for (int place = 0; place < table.places(); place++) {
                if (table.isTarget(place)) {
                    write(StoredIndex.referrerCode(kind, targetKind), table, place, sink);
                    if (targetKind == ResourceKind.ACCOUNTS && StoredCreations.include(kind)) {
                        writeCreations(kind, table, place, sink);
                    }
                }
            }
        }));
        names.forEach((kind, ofKind) -> ofKind.forEach((keyHigh, keyLow, high, low) -> sink.onEntry(
                StoredIndex.nameCode(kind),
                keyHigh,
                keyLow,
                ByteBuffer.allocate(StoredIndex.ID_BYTES)
                        .putLong(high)
                        .putLong(low)
                        .array())));
        StoredBlocks.write(blocks, sink);
    }

    private static void writeCreations(
            final ResourceKind kind, final ReferrerTable table, final int place, final Sink sink) {
        final long[] creations = table.creations(place);
        if (creations != null) {
            StoredCreations.write(
                    kind, new ResourceId(table.targetHigh(place), table.targetLow(place)), creations, sink);
        }
    }

    private static void write(final int code, final ReferrerTable table, final int place, final Sink sink) {
        final IdList ids = table.referrers(place);
        ids.sort();
        final ResourceId target = new ResourceId(table.targetHigh(place), table.targetLow(place));
        int written = 0;
        for (int chunk = 0; chunk == 0 || written < ids.count(); chunk++) {
            final int here = Math.min(StoredIndex.CHUNK_IDS, ids.count() - written);
            final int head = chunk == 0 ? Long.BYTES : 0;
            final ByteBuffer bytes = ByteBuffer.allocate(head + here * StoredIndex.ID_BYTES);
            if (chunk == 0) {
                bytes.putLong(table.count(place));
            }
            for (int i = 0; i < here; i++) {
                bytes.putLong(ids.high(written)).putLong(ids.low(written));
                written++;
            }
            sink.onEntry(code, target.high(), StoredIndex.chunkLow(target, chunk), bytes.array());
        }
    }
}
