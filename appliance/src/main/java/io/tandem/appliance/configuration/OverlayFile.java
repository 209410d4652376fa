package io.tandem.appliance.configuration;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The changes of one revision over its generation as a file that never changes, named like the revision:
 *
 * <pre>
 *   magic:8 revision:8 count:4, then for each: kind:4 idHigh:8 idLow:8 length:4 bytes...; crc32c of all before:4
 * </pre>
 *
 * Big endian; a length of -1 stands for a resource that is gone.
 */
final class OverlayFile {
    private static final long MAGIC = 0x54414e4f56455231L;
    private static final String SUFFIX = ".overlay";
    private static final int HEAD_BYTES = Long.BYTES + Long.BYTES + Integer.BYTES;

    private OverlayFile() {}

    static Path path(final Path directory, final String name) {
        return directory.resolve(name + SUFFIX);
    }

    /** The revision that a file of the directory holds, or null if it is no overlay. */
    static String name(final Path file) {
        final String text = file.getFileName().toString();
        return text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : null;
    }

    /** Writes a revision so that it is there whole or not at all. */
    static void write(final Path directory, final OverlaidConfiguration overlay) throws IOException {
        final List<ResourceEdit> changes = overlay.changes();
        int length = HEAD_BYTES + Integer.BYTES;
        for (final ResourceEdit change : changes) {
            length += 2 * Integer.BYTES + 2 * Long.BYTES + (change.json() == null ? 0 : change.json().length);
        }
        final ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.putLong(MAGIC).putLong(overlay.revision()).putInt(changes.size());
        for (final ResourceEdit change : changes) {
            bytes.putInt(change.kind().code())
                    .putLong(change.id().high())
                    .putLong(change.id().low());
            if (change.json() == null) {
                bytes.putInt(-1);
            } else {
                bytes.putInt(change.json().length).put(change.json());
            }
        }
        bytes.putInt(crc(bytes.array(), length - Integer.BYTES));
        final Path path = path(directory, overlay.name());
        final Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        Files.write(unfinished, bytes.array());
        DurableFiles.sync(unfinished);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(directory);
    }

    /**
     * Reads a revision over its generation.
     *
     * @throws IllegalArgumentException when the file is missing or damaged.
     */
    static OverlaidConfiguration read(final Path directory, final String name, final Configuration generation) {
        final Path path = path(directory, name);
        final ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        } catch (final IOException e) {
            throw new IllegalArgumentException(
                    "changes of the configuration cannot be read: path=" + path + " reason=" + IoReason.of(e), e);
        }
        final int end = bytes.limit() - Integer.BYTES;
        if (bytes.limit() < HEAD_BYTES + Integer.BYTES
                || bytes.getInt(end) != crc(bytes.array(), end)
                || bytes.getLong() != MAGIC) {
            throw new IllegalArgumentException("changes of the configuration are damaged: path=" + path);
        }
        final long revision = bytes.getLong();
        final int count = bytes.getInt();
        final List<ResourceEdit> edits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final ResourceKind kind = ResourceKind.ofCode(bytes.getInt());
            final ResourceId id = new ResourceId(bytes.getLong(), bytes.getLong());
            final int length = bytes.getInt();
            byte[] json = null;
            if (length >= 0) {
                json = new byte[length];
                bytes.get(json);
            }
            edits.add(new ResourceEdit(kind, id, json));
        }
        return OverlaidConfiguration.over(generation).with(edits, revision);
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
