package io.tandem.journal.queue;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.RollEvery;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.RollingResourcesCache;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.Wires;

/** The files of a queue's directory and the cycles that their names tell; belongs to one thread. */
final class QueueFiles {
    private final Path directory;
    private final RollingResourcesCache names;

    QueueFiles(final Path directory, final RollEvery roll) {
        this.directory = directory;
        names = new RollingResourcesCache(rollCycle(roll), 0, File::new, File::getName);
    }

    static RollCycle rollCycle(final RollEvery roll) {
        return switch (roll) {
            case MINUTE -> LegacyRollCycles.MINUTELY;
            case TEN_MINUTES -> RollCycles.TEN_MINUTELY;
            case HOUR -> RollCycles.FAST_HOURLY;
        };
    }

    /** File of a cycle, whether it exists or not. */
    Path path(final int cycle) {
        return directory.resolve(names.resourceFor(cycle).text + SingleChronicleQueue.SUFFIX);
    }

    /** Cycle of a file. */
    int cycle(final Path file) {
        final String name = file.getFileName().toString();
        return names.parseCount(name.substring(0, name.length() - SingleChronicleQueue.SUFFIX.length()));
    }

    /** All files, oldest first. */
    static List<Path> list(final Path directory) {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(
                directory, child -> child.getFileName().toString().endsWith(SingleChronicleQueue.SUFFIX))) {
            children.forEach(files::add);
        } catch (final IOException e) {
            throw new JournalException(
                    "queue files cannot be listed: path=" + directory + " reason=" + IoReason.of(e), e);
        }
        files.sort(null);
        return files;
    }

    /**
     * Removes files whose header was never completed because their writer was killed while it created them. They hold
     * no document. Called before the queue is opened.
     */
    static int deleteUnborn(final Path directory) {
        int count = 0;
        if (Files.isDirectory(directory)) {
            for (final Path file : list(directory)) {
                try {
                    if (!hasHeader(file)) {
                        Files.delete(file);
                        count++;
                    }
                } catch (final IOException e) {
                    throw new JournalException(
                            "queue file cannot be read: path=" + file + " reason=" + IoReason.of(e), e);
                }
            }
        }
        return count;
    }

    private static boolean hasHeader(final Path file) throws IOException {
        final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (word.hasRemaining()) {
                if (channel.read(word, word.position()) < 0) {
                    return false;
                }
            }
        }
        return Wires.isReadyMetaData(word.getInt(0));
    }
}
