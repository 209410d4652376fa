package io.tandem.appliance.operator;

import io.tandem.admin.view.ImportProgress;
import io.tandem.admin.view.Refusal;
import io.tandem.journal.IoReason;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.Edit;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Configuration as files of JSON objects, one a line: changes read from them, the whole written to them. */
final class ConfigurationFiles {
    private static final long APPLY_BYTES_MAX = 8 << 20;
    private static final int PROGRESS_LINES = 100_000;
    private static final ResourceKind[] KINDS = ResourceKind.values();

    private ConfigurationFiles() {}

    /** The change that a file asks for: each resource as it says, the others as they are. */
    static ChangeRequest read(final Path file, final String actor) {
        final List<Edit> edits = new ArrayList<>();
        try {
            if (Files.size(file) > APPLY_BYTES_MAX) {
                throw new Refusal(
                        "file is too large for one change: file=" + file + " bytes=" + Files.size(file) + " max="
                                + APPLY_BYTES_MAX,
                        "import it, or split it");
            }
            int number = 0;
            for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank()) {
                    edits.add(edit(file, number, line));
                }
            }
        } catch (final IOException e) {
            throw new Refusal("file cannot be read: file=" + file + " reason=" + IoReason.of(e), "check the path");
        }
        return new ChangeRequest(actor, "apply " + file.getFileName(), edits);
    }

    private static Edit edit(final Path file, final int number, final String line) {
        final String where = "file=" + file + " line=" + number;
        final ObjectNode fields;
        try {
            final byte[] json = line.getBytes(StandardCharsets.UTF_8);
            fields = ResourceReader.object(json, 0, json.length);
        } catch (final JacksonException e) {
            throw new Refusal("line is not JSON: " + where, "correct it; nothing was changed");
        }
        final JsonNode resource = fields == null ? null : fields.remove("resource");
        final ResourceKind kind =
                resource == null || !resource.isString() ? null : ResourceKind.ofCollection(resource.stringValue());
        if (kind == null) {
            throw new Refusal(
                    "line does not say which resource it is: " + where, "write it like \"resource\":\"numbers\"");
        }
        return new Edit(kind, null, fields, "", false);
    }

    /** Writes everything, so that an import of the file makes the same configuration. */
    static long write(final Path file, final Configuration configuration, final ImportProgress progress) {
        final Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            final long count;
            try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
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
