package io.tandem.admin.http.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.OptionalInt;

/** How long a RIFF WAVE file plays, from its {@code fmt } and {@code data} chunks. */
final class WaveFile {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FORMAT_CHUNK = 0x20746d66; // "fmt " as a little-endian number
    private static final int DATA_CHUNK = 0x61746164; // "data"
    private static final int BYTES_PER_SECOND_AT = 8;
    private static final int CHUNKS_MAX = 1_000;

    private WaveFile() {}

    /** Milliseconds, a part counting as a whole; empty when the chunks are missing or do not fit the file. */
    static OptionalInt durationMs(final FileChannel file) throws IOException {
        final long size = file.size();
        long bytesPerSecond = 0;
        long at = RIFF_HEADER;
        for (int chunks = 0; chunks < CHUNKS_MAX && at + CHUNK_HEADER <= size; chunks++) {
            final int kind = number(file, at);
            final long length = number(file, at + 4) & 0xffff_ffffL;
            at += CHUNK_HEADER;
            if (kind == FORMAT_CHUNK && length >= BYTES_PER_SECOND_AT + 4 && at + length <= size) {
                bytesPerSecond = number(file, at + BYTES_PER_SECOND_AT) & 0xffff_ffffL;
            } else if (kind == DATA_CHUNK) {
                // a file that was written to a pipe gives no true length
                final long bytes = Math.min(length, size - at);
                final long ms = bytesPerSecond == 0 ? -1 : (bytes * 1_000 + bytesPerSecond - 1) / bytesPerSecond;
                return ms < 0 || ms > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) ms);
            }
            at += length + (length & 1);
        }
        return OptionalInt.empty();
    }

    private static int number(final FileChannel file, final long at) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
            // until all four are there
        }
        return bytes.hasRemaining() ? 0 : bytes.getInt(0);
    }
}
