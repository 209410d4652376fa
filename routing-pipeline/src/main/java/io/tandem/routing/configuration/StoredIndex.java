package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.nio.ByteBuffer;

/**
 * Finds resources by name and by what they refer to, in entries that an {@link IndexBuilder} wrote beside the resources.
 *
 * <pre>
 *   who bears a name:  code 200 + kind, key of the name           -> identifier
 *   who refers to it:  code 100 + kind of referrers, identifier   -> count, first 1,024 identifiers, ascending
 *                      the same, lower half moved on              -> the next 1,024 identifiers
 * </pre>
 *
 * What refers to {@link ResourceId#NIL} are all resources of the kind. Any thread.
 */
public final class StoredIndex {
    static final int CHUNK_IDS = 1024;
    static final int ID_BYTES = 16;

    private static final int REFERRERS = 100;
    private static final int NAMES = 200;
    private static final long STRIDE = 0x9e3779b97f4a7c15L;

    private final Entries entries;

    /** Where entries are kept. */
    @FunctionalInterface
    public interface Entries {
        /** An entry, or null. */
        byte[] entry(int code, long high, long low);
    }

    /** Reads from entries. */
    public StoredIndex(final Entries entries) {
        this.entries = entries;
    }

    /** Whether anything was ever indexed. */
    public boolean isThere() {
        return entries.entry(referrerCode(ResourceKind.ACCOUNTS), 0, 0) != null;
    }

    /** Who bears a name, or null. */
    public ResourceId find(final UniqueName name) {
        final ResourceId key = name.key();
        final byte[] value = entries.entry(nameCode(name.kind()), key.high(), key.low());
        if (value == null) {
            return null;
        }
        final ByteBuffer bytes = ByteBuffer.wrap(value);
        return new ResourceId(bytes.getLong(), bytes.getLong());
    }

    /** How many resources of a kind refer to a target. */
    public long count(final ResourceKind kind, final ResourceId target) {
        final byte[] first = entries.entry(referrerCode(kind), target.high(), target.low());
        return first == null ? 0 : ByteBuffer.wrap(first).getLong();
    }

    /**
     * Shows the resources of a kind that refer to a target, ascending.
     *
     * @param after only those behind this one; {@link ResourceId#NIL} for all.
     * @return false when the visitor wanted no more.
     */
    public boolean forEach(
            final ResourceKind kind, final ResourceId target, final ResourceId after, final IdVisitor visitor) {
        for (int chunk = 0; ; chunk++) {
            final byte[] value = entries.entry(referrerCode(kind), target.high(), chunkLow(target, chunk));
            if (value == null) {
                return true;
            }
            final ByteBuffer bytes = ByteBuffer.wrap(value);
            if (chunk == 0) {
                bytes.getLong();
            }
            if (bytes.remaining() == 0 || isBehind(bytes, after)) {
                continue;
            }
            while (bytes.hasRemaining()) {
                final long high = bytes.getLong();
                final long low = bytes.getLong();
                if (compare(high, low, after) > 0 && !visitor.onId(high, low)) {
                    return false;
                }
            }
        }
    }

    /** Whether even the last identifier of a chunk is not behind {@code after}. */
    private static boolean isBehind(final ByteBuffer bytes, final ResourceId after) {
        final int last = bytes.limit() - ID_BYTES;
        return compare(bytes.getLong(last), bytes.getLong(last + Long.BYTES), after) <= 0;
    }

    private static int compare(final long high, final long low, final ResourceId other) {
        final int upper = Long.compareUnsigned(high, other.high());
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low());
    }

    static int referrerCode(final ResourceKind kind) {
        return REFERRERS + kind.code();
    }

    static int nameCode(final ResourceKind kind) {
        return NAMES + kind.code();
    }

    static long chunkLow(final ResourceId target, final int chunk) {
        return target.low() + chunk * STRIDE;
    }
}
