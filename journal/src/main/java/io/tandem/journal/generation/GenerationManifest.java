package io.tandem.journal.generation;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a generation says of itself, in the file {@code manifest} beside its maps, one {@code name=value} a line.
 *
 * @param revision       configuration revision the generation holds
 * @param createdMs      wall clock at which it was finished, ms since 1970 UTC
 * @param numberCount    entries of numbers.map
 * @param resourceCount  entries of resources.map
 * @param numbersBytes   length of numbers.map
 * @param numbersCrc     CRC-32C of numbers.map
 * @param resourcesBytes length of resources.map
 * @param resourcesCrc   CRC-32C of resources.map
 */
public record GenerationManifest(
        long revision,
        long createdMs,
        long numberCount,
        long resourceCount,
        long numbersBytes,
        int numbersCrc,
        long resourcesBytes,
        int resourcesCrc) {
    static final String FILE = "manifest";

    private static final int FORMAT = 1;

    String toText() {
        return """
                format=%d
                revision=%d
                createdMs=%d
                numberCount=%d
                resourceCount=%d
                numbersBytes=%d
                numbersCrc=%08x
                resourcesBytes=%d
                resourcesCrc=%08x
                """.formatted(
                        FORMAT,
                        revision,
                        createdMs,
                        numberCount,
                        resourceCount,
                        numbersBytes,
                        numbersCrc,
                        resourcesBytes,
                        resourcesCrc);
    }

    static GenerationManifest read(final Path file) {
        final Map<String, String> values = new HashMap<>();
        try {
            for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                final int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (final IOException e) {
            throw new JournalException("manifest cannot be read: path=" + file + " reason=" + IoReason.of(e), e);
        }
        try {
            final int format = Integer.parseInt(values.get("format"));
            if (format != FORMAT) {
                throw new JournalException(
                        "manifest of an unknown format: path=" + file + " format=" + format + " known=" + FORMAT);
            }
            return new GenerationManifest(
                    Long.parseLong(values.get("revision")),
                    Long.parseLong(values.get("createdMs")),
                    Long.parseLong(values.get("numberCount")),
                    Long.parseLong(values.get("resourceCount")),
                    Long.parseLong(values.get("numbersBytes")),
                    Integer.parseUnsignedInt(values.get("numbersCrc"), 16),
                    Long.parseLong(values.get("resourcesBytes")),
                    Integer.parseUnsignedInt(values.get("resourcesCrc"), 16));
        } catch (final NumberFormatException e) {
            throw new JournalCorruptException("manifest is damaged: path=" + file + " values=" + values, e);
        }
    }
}
