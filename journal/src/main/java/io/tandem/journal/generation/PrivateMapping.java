package io.tandem.journal.generation;

import io.tandem.journal.JournalException;
import io.tandem.journal.LinuxMemory;
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
    private PrivateMapping() {}

    static void apply(final ChronicleMap<?, ?> map, final Path file) {
        final VanillaChronicleHash<?, ?, ?, ?> hash = (VanillaChronicleHash<?, ?, ?, ?>) map;
        final int error = LinuxMemory.mapPrivately(file, hash.bsAddress(), OS.pageAlign(hash.dataStoreSize()));
        if (error != 0) {
            throw new JournalException("map file cannot be mapped privately: path=" + file + " errno=" + error);
        }
    }
}
