package io.tandem.journal.snapshot;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a snapshot whose checksum was found right when it was opened; belongs to one thread. */
public final class SnapshotReader implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long CRC_SLICE_BYTES = 1L << 30;

    private final Path path;
    private final Arena arena;
    private final MemorySegment file;
    private final SnapshotHeader header;
    private final long count;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private long position;

    private SnapshotReader(final Path path, final Arena arena, final MemorySegment file) {
        this.path = path;
        this.arena = arena;
        this.file = file;
        final long end = file.byteSize() - SnapshotFormat.TRAILER_BYTES;
        if (end < SnapshotFormat.HEADER_BYTES_MIN) {
            throw new JournalCorruptException("snapshot too short: path=" + path + " bytes=" + file.byteSize());
        }
        final int stored = file.get(INT, file.byteSize() - 4);
        final int computed = crc(file, file.byteSize() - 4);
        if (file.get(INT, end) != SnapshotFormat.END || stored != computed) {
            throw new JournalCorruptException("snapshot does not match its checksum: path=" + path + " stored=0x"
                    + Integer.toHexString(stored) + " computed=0x" + Integer.toHexString(computed));
        }
        count = file.get(LONG, end + SnapshotFormat.LENGTH_BYTES);
        final ByteBuffer start = file.asSlice(0, Math.min(end, SnapshotFormat.HEADER_BYTES_MAX))
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        header = SnapshotFormat.decode(start, path.toString());
        position = start.position();
    }

    /**
     * Opens and checks a snapshot.
     *
     * @throws JournalCorruptException when it is damaged
     */
    public static SnapshotReader open(final Path path) {
        final Arena arena = Arena.ofShared();
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            final SnapshotReader reader = new SnapshotReader(path, arena, file);
            opened = true;
            return reader;
        } catch (final IOException e) {
            throw new JournalException("snapshot cannot be read: path=" + path + " reason=" + IoReason.of(e), e);
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    /**
     * Reads what a snapshot says of itself, and nothing else: its content may be damaged.
     *
     * @throws JournalCorruptException when the header is damaged
     */
    public static SnapshotHeader header(final Path path) {
        final ByteBuffer start = ByteBuffer.allocate(SnapshotFormat.HEADER_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            boolean more = true;
            while (more && start.hasRemaining()) {
                more = channel.read(start) >= 0;
            }
        } catch (final IOException e) {
            throw new JournalException("snapshot cannot be read: path=" + path + " reason=" + IoReason.of(e), e);
        }
        return SnapshotFormat.decode(start.flip(), path.toString());
    }

    private static int crc(final MemorySegment file, final long length) {
        final CRC32C crc = new CRC32C();
        for (long offset = 0; offset < length; offset += CRC_SLICE_BYTES) {
            crc.update(file.asSlice(offset, Math.min(CRC_SLICE_BYTES, length - offset))
                    .asByteBuffer());
        }
        return (int) crc.getValue();
    }

    public SnapshotHeader header() {
        return header;
    }

    /** Messages in the snapshot. */
    public long count() {
        return count;
    }

    public Path path() {
        return path;
    }

    /** Moves to the next message; false after the last. */
    public boolean next() {
        final int length = file.get(INT, position);
        if (length == SnapshotFormat.END) {
            return false;
        }
        final long start = position + SnapshotFormat.LENGTH_BYTES;
        if (length < 0 || length > file.byteSize() - SnapshotFormat.TRAILER_BYTES - start) {
            throw new JournalCorruptException("snapshot message has a wrong length: path=" + path + " position="
                    + position + " length=" + length);
        }
        message.wrap(file.address() + start, length);
        position = start + length;
        return true;
    }

    /** Holds the current message, from {@link #offset()}; valid until the next. */
    public DirectBuffer buffer() {
        return message;
    }

    public int offset() {
        return 0;
    }

    public int length() {
        return message.capacity();
    }

    @Override
    public void close() {
        message.wrap(0, 0);
        arena.close();
    }
}
