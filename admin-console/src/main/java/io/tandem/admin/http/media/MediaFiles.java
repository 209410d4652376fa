package io.tandem.admin.http.media;

import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.journal.DurableFiles;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Contents of media, a file each in one directory under the identifier of its resource, {@code media_01j...}. A
 * content is written beside and takes its place whole. All together have a limit, and leave room on the disk to
 * others. Any thread.
 */
public final class MediaFiles {
    private static final String UNFINISHED = ".new";
    private static final int CHUNK_BYTES = 1 << 16;

    private final Path directory;
    private final long bytesMax;
    private final long freeMin;
    private final KnownDigests digests = new KnownDigests();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong uploads = new AtomicLong();

    private MediaFiles(final Path directory, final long bytesMax, final long freeMin) {
        this.directory = directory;
        this.bytesMax = bytesMax;
        this.freeMin = freeMin;
    }

    /**
     * Opens a directory, which is made if need be; what an upload left half done goes.
     *
     * @param bytesMax most bytes of all contents together.
     * @param freeMin bytes of the disk that stay free.
     */
    public static MediaFiles open(final Path directory, final long bytesMax, final long freeMin) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final MediaFiles files = new MediaFiles(directory, bytesMax, freeMin);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (final Path file : all) {
                if (file.getFileName().toString().endsWith(UNFINISHED)) {
                    Files.delete(file);
                } else {
                    files.bytes.addAndGet(Files.size(file));
                }
            }
        }
        return files;
    }

    /** A content is larger than is taken, or there is no room for it. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        private final boolean full;

        TooMuch(final boolean full, final String message) {
            super(message);
            this.full = full;
        }

        /** Whether the store is full, rather than the content too large. */
        boolean isFull() {
            return full;
        }
    }

    /** A content that may not take the place of the one before. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Says at the last moment whether a content may take its place; nothing else changes meanwhile. */
    @FunctionalInterface
    interface Condition {
        /** Takes the digest of the content before, empty if there is none. */
        boolean holds(String digest) throws IOException;
    }

    /**
     * A content as it is, for the caller to close.
     *
     * @param digest SHA-256 in hexadecimal digits.
     */
    record Content(FileChannel bytes, String digest) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    /** A content on the disk that has not taken its place yet. */
    final class Upload implements AutoCloseable {
        private final Path file;
        private long length;
        private boolean published;

        private Upload(final Path file) {
            this.file = file;
        }

        /** To look into it. */
        FileChannel read() throws IOException {
            return FileChannel.open(file, StandardOpenOption.READ);
        }

        /** Bytes that it has. */
        long length() {
            return length;
        }

        /**
         * Makes it the content of a resource, in place of the one before.
         *
         * @param digest SHA-256 of it.
         * @throws Refused when the condition does not hold.
         */
        void publish(final ResourceId id, final String digest, final Condition condition) throws IOException {
            DurableFiles.sync(file);
            synchronized (MediaFiles.this) {
                if (!condition.holds(digest(id))) {
                    throw new Refused();
                }
                final long before = size(path(id));
                DurableFiles.publish(file, path(id));
                bytes.addAndGet(-before);
                published = true;
                digests.note(id, path(id), digest);
            }
        }

        /** Drops it unless it has taken its place. */
        @Override
        public void close() throws IOException {
            if (!published) {
                bytes.addAndGet(-length);
                Files.deleteIfExists(file);
            }
        }

        private void write(final InputStream content, final long most, final Predicate<ResourceId> isThere)
                throws IOException {
            final byte[] chunk = new byte[CHUNK_BYTES];
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int read = take(content, chunk); read >= 0; read = take(content, chunk)) {
                    length += read;
                    bytes.addAndGet(read);
                    if (length > most) {
                        throw new TooMuch(false, "the content is too large: limit_bytes=" + most);
                    }
                    demandRoom(isThere);
                    out.write(chunk, 0, read);
                }
            }
        }
    }

    private static int take(final InputStream content, final byte[] chunk) {
        try {
            return content.read(chunk);
        } catch (final IOException e) {
            throw ApiRequest.endedEarly();
        }
    }

    /**
     * Writes a content beside the others.
     *
     * @param most bytes that it may have.
     * @param isThere whether there is a resource: contents of others give way when there is no room.
     * @throws TooMuch when it is larger, or there is no room.
     * @throws IOException when it cannot be written.
     */
    Upload receive(final InputStream content, final long most, final Predicate<ResourceId> isThere) throws IOException {
        final Path file = Files.createFile(
                directory.resolve(uploads.incrementAndGet() + UNFINISHED),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        final Upload upload = new Upload(file);
        try {
            upload.write(content, most, isThere);
            return upload;
        } catch (final IOException | RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    /** The content of a resource, for the caller to close. */
    Optional<Content> find(final ResourceId id) throws IOException {
        final FileChannel content;
        final KnownDigests.Stamp stamp;
        synchronized (this) { // nothing takes its place between the two
            try {
                stamp = KnownDigests.stamp(path(id));
                content = FileChannel.open(path(id), StandardOpenOption.READ);
            } catch (final NoSuchFileException e) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(new Content(content, digests.of(id, stamp, content)));
        } catch (final IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /** Digest of a resource's content, empty if there is none. */
    private String digest(final ResourceId id) throws IOException {
        final Optional<Content> found = find(id);
        if (found.isEmpty()) {
            return "";
        }
        try (Content content = found.get()) {
            return content.digest();
        }
    }

    /** Bytes of a resource's content, 0 if there is none. */
    long bytesOf(final ResourceId id) throws IOException {
        return size(path(id));
    }

    /** Removes the content of a resource, if there is one. */
    public synchronized void delete(final ResourceId id) throws IOException {
        remove(path(id));
        digests.forget(id);
    }

    /** Bytes of all contents, those on their way included. */
    long bytes() {
        return bytes.get();
    }

    private void demandRoom(final Predicate<ResourceId> isThere) throws IOException {
        if (isFull()) {
            sweep(isThere);
            if (isFull()) {
                throw new TooMuch(
                        true,
                        "there is no room for the content: limit_bytes=" + bytesMax + " free_bytes_least=" + freeMin);
            }
        }
    }

    private boolean isFull() {
        return bytes.get() > bytesMax || directory.toFile().getUsableSpace() < freeMin;
    }

    /** Removes contents whose resources have gone: an import or a rollback leaves such. */
    private synchronized void sweep(final Predicate<ResourceId> isThere) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (final Path file : all) {
                final ResourceId id = ResourceId.parse(file.getFileName().toString(), ResourceKind.MEDIA.prefix());
                if (id != null && !isThere.test(id)) {
                    remove(file);
                    digests.forget(id);
                }
            }
        }
    }

    private void remove(final Path file) throws IOException {
        final long size = size(file);
        if (Files.deleteIfExists(file)) {
            bytes.addAndGet(-size);
        }
    }

    private Path path(final ResourceId id) {
        return directory.resolve(id.prefixed(ResourceKind.MEDIA));
    }

    private static long size(final Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (final NoSuchFileException e) {
            return 0;
        }
    }
}
