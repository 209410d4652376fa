package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.nio.ByteBuffer;

/**
 * Finds resources by name and by what they refer to, in entries that an {@link IndexBuilder} wrote beside the
 * resources.
 *
 * <pre>
 *   prefixes, ranges:  code 150, see {@link StoredBlocks}
 *   who bears a name:  code 200 + kind, key of the name                     -> identifier
 *   when it was made:  code 300 + kind, see {@link StoredCreations}
 *   who refers to it:  code 1000 + 100 * its kind + kind of referrers, its
 *                      identifier                                           -> count, first 1,024 identifiers, ascending
 *                      the same, lower half moved on                        -> the next 1,024 identifiers
 * </pre>
 *
 * What refers to {@link ResourceId#NIL} of its own kind are all resources of the kind. Any thread.
 */
public final class StoredIndex {
    static final int CHUNK_IDS = 1024;
    static final int ID_BYTES = 16;

    private static final int REFERRERS = 1000;
    private static final int TARGET_KINDS = 100;
    private static final int NAMES = 200;
    private static final long STRIDE = 0x9e3779b97f4a7c15L;

    private final Entries entries;
    private final NumberBlocks blocks;

    /** Where entries are kept. */
    @FunctionalInterface
    public interface Entries {
        /** An entry, or null. */
        byte[] entry(int code, long high, long low);
    }

    /** Reads from entries. */
    public StoredIndex(final Entries entries) {
        this.entries = entries;
        blocks = StoredBlocks.read(entries);
    }

    /** Prefixes and ranges of numbers. */
    public NumberBlocks blocks() {
        return blocks;
    }

    /** Whether anything was ever indexed. */
    public boolean isThere() {
        return entries.entry(referrerCode(ResourceKind.ACCOUNTS, ResourceKind.ACCOUNTS), 0, 0) != null;
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
    public long count(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final byte[] first = chunk(referrerCode(kind, targetKind), target, 0);
        return first == null ? 0 : ByteBuffer.wrap(first).getLong();
    }

    /**
     * Shows the resources of a kind that refer to a target, ascending.
     *
     * @param after only those behind this one; {@link ResourceId#NIL} for all.
     * @return false when the visitor wanted no more.
     */
    public boolean forEach(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final ResourceId after,
            final IdVisitor visitor) {
        final int code = referrerCode(kind, targetKind);
        int chunk = after.isNil() ? 0 : firstWith(code, target, after);
        for (byte[] value = chunk(code, target, chunk); value != null; value = chunk(code, target, ++chunk)) {
            final ByteBuffer bytes = ByteBuffer.wrap(value);
            bytes.position(headBytes(chunk));
            while (bytes.hasRemaining()) {
                final long high = bytes.getLong();
                final long low = bytes.getLong();
                if (compare(high, low, after) > 0 && !visitor.onId(high, low)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Shows an account's numbers or flows, newest first.
     *
     * @param before only those behind this place; {@link Creation#FIRST} for all.
     * @return false when the visitor wanted no more.
     */
    public boolean forEachNewest(
            final ResourceKind kind, final ResourceId account, final Creation before, final CreationVisitor visitor) {
        return StoredCreations.forEach(entries, kind, account, before, visitor);
    }

    /**
     * The first chunk with an identifier behind {@code after}, found by halving; one that is not there if there is
     * none.
     */
    private int firstWith(final int code, final ResourceId target, final ResourceId after) {
        final byte[] head = chunk(code, target, 0);
        int from = 0;
        int to = head == null ? 0 : (int) (ByteBuffer.wrap(head).getLong() / CHUNK_IDS) + 1;
        while (from < to) {
            final int middle = (from + to) >>> 1;
            final byte[] value = chunk(code, target, middle);
            if (value == null || isBehind(value, headBytes(middle), after)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private byte[] chunk(final int code, final ResourceId target, final int chunk) {
        return entries.entry(code, target.high(), chunkLow(target, chunk));
    }

    /** Bytes before the identifiers of a chunk. */
    private static int headBytes(final int chunk) {
        return chunk == 0 ? Long.BYTES : 0;
    }

    /** Whether the last identifier of a chunk, if it has any, is behind {@code after}. */
    private static boolean isBehind(final byte[] chunk, final int headBytes, final ResourceId after) {
        final int last = chunk.length - ID_BYTES;
        final ByteBuffer bytes = ByteBuffer.wrap(chunk);
        return last >= headBytes && compare(bytes.getLong(last), bytes.getLong(last + Long.BYTES), after) > 0;
    }

    private static int compare(final long high, final long low, final ResourceId other) {
        final int upper = Long.compareUnsigned(high, other.high());
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low());
    }

    static int referrerCode(final ResourceKind kind, final ResourceKind targetKind) {
        return REFERRERS + TARGET_KINDS * targetKind.code() + kind.code();
    }

    static int nameCode(final ResourceKind kind) {
        return NAMES + kind.code();
    }

    static long chunkLow(final ResourceId target, final int chunk) {
        return target.low() + chunk * STRIDE;
    }
}
