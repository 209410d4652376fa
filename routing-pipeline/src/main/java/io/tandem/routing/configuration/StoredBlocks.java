package io.tandem.routing.configuration;

import io.tandem.routing.number.E164;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * Keeps {@link NumberBlocks} as entries of an index. Nothing is written where there are none.
 *
 * <pre>
 *   code 150, 0, 0  ->  how many chunks there are, then how many prefixes of 1 to 15 digits; ints
 *   code 150, 1, n  ->  chunk n of the ranges, from 0: first, last, first, last; longs
 * </pre>
 */
final class StoredBlocks {
    private static final int CODE = 150;
    private static final long HEAD = 0;
    private static final long CHUNK = 1;

    private StoredBlocks() {}

    static void write(final NumberBlocks blocks, final IndexBuilder.Sink sink) {
        if (blocks.isEmpty()) {
            return;
        }
        final ByteBuffer head = ByteBuffer.allocate((1 + E164.DIGITS_MAX) * Integer.BYTES);
        head.putInt(blocks.chunkCount());
        final int[] prefixes = blocks.prefixes();
        for (int length = 1; length <= E164.DIGITS_MAX; length++) {
            head.putInt(prefixes[length]);
        }
        sink.onEntry(CODE, HEAD, 0, head.array());
        for (int place = 0; place < blocks.chunkCount(); place++) {
            final long[] ranges = blocks.chunk(place);
            final ByteBuffer bytes = ByteBuffer.allocate(ranges.length * Long.BYTES);
            bytes.asLongBuffer().put(ranges);
            sink.onEntry(CODE, CHUNK, place, bytes.array());
        }
    }

    static NumberBlocks read(final StoredIndex.Entries entries) {
        final byte[] head = entries.entry(CODE, HEAD, 0);
        if (head == null) {
            return NumberBlocks.NONE;
        }
        final ByteBuffer bytes = ByteBuffer.wrap(head);
        final long[][] chunks = new long[bytes.getInt()][];
        final int[] prefixes = new int[E164.DIGITS_MAX + 1];
        for (int length = 1; length <= E164.DIGITS_MAX; length++) {
            prefixes[length] = bytes.getInt();
        }
        for (int place = 0; place < chunks.length; place++) {
            final LongBuffer ranges =
                    ByteBuffer.wrap(entries.entry(CODE, CHUNK, place)).asLongBuffer();
            chunks[place] = new long[ranges.remaining()];
            ranges.get(chunks[place]);
        }
        return NumberBlocks.of(chunks, prefixes);
    }
}
