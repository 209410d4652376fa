package io.tandem.journal.queue;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks whether a disk has the room that a start takes, before anything is written: files that are mapped while the disk fills
 * up end in faults of memory, not in sentences.
 */
public final class StartRoom {
    /** The inputs queue and the records queue. */
    private static final int QUEUES = 2;

    /** Directories, keys, heads of queues and the sample configuration. */
    private static final long SMALL_FILES_BYTES = 4L << 20;

    private StartRoom() {}

    /**
     * Returns when there is room enough beside the journal's reserve.
     *
     * @param data the data directory, which need not exist
     * @throws JournalFullException in one sentence, when there is too little
     */
    public static void require(final Path data, final JournalSettings settings) {
        final Path root = data.toAbsolutePath().normalize();
        Path existing = root;
        while (existing.getParent() != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        final Path onDisk = existing;
        require(root, settings, () -> Files.getFileStore(onDisk).getUsableSpace());
    }

    static void require(final Path root, final JournalSettings settings, final SpaceProbe space) {
        final long freeBytes;
        try {
            freeBytes = space.usableBytes();
        } catch (final IOException e) {
            throw new JournalException("free space cannot be told: path=" + root + " reason=" + IoReason.of(e), e);
        }
        final long startBytes = bytes(settings);
        if (freeBytes < startBytes + settings.reserveBytes()) {
            throw new JournalFullException(
                    "disk has less free space than a start takes and the journal leaves to others: path="
                            + root + " freeBytes=" + freeBytes + " startBytes=" + startBytes + " journal.reserve="
                            + settings.reserveBytes()
                            + (freeBytes < startBytes
                                    ? " (free some space)"
                                    : " (free some space, or set journal.reserve lower)"));
        }
    }

    /** What a start takes of a disk at most. */
    static long bytes(final JournalSettings settings) {
        return QUEUES * Preallocator.firstBytes(settings) + SMALL_FILES_BYTES;
    }
}
