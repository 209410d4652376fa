package io.tandem.journal.generation;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;
import org.agrona.collections.MutableLong;

/**
 * A finished generation, mapped. It never changes, so readers cannot harm it, however they end: see {@link
 * PrivateMapping}. Any platform thread may read; look-ups keep scratch space per thread, so virtual threads should ask
 * through a platform thread.
 */
public final class Generation implements AutoCloseable {
    private final Path directory;
    private final GenerationManifest manifest;
    private final ChronicleMap<NumberKey, NumberRow> numbers;
    private final ChronicleMap<ResourceKey, byte[]> resources;

    private Generation(
            final Path directory,
            final GenerationManifest manifest,
            final ChronicleMap<NumberKey, NumberRow> numbers,
            final ChronicleMap<ResourceKey, byte[]> resources) {
        this.directory = directory;
        this.manifest = manifest;
        this.numbers = numbers;
        this.resources = resources;
    }

    /**
     * Maps generation {@code name} of the directory of generations.
     *
     * @throws JournalException when it does not exist or its files are not those that its manifest names
     */
    public static Generation open(final Path directory, final String name) {
        Generations.checkName(name);
        final Path path = directory.resolve(name);
        final Path numbersFile = path.resolve(MapFiles.NUMBERS);
        final Path resourcesFile = path.resolve(MapFiles.RESOURCES);
        final GenerationManifest manifest = GenerationManifest.read(path.resolve(GenerationManifest.FILE));
        checkLength(numbersFile, manifest.numbersBytes());
        checkLength(resourcesFile, manifest.resourcesBytes());
        final ChronicleMap<NumberKey, NumberRow> numbers = MapFiles.openNumbers(numbersFile);
        boolean opened = false;
        try {
            PrivateMapping.apply(numbers, numbersFile);
            final ChronicleMap<ResourceKey, byte[]> resources = MapFiles.openResources(resourcesFile);
            PrivateMapping.apply(resources, resourcesFile);
            opened = true;
            return new Generation(path, manifest, numbers, resources);
        } finally {
            if (!opened) {
                numbers.close();
            }
        }
    }

    private static void checkLength(final Path file, final long wanted) {
        try {
            final long length = Files.size(file);
            if (length != wanted) {
                throw new JournalCorruptException(
                        "generation file has a wrong length: path=" + file + " bytes=" + length + " wanted=" + wanted);
            }
        } catch (final IOException e) {
            throw new JournalException("generation file cannot be read: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }

    /** Directory of this generation. */
    public Path directory() {
        return directory;
    }

    public String name() {
        return directory.getFileName().toString();
    }

    public GenerationManifest manifest() {
        return manifest;
    }

    public long numberCount() {
        return manifest.numberCount();
    }

    public long resourceCount() {
        return manifest.resourceCount();
    }

    /**
     * Brings the numbers into memory so that no look-up waits for the disk or a page table. Called at start, on a
     * background thread, while look-ups may already go on.
     */
    public void populate() {
        PrivateMapping.populate(numbers);
    }

    /**
     * Looks a number up; allocates nothing once the thread has asked before.
     *
     * @param row filled when found, unspecified otherwise
     */
    public boolean number(final long e164, final NumberRow row) {
        row.key.e164 = e164;
        return numbers.getUsing(row.key, row) != null;
    }

    /** Canonical JSON of a resource, or null when there is none; the caller may keep it. */
    public byte[] resource(final int kind, final long idHigh, final long idLow) {
        return resources.get(new ResourceKey().set(kind, idHigh, idLow));
    }

    /** Shows all resources of a kind, in no particular order. */
    public void forEachResource(final int kind, final ResourceConsumer consumer) {
        resources.forEachEntry(entry -> {
            final ResourceKey key = entry.key().get();
            if (key.kind == kind) {
                consumer.onResource(
                        key.kind, key.idHigh, key.idLow, entry.value().getUsing(null));
            }
        });
    }

    /** Shows all resources, in no particular order. */
    public void forEachResource(final ResourceConsumer consumer) {
        resources.forEachEntry(entry -> {
            final ResourceKey key = entry.key().get();
            consumer.onResource(key.kind, key.idHigh, key.idLow, entry.value().getUsing(null));
        });
    }

    /** Shows all numbers, in no particular order. */
    public void forEachNumber(final NumberConsumer consumer) {
        final NumberRow row = new NumberRow();
        numbers.forEachEntry(entry -> {
            entry.key().getUsing(row.key);
            entry.value().getUsing(row);
            consumer.onNumber(row);
        });
    }

    /**
     * Reads both files whole and counts their entries.
     *
     * @throws JournalCorruptException when anything differs from the manifest
     */
    public void verify() {
        checkCrc(directory.resolve(MapFiles.NUMBERS), manifest.numbersCrc());
        checkCrc(directory.resolve(MapFiles.RESOURCES), manifest.resourcesCrc());
        final MutableLong count = new MutableLong();
        forEachNumber(row -> count.increment());
        checkCount("numbers", count.get(), manifest.numberCount());
        count.set(0);
        forEachResource((kind, idHigh, idLow, json) -> count.increment());
        checkCount("resources", count.get(), manifest.resourceCount());
    }

    private static void checkCrc(final Path file, final int wanted) {
        try {
            final int computed = DurableFiles.crc32c(file);
            if (computed != wanted) {
                throw new JournalCorruptException("generation file does not match its checksum: path=" + file
                        + " wanted=0x" + Integer.toHexString(wanted) + " computed=0x"
                        + Integer.toHexString(computed));
            }
        } catch (final IOException e) {
            throw new JournalException("generation file cannot be read: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }

    private void checkCount(final String what, final long counted, final long wanted) {
        if (counted != wanted) {
            throw new JournalCorruptException("generation has another number of entries: path=" + directory + " what="
                    + what + " counted=" + counted + " wanted=" + wanted);
        }
    }

    @Override
    public void close() {
        numbers.close();
        resources.close();
    }
}
