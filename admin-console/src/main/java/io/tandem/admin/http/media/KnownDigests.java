package io.tandem.admin.http.media;

import io.tandem.routing.model.ResourceId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Digests of contents, one for each file that was asked for since the start: a content is read through once, not at each
 * request. A file that was exchanged behind our back is read again. Any thread.
 */
final class KnownDigests {
    private final Map<ResourceId, Known> known = new ConcurrentHashMap<>();

    /** What tells a file from the one that stood there before. */
    record Stamp(Object file, long bytes, FileTime modified) {}

    private record Known(Stamp stamp, String digest) {}

    /** The digest of an open content, whose file had this stamp when it was opened. */
    String of(final ResourceId id, final Stamp stamp, final FileChannel content) throws IOException {
        final Known before = known.get(id);
        if (before != null && before.stamp.equals(stamp)) {
            return before.digest;
        }
        final String digest = ContentDigest.of(content);
        known.put(id, new Known(stamp, digest));
        return digest;
    }

    /** Notes the digest of a content that took its place. */
    void note(final ResourceId id, final Path file, final String digest) throws IOException {
        known.put(id, new Known(stamp(file), digest));
    }

    void forget(final ResourceId id) {
        known.remove(id);
    }

    static Stamp stamp(final Path file) throws IOException {
        final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }
}
