package io.tandem.routing.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines without keeping more than one. Ends of line are LF or CR LF; a UTF-8 byte order mark
 * before the first line is skipped; a line beyond the limit is skipped and says {@link #tooLong()}.
 */
final class LineReader implements AutoCloseable {
    /** Bytes of one line. */
    static final int LINE_BYTES_MAX = 262_144;

    private static final int CHUNK_BYTES = 65_536;

    private final InputStream stream;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int chunkAt;
    private int chunkEnd;
    private byte[] line = new byte[4096];
    private int length;
    private boolean tooLong;
    private long number;

    LineReader(final InputStream stream) {
        this.stream = stream;
    }

    /** Moves to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (true) {
            if (chunkAt == chunkEnd) {
                chunkEnd = Math.max(stream.read(chunk), 0);
                chunkAt = 0;
                if (chunkEnd == 0) {
                    return any && ended();
                }
            }
            any = true;
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n') {
                end++;
            }
            append(chunkAt, end);
            chunkAt = end;
            if (end < chunkEnd) {
                chunkAt++;
                return ended();
            }
        }
    }

    /** From 1. */
    long number() {
        return number;
    }

    /** The bytes; valid up to {@link #length()} until the next move. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    boolean tooLong() {
        return tooLong;
    }

    /** Whether there is nothing but blanks. */
    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return !tooLong;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private boolean ended() {
        number++;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (number == 1 && length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf) {
            length -= 3;
            System.arraycopy(line, 3, line, 0, length);
        }
        return true;
    }

    private void append(final int from, final int to) {
        final int count = to - from;
        if (tooLong || length + count > LINE_BYTES_MAX) {
            tooLong = true;
            length = 0;
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
        }
        System.arraycopy(chunk, from, line, length, count);
        length += count;
    }
}
