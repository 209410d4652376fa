package io.tandem.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Steps by which a file or directory becomes visible whole or not at all, and stays so after power loss. */
public final class DurableFiles {
    private static final int CHUNK_BYTES = 1 << 20;

    private DurableFiles() {}

    /** Brings a file's content, or a directory's names, to the medium. */
    public static void sync(final Path path) throws IOException {
        final boolean directory = Files.isDirectory(path);
        try (FileChannel channel =
                FileChannel.open(path, directory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Writes a small text file and brings it to the medium. */
    public static void write(final Path file, final String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        sync(file);
    }

    /** Moves a finished file or directory to its name in the same directory, in one step that survives power loss. */
    public static void publish(final Path finished, final Path name) throws IOException {
        Files.move(finished, name, StandardCopyOption.ATOMIC_MOVE);
        sync(name.toAbsolutePath().getParent());
    }

    /** CRC-32C of a whole file. */
    public static int crc32c(final Path file) throws IOException {
        final CRC32C crc = new CRC32C();
        final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(chunk) >= 0) {
                chunk.flip();
                crc.update(chunk);
                chunk.clear();
            }
        }
        return (int) crc.getValue();
    }

    /** Deletes a file, or a directory with the files in it. */
    public static void delete(final Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (var children = Files.newDirectoryStream(path)) {
                for (final Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
