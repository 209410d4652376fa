package io.tandem.journal.generation;

import io.tandem.journal.JournalException;
import io.tandem.journal.SystemCalls;
import java.nio.file.Path;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * Makes the mapping of an open map private to this process. Chronicle Map counts its readers in the mapped file; in a
 * shared mapping a reader that is killed leaves its count behind, and every look-up dirties a page that the file system
 * must write and may make the reader wait for. In a private mapping the counts live in a few copied pages and end with
 * the process; the file stays as it was built, byte for byte.
 */
final class PrivateMapping {
    private static final long STEP_BYTES = 4L << 20;

    private PrivateMapping() {}

    static void apply(final ChronicleMap<?, ?> map, final Path file) {
        final VanillaChronicleHash<?, ?, ?, ?> hash = (VanillaChronicleHash<?, ?, ?, ?>) map;
        final int error = SystemCalls.mapPrivately(file, hash.bsAddress(), OS.pageAlign(hash.dataStoreSize()));
        if (error != 0) {
            throw new JournalException("map file cannot be mapped privately: path=" + file + " errno=" + error);
        }
    }

    /** Brings all pages of an open map into memory and page tables, a few megabytes at a time. */
    static void populate(final ChronicleMap<?, ?> map) {
        final VanillaChronicleHash<?, ?, ?, ?> hash = (VanillaChronicleHash<?, ?, ?, ?>) map;
        final long end = OS.pageAlign(hash.dataStoreSize());
        long offset = 0;
        int error = 0;
        while (offset < end && error == 0) {
            error = SystemCalls.populateForRead(hash.bsAddress() + offset, Math.min(STEP_BYTES, end - offset));
            offset += STEP_BYTES;
        }
        if (error != 0) {
            throw new JournalException(
                    "map file cannot be brought into memory: path=" + hash.file() + " errno=" + error);
        }
    }
}
