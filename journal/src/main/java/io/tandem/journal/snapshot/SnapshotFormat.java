package io.tandem.journal.snapshot;

import io.tandem.journal.JournalCorruptException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Layout of a snapshot file, all fields little endian.
 *
 * <pre>
 *   header   magic u64 | length u32 | format u16 | schema u16 | inputIndex i64 | epoch u32 | nowNs i64 | wallMs i64
 *            build: u16 length, UTF-8 | generation: u16 length, UTF-8
 *   content  ( length u32 | SBE message ) *
 *   trailer  END u32 | count u64 | CRC-32C u32 of all bytes before it
 * </pre>
 *
 * {@code length} of the header counts the whole header.
 */
final class SnapshotFormat {
    static final String SUFFIX = ".snapshot";
    static final String UNFINISHED_SUFFIX = ".snapshot.new";
    static final int FORMAT = 1;

    /** Stands where a message length would, after the last message. */
    static final int END = -1;

    static final int LENGTH_BYTES = 4;
    static final int TRAILER_BYTES = LENGTH_BYTES + 8 + 4;
    static final int HEADER_BYTES_MIN = 8 + 4 + 2 + 2 + 8 + 4 + 8 + 8 + 2 + 2;
    static final int HEADER_BYTES_MAX = 1 << 12;

    private static final long MAGIC = 0x31504e53_4d444e54L;

    private SnapshotFormat() {}

    static String fileName(final long inputIndex) {
        return String.format("%016x", inputIndex) + SUFFIX;
    }

    /** Input index that a file name tells, or -1 when it is not a snapshot's name. */
    static long inputIndex(final String fileName) {
        if (fileName.length() != 16 + SUFFIX.length() || !fileName.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            return Long.parseUnsignedLong(fileName, 0, 16, 16);
        } catch (final NumberFormatException e) {
            return -1;
        }
    }

    static ByteBuffer encode(final SnapshotHeader header) {
        final byte[] build = header.build().getBytes(StandardCharsets.UTF_8);
        final byte[] generation = header.generation().getBytes(StandardCharsets.UTF_8);
        final int length = HEADER_BYTES_MIN + build.length + generation.length;
        if (length > HEADER_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "snapshot header too long: bytes=" + length + " max=" + HEADER_BYTES_MAX);
        }
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(length)
                .putShort((short) FORMAT)
                .putShort((short) header.schemaVersion())
                .putLong(header.inputIndex())
                .putInt((int) header.epoch())
                .putLong(header.nowNs())
                .putLong(header.wallMs())
                .putShort((short) build.length)
                .put(build)
                .putShort((short) generation.length)
                .put(generation)
                .flip();
    }

    /** Reads the header from the buffer's position and leaves the position behind it. */
    static SnapshotHeader decode(final ByteBuffer file, final String name) {
        final int start = file.position();
        if (file.remaining() < HEADER_BYTES_MIN || file.getLong() != MAGIC) {
            throw new JournalCorruptException("snapshot has no header: file=" + name);
        }
        final int length = file.getInt();
        final int format = file.getShort() & 0xFFFF;
        if (format != FORMAT) {
            throw new JournalCorruptException(
                    "snapshot of an unknown format: file=" + name + " format=" + format + " known=" + FORMAT);
        }
        if (length < HEADER_BYTES_MIN || length > HEADER_BYTES_MAX || length > file.limit() - start) {
            throw new JournalCorruptException("snapshot header is damaged: file=" + name + " length=" + length);
        }
        final int schemaVersion = file.getShort() & 0xFFFF;
        final long inputIndex = file.getLong();
        final long epoch = file.getInt() & 0xFFFF_FFFFL;
        final long nowNs = file.getLong();
        final long wallMs = file.getLong();
        final String build = string(file, start + length, name);
        final String generation = string(file, start + length, name);
        file.position(start + length);
        return new SnapshotHeader(schemaVersion, inputIndex, epoch, nowNs, wallMs, build, generation);
    }

    private static String string(final ByteBuffer file, final int end, final String name) {
        final int length = end - file.position() < 2 ? Integer.MAX_VALUE : file.getShort() & 0xFFFF;
        if (length > end - file.position()) {
            throw new JournalCorruptException("snapshot header is damaged: file=" + name);
        }
        final byte[] bytes = new byte[length];
        file.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static ByteBuffer trailer(final long count, final CRC32C crc) {
        final ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(END)
                .putLong(count);
        crc.update(trailer.duplicate().flip());
        return trailer.putInt((int) crc.getValue()).flip();
    }
}
