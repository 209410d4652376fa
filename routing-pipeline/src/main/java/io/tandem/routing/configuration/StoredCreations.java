package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.nio.ByteBuffer;

/**
 * The numbers and flows of an account in the order in which they were made, as entries of an index.
 *
 * <pre>
 *   code 300 + kind, account      ->  count, first 682 of: when it was made, identifier; the oldest first
 *   the same, lower half moved on ->  the next 682
 * </pre>
 *
 * An account has entries of a kind if it is known of one of its resources when it was made; those of which nobody knows are the
 * oldest then, by identifier. An account without entries has its resources by identifier, the greatest first, as it is known from
 * who refers to it: so files without times cost nothing more. So it is, too, with a generation of a build that wrote no such
 * entries: all of it is listed, as if nobody knew when it was made, behind what was made or changed since.
 */
final class StoredCreations {
    private static final int CODE = 300;
    private static final int CHUNK_BYTES = StoredIndex.CHUNK_IDS * StoredIndex.ID_BYTES;
    private static final int HEAD_BYTES = Long.BYTES;

    private final StoredIndex.Entries entries;
    private final int code;
    private final ResourceId account;
    private final int timeBytes;

    private StoredCreations(
            final StoredIndex.Entries entries, final int code, final ResourceId account, final int timeBytes) {
        this.entries = entries;
        this.code = code;
        this.account = account;
        this.timeBytes = timeBytes;
    }

    /** Whether the resources of a kind are known in this order. */
    static boolean include(final ResourceKind kind) {
        return kind == ResourceKind.NUMBERS || kind == ResourceKind.FLOWS;
    }

    /** Writes what an account has: three longs each, ascending. */
    static void write(
            final ResourceKind kind, final ResourceId account, final long[] rows, final IndexBuilder.Sink sink) {
        final int most = CHUNK_BYTES / Long.BYTES / ReferrerTable.CREATION_LONGS * ReferrerTable.CREATION_LONGS;
        for (int from = 0, chunk = 0; from < rows.length; from += most, chunk++) {
            final int longs = Math.min(most, rows.length - from);
            final ByteBuffer bytes = ByteBuffer.allocate(headBytes(chunk) + longs * Long.BYTES);
            if (chunk == 0) {
                bytes.putLong(rows.length / ReferrerTable.CREATION_LONGS);
            }
            bytes.asLongBuffer().put(rows, from, longs);
            sink.onEntry(CODE + kind.code(), account.high(), StoredIndex.chunkLow(account, chunk), bytes.array());
        }
    }

    /** Shows what an account has, newest first. */
    static boolean forEach(
            final StoredIndex.Entries entries,
            final ResourceKind kind,
            final ResourceId account,
            final Creation before,
            final CreationVisitor visitor) {
        final StoredCreations timed = new StoredCreations(entries, CODE + kind.code(), account, Long.BYTES);
        final StoredCreations here = timed.chunk(0) != null
                ? timed
                : new StoredCreations(entries, StoredIndex.referrerCode(kind, ResourceKind.ACCOUNTS), account, 0);
        return here.forEach(before, visitor);
    }

    private boolean forEach(final Creation before, final CreationVisitor visitor) {
        for (int chunk = chunksWith(before) - 1; chunk >= 0; chunk--) {
            final ByteBuffer bytes = ByteBuffer.wrap(chunk(chunk));
            for (int at = bytes.limit() - rowBytes(); at >= headBytes(chunk); at -= rowBytes()) {
                final Creation creation = creation(bytes, at);
                if (creation.compareTo(before) > 0 && !visitor.onCreation(creation)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How many chunks there are whose oldest is behind a place, found by halving. */
    private int chunksWith(final Creation before) {
        final byte[] head = chunk(0);
        int from = 0;
        int to = head == null ? 0 : (int) (ByteBuffer.wrap(head).getLong() / (CHUNK_BYTES / rowBytes())) + 1;
        while (from < to) {
            final int middle = (from + to) >>> 1;
            final byte[] value = chunk(middle);
            if (value != null
                    && value.length > headBytes(middle)
                    && creation(ByteBuffer.wrap(value), headBytes(middle)).compareTo(before) > 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private Creation creation(final ByteBuffer bytes, final int at) {
        final int id = at + timeBytes;
        return new Creation(
                timeBytes == 0 ? 0 : bytes.getLong(at),
                new ResourceId(bytes.getLong(id), bytes.getLong(id + Long.BYTES)));
    }

    private byte[] chunk(final int chunk) {
        return entries.entry(code, account.high(), StoredIndex.chunkLow(account, chunk));
    }

    private int rowBytes() {
        return timeBytes + StoredIndex.ID_BYTES;
    }

    /** Bytes before the rows of a chunk. */
    private static int headBytes(final int chunk) {
        return chunk == 0 ? HEAD_BYTES : 0;
    }
}
