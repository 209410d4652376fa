package io.tandem.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/** The secret from which the core derives tags, branches and nonces; never journaled. */
public final class MasterKey {
    /** Bytes of the key. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private MasterKey(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the key of a data directory, creating it on first use.
     *
     * @throws JournalException when the file has a wrong length, is open to other users or cannot be read
     */
    public static MasterKey open(final DataDirectory directory) {
        return open(directory.masterKeyFile());
    }

    static MasterKey open(final Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            final EnumSet<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            others.remove(PosixFilePermission.OWNER_READ);
            others.remove(PosixFilePermission.OWNER_WRITE);
            if (!others.isEmpty()) {
                throw new JournalException("master key file must be readable by its owner only: path=" + file
                        + " permissions=" + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        + " wanted=rw-------");
            }
            final byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != LENGTH) {
                throw new JournalCorruptException("master key file has a wrong length: path=" + file + " bytes="
                        + bytes.length + " wanted=" + LENGTH);
            }
            return new MasterKey(bytes);
        } catch (final IOException e) {
            throw new JournalException("master key file cannot be read: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }

    private static void create(final Path file) {
        try {
            write(file);
        } catch (final IOException e) {
            throw new JournalException(
                    "master key file cannot be written: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }

    private static void write(final Path file) throws IOException {
        final byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        final Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            final ByteBuffer source = ByteBuffer.wrap(fresh);
            while (source.hasRemaining()) {
                channel.write(source);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A copy of the key. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "MasterKey";
    }
}
