package io.tandem.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory that holds everything Tandem remembers, held by one process at a time.
 *
 * <pre>
 * data/                 0700
 *   lock                held while a process lives; the operating system releases it, however the process ends
 *   master.key          0600, 32 random bytes
 *   console             0600, where the console of the running process listens
 *   inputs/             queue of inputs
 *   records/            queue of records
 *   snapshots/          &lt;inputIndex&gt;.snapshot
 *   config/&lt;name&gt;/      configuration generations
 *   countries/          files that told countries of source addresses, by their digest
 *   secrets/            entries of the secret store, 0600 each
 *   media/              contents of media resources
 * </pre>
 *
 * Opened first and closed last, by the wiring.
 */
public final class DataDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final FileChannel lockChannel;
    private final FileLock lock;

    private DataDirectory(final Path root, final FileChannel lockChannel, final FileLock lock) {
        this.root = root;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /** Whether a process has the directory open; false as well when there is none. Changes nothing. */
    public static boolean isInUse(final Path path) {
        final Path file = path.resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (final IOException e) {
            throw new JournalException(
                    "data directory lock cannot be tried: path=" + path + " reason=" + IoReason.of(e), e);
        }
    }

    /**
     * Creates what is missing, closes the directory to other users and takes its lock.
     *
     * @throws JournalException in one sentence, when the directory cannot be written or another process holds it
     */
    public static DataDirectory open(final Path path) {
        final Path root = path.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            createOwnerOnly(root);
            channel = FileChannel.open(
                    root.resolve("lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            final FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(root);
            }
            final DataDirectory directory = new DataDirectory(root, channel, lock);
            channel = null;
            directory.createOwnerOnlyChildren();
            return directory;
        } catch (final OverlappingFileLockException e) {
            throw inUse(root);
        } catch (final IOException e) {
            throw new JournalException(
                    "data directory cannot be written: path=" + root + " user=" + System.getProperty("user.name")
                            + " reason=" + IoReason.of(e) + " (give one that this user may write: --data DIR)",
                    e);
        } finally {
            closeQuietly(channel);
        }
    }

    private static JournalException inUse(final Path root) {
        return new JournalException("data directory is in use by another process: path=" + root);
    }

    private void createOwnerOnlyChildren() throws IOException {
        createOwnerOnly(inputs());
        createOwnerOnly(records());
        createOwnerOnly(snapshots());
        createOwnerOnly(config());
        createOwnerOnly(countries());
        createOwnerOnly(secrets());
        createOwnerOnly(media());
    }

    private static void createOwnerOnly(final Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        if (!Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    public Path root() {
        return root;
    }

    public Path inputs() {
        return root.resolve("inputs");
    }

    public Path records() {
        return root.resolve("records");
    }

    public Path snapshots() {
        return root.resolve("snapshots");
    }

    public Path config() {
        return root.resolve("config");
    }

    public Path countries() {
        return root.resolve("countries");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path media() {
        return root.resolve("media");
    }

    public Path masterKeyFile() {
        return root.resolve("master.key");
    }

    /** Gives the directory up. What was opened inside it must be closed before. */
    @Override
    public void close() {
        try {
            lock.release();
        } catch (final IOException e) {
            throw new JournalException("data directory lock cannot be released: path=" + root, e);
        } finally {
            closeQuietly(lockChannel);
        }
    }

    private static void closeQuietly(final FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new JournalException("data directory lock file cannot be closed", e);
            }
        }
    }
}
