package io.tandem.appliance.operator;

import io.tandem.admin.view.ImportProgress;
import io.tandem.admin.view.Refusal;
import io.tandem.journal.IoReason;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ResourceLines;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Configuration as files of JSON objects, one a line: changes read from them, the whole written to them. */
final class ConfigurationFiles {
    private static final long APPLY_BYTES_MAX = 8 << 20;
    private static final int PROGRESS_LINES = 100_000;
    private static final ResourceKind[] KINDS = ResourceKind.values();

    private ConfigurationFiles() {}

    /** The lines of a file that asks for one change: each resource as it says, the others as they are. */
    static ResourceLines read(final Path file) {
        try {
            if (Files.size(file) > APPLY_BYTES_MAX) {
                throw new Refusal(
                        "file is too large for one change: file=" + file + " bytes=" + Files.size(file) + " max="
                                + APPLY_BYTES_MAX,
                        "import it, or split it");
            }
            return ResourceLines.read(Files.newInputStream(file), Integer.MAX_VALUE);
        } catch (final IOException e) {
            throw new Refusal("file cannot be read: file=" + file + " reason=" + IoReason.of(e), "check the path");
        }
    }

    /** Writes everything, so that an import of the file makes the same configuration. */
    static long write(final Path file, final Configuration configuration, final ImportProgress progress) {
        final Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            final long count;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
                count = write(out, configuration, progress);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return count;
        } catch (final IOException e) {
            throw new Refusal(
                    "file cannot be written: file=" + file + " reason=" + IoReason.of(e), "check the path and the room");
        }
    }

    private static long write(final OutputStream out, final Configuration from, final ImportProgress progress)
            throws IOException {
        final Lines lines = new Lines(out, from, progress);
        for (final ResourceKind kind : KINDS) {
            if (kind != ResourceKind.NUMBERS) {
                from.forEachReferrer(
                        kind, kind, ResourceId.NIL, ResourceId.NIL, (high, low) -> lines.add(kind, high, low));
            }
        }
        from.forEachNumber(ResourceId.NIL, (high, low) -> lines.add(ResourceKind.NUMBERS, high, low));
        if (lines.failure != null) {
            throw lines.failure;
        }
        return lines.count;
    }

    /** Lines of a file, written until one fails. */
    private static final class Lines {
        private final OutputStream out;
        private final Configuration from;
        private final ImportProgress progress;
        private long count;
        private IOException failure;

        Lines(final OutputStream out, final Configuration from, final ImportProgress progress) {
            this.out = out;
            this.from = from;
            this.progress = progress;
        }

        boolean add(final ResourceKind kind, final long high, final long low) {
            final byte[] json = from.resource(kind, high, low);
            if (json == null) {
                return true;
            }
            try {
                out.write(("{\"resource\":\"" + kind.collection() + "\",").getBytes(StandardCharsets.US_ASCII));
                out.write(json, 1, json.length - 1);
                out.write('\n');
            } catch (final IOException e) {
                failure = e;
                return false;
            }
            if (++count % PROGRESS_LINES == 0) {
                progress.onLines(count);
            }
            return true;
        }
    }
}
