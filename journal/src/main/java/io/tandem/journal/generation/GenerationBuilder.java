package io.tandem.journal.generation;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * Builds a generation beside the others. Nobody sees it until {@link #finish} has brought every byte to the medium and
 * renamed its directory; a builder that dies leaves a directory that the next one removes. One thread at a time.
 */
public final class GenerationBuilder implements AutoCloseable {
    /** Average length of a resource's JSON assumed when none is given. */
    public static final int AVERAGE_RESOURCE_BYTES = 512;

    /** Longest JSON of a resource in bytes. */
    public static final int RESOURCE_BYTES_MAX = 256 << 10;

    static final String UNFINISHED_SUFFIX = ".building";

    private final Path unfinished;
    private final Path finished;
    private final ChronicleMap<NumberKey, NumberRow> numbers;
    private final ChronicleMap<ResourceKey, byte[]> resources;
    private final ResourceKey resourceKey = new ResourceKey();
    private boolean done;

    private GenerationBuilder(
            final Path directory,
            final String name,
            final long numbersExpected,
            final long resourcesExpected,
            final int averageResourceBytes) {
        Generations.checkName(name);
        finished = directory.resolve(name);
        unfinished = directory.resolve(name + UNFINISHED_SUFFIX);
        try {
            if (Files.exists(finished)) {
                throw new JournalException("generation exists: path=" + finished);
            }
            DurableFiles.delete(unfinished);
            Files.createDirectories(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (final IOException e) {
            throw new JournalException(
                    "generation cannot be created: path=" + unfinished + " reason=" + IoReason.of(e), e);
        }
        numbers = MapFiles.createNumbers(unfinished.resolve(MapFiles.NUMBERS), Math.max(1, numbersExpected));
        resources = MapFiles.createResources(
                unfinished.resolve(MapFiles.RESOURCES), Math.max(1, resourcesExpected), averageResourceBytes);
    }

    /**
     * Begins generation {@code name} in the directory of generations.
     *
     * @param numbersExpected   numbers that will be put; four times as many still fit, more are refused
     * @param resourcesExpected likewise for resources
     */
    public static GenerationBuilder create(
            final Path directory, final String name, final long numbersExpected, final long resourcesExpected) {
        return create(directory, name, numbersExpected, resourcesExpected, AVERAGE_RESOURCE_BYTES);
    }

    /** As above, with the average length of a resource's JSON in bytes. */
    public static GenerationBuilder create(
            final Path directory,
            final String name,
            final long numbersExpected,
            final long resourcesExpected,
            final int averageResourceBytes) {
        return new GenerationBuilder(directory, name, numbersExpected, resourcesExpected, averageResourceBytes);
    }

    /** Puts or replaces the number {@code row.e164()}; the row may be reused. */
    public void putNumber(final NumberRow row) {
        try {
            numbers.put(row.key, row);
        } catch (final IllegalStateException e) {
            throw full(MapFiles.NUMBERS, numbers.longSize(), e);
        }
    }

    /** Takes a number out again, as an import with later corrections does. */
    public void removeNumber(final long e164) {
        final NumberKey key = new NumberKey();
        key.e164 = e164;
        numbers.remove(key);
    }

    /** Puts or replaces a resource of at most {@link #RESOURCE_BYTES_MAX} bytes. */
    public void putResource(final int kind, final long idHigh, final long idLow, final byte[] json) {
        if (json.length > RESOURCE_BYTES_MAX) {
            throw new JournalException(
                    "resource too long: kind=" + kind + " bytes=" + json.length + " max=" + RESOURCE_BYTES_MAX);
        }
        try {
            resources.put(resourceKey.set(kind, idHigh, idLow), json);
        } catch (final IllegalStateException e) {
            throw full(MapFiles.RESOURCES, resources.longSize(), e);
        }
    }

    /** Takes a resource out again. */
    public void removeResource(final int kind, final long idHigh, final long idLow) {
        resources.remove(resourceKey.set(kind, idHigh, idLow));
    }

    private JournalException full(final String file, final long entries, final IllegalStateException cause) {
        return new JournalException(
                "generation is full: path=" + unfinished.resolve(file) + " entries=" + entries, cause);
    }

    /** Numbers put so far. */
    public long numberCount() {
        return numbers.longSize();
    }

    /** Resources put so far. */
    public long resourceCount() {
        return resources.longSize();
    }

    /**
     * Brings the generation to the medium and gives it its name.
     *
     * @param revision  configuration revision it holds
     * @param createdMs wall clock, ms since 1970 UTC
     */
    public GenerationManifest finish(final long revision, final long createdMs) {
        final long numberCount = numbers.longSize();
        final long resourceCount = resources.longSize();
        numbers.close();
        resources.close();
        final Path numbersFile = unfinished.resolve(MapFiles.NUMBERS);
        final Path resourcesFile = unfinished.resolve(MapFiles.RESOURCES);
        try {
            DurableFiles.sync(numbersFile);
            DurableFiles.sync(resourcesFile);
            final GenerationManifest manifest = new GenerationManifest(
                    revision,
                    createdMs,
                    numberCount,
                    resourceCount,
                    Files.size(numbersFile),
                    DurableFiles.crc32c(numbersFile),
                    Files.size(resourcesFile),
                    DurableFiles.crc32c(resourcesFile));
            DurableFiles.write(unfinished.resolve(GenerationManifest.FILE), manifest.toText());
            DurableFiles.sync(unfinished);
            DurableFiles.publish(unfinished, finished);
            done = true;
            return manifest;
        } catch (final IOException e) {
            throw new JournalException(
                    "generation cannot be finished: path=" + unfinished + " reason=" + IoReason.of(e), e);
        }
    }

    /** Removes what was built unless it was finished. */
    @Override
    public void close() {
        numbers.close();
        resources.close();
        if (!done) {
            try {
                DurableFiles.delete(unfinished);
            } catch (final IOException e) {
                throw new JournalException(
                        "unfinished generation cannot be removed: path=" + unfinished + " reason=" + IoReason.of(e), e);
            }
        }
    }
}
