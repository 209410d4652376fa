package io.tandem.routing.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of an import that are kept, in chunks: 16 bytes each beside their own. Lines are counted from 0 in the order in which
 * they were added. One thread.
 */
final class ImportLines {
    private static final int CHUNK_BYTES = 1 << 20;

    private final List<byte[]> chunks = new ArrayList<>();
    private int used = CHUNK_BYTES;
    private long[] places = new long[1024];
    private int[] lengths = new int[1024];
    private int[] numbers = new int[1024];
    private int count;

    /** Keeps a line; its index. */
    int add(final long number, final byte[] bytes, final int length) {
        if (used + length > CHUNK_BYTES) {
            chunks.add(new byte[CHUNK_BYTES]);
            used = 0;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        System.arraycopy(bytes, 0, chunks.getLast(), used, length);
        places[count] = (long) (chunks.size() - 1) * CHUNK_BYTES + used;
        lengths[count] = length;
        numbers[count] = Math.toIntExact(number);
        used += length;
        return count++;
    }

    /** A copy of the line of an index. */
    ImportLine get(final int index) {
        final byte[] chunk = chunks.get((int) (places[index] / CHUNK_BYTES));
        final int offset = (int) (places[index] % CHUNK_BYTES);
        return new ImportLine(numbers[index], Arrays.copyOfRange(chunk, offset, offset + lengths[index]));
    }

    /** Bytes of all chunks. */
    long bytes() {
        return (long) chunks.size() * CHUNK_BYTES;
    }
}
