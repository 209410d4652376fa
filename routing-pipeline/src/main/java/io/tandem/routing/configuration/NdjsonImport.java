package io.tandem.routing.configuration;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.collections.LongHashSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a whole configuration from a file of JSON objects, one a line, each saying by {@code resource} what it is. The file
 * replaces the configuration; it is taken whole or refused whole, with every problem of every line named. Lines may come in
 * any order and refer to each other.
 *
 * <p>The file is read twice: once for all but the numbers, once for the numbers, which pass through without being kept. For
 * each number 8 to 16 bytes remember that it was there, and 24 to 48 its identifier, so ten million take about half a
 * gigabyte while the import lasts. One thread, any but the core's; an instance imports once.
 */
public final class NdjsonImport {
    /** Problems that are kept in full; the others are counted. */
    public static final int PROBLEMS_KEPT = 1000;

    /** Bytes of one line. */
    public static final int LINE_BYTES_MAX = LineReader.LINE_BYTES_MAX;

    /** Lines between two calls of the progress. */
    public static final int PROGRESS_LINES = 100_000;

    /** Numbers of one file. */
    public static final long NUMBERS_MAX = 100_000_000;

    /** Other resources of one file, address rows of trunks included. */
    public static final int RESOURCES_MAX = 2_000_000;

    private static final List<ResourceKind> KINDS = ResourceKind.inOrderOfNaming().stream()
            .filter(kind -> kind != ResourceKind.NUMBERS)
            .toList();

    private static final String COLLECTIONS = KINDS.stream()
            .map(ResourceKind::collection)
            .collect(Collectors.joining(
                    ", ", ResourceKind.NUMBERS.collection() + ", ", " or " + ImportedResources.TRUNK_ACLS));

    private final ImportSource source;
    private final ConfigurationWriter writer;
    private final ImportProgress progress;
    private final Problems problems = new Problems(PROBLEMS_KEPT);
    private final Problems warnings = new Problems(PROBLEMS_KEPT);
    private final ImportDirectory directory = new ImportDirectory();
    private final Map<String, List<ImportLine>> linesByCollection = new LinkedHashMap<>();
    private final Map<ResourceKind, Long> counts = new EnumMap<>(ResourceKind.class);
    private final ImportedResources resources = new ImportedResources();
    private final Map<Long, ImportLine> lateLines = new LinkedHashMap<>();
    private final List<Checked> checkedLater = new ArrayList<>();
    private final NumberRow row = new NumberRow();
    private long lines;
    private long numbers;
    private int others;
    private boolean foreignText;
    private boolean writing;

    private NdjsonImport(final ImportSource source, final ConfigurationWriter writer, final ImportProgress progress) {
        this.source = source;
        this.writer = writer;
        this.progress = progress;
    }

    /**
     * Imports.
     *
     * @throws IOException if the file cannot be read; the writer was told to abandon then, if it had begun.
     */
    public static ImportResult run(
            final ImportSource source, final ConfigurationWriter writer, final ImportProgress progress)
            throws IOException {
        return new NdjsonImport(source, writer, progress).run();
    }

    /**
     * Says what an import would say, and keeps nothing of the file.
     *
     * @throws IOException if the file cannot be read.
     */
    public static ImportResult check(final ImportSource source, final ImportProgress progress) throws IOException {
        return run(source, new NothingWriter(), progress);
    }

    private ImportResult run() throws IOException {
        boolean done = false;
        try {
            survey();
            requireResources();
            enterNames();
            readResources();
            if (problems.isEmpty()) {
                writing = true;
                writer.begin(numbers, others);
            }
            readNumbers();
            readThoseThatNameNumbers();
            if (writing && problems.isEmpty()) {
                resources.writeTo(writer);
                writer.finish();
                done = true;
            }
        } finally {
            if (writing && !done) {
                writer.abandon();
            }
        }
        return new ImportResult(lines, counts, problems, warnings);
    }

    /** First pass: what is there. */
    private void survey() throws IOException {
        try (LineReader reader = new LineReader(source.open())) {
            while (reader.next()) {
                lines = reader.number();
                if (lines % PROGRESS_LINES == 0) {
                    progress.onLines(1, lines);
                }
                if (reader.tooLong()) {
                    refuse("", "", "line must have at most " + LineReader.LINE_BYTES_MAX + " bytes", "shorten it");
                } else if (!isUtf8(reader)) {
                    foreignText = true;
                } else if (!reader.isBlank()) {
                    surveyLine(reader);
                }
            }
        }
    }

    /** A file without any resource is a mistake, never the wish to have no configuration at all. */
    private void requireResources() {
        if (problems.isEmpty() && numbers == 0 && others == 0) {
            problems.add(new Problem(
                    0,
                    "",
                    "",
                    "",
                    "file has no resource, and an import replaces the whole configuration: lines=" + lines,
                    "give a file with at least one account (to take no calls for a while, use drain)"));
        }
    }

    private void surveyLine(final LineReader reader) {
        final String collection = collectionOf(reader);
        if (collection == null) {
            return;
        }
        if (collection.equals(ResourceKind.NUMBERS.collection())) {
            if (++numbers == NUMBERS_MAX + 1) {
                refuse("", "", "file must have at most " + NUMBERS_MAX + " numbers", "split it");
            }
            return;
        }
        if (++others > RESOURCES_MAX) {
            if (others == RESOURCES_MAX + 1) {
                refuse("", "", "file must have at most " + RESOURCES_MAX + " resources beside numbers", "split it");
            }
            return;
        }
        if (parse(reader) != null) {
            linesByCollection
                    .computeIfAbsent(collection, c -> new ArrayList<>())
                    .add(new ImportLine(reader.number(), Arrays.copyOf(reader.bytes(), reader.length())));
        }
    }

    /** Enters what may be referred to, accounts first: each kind refers to such as were entered before it, or to nothing yet. */
    private void enterNames() {
        for (final ResourceKind kind : KINDS) {
            for (final ImportLine line : linesOf(kind.collection())) {
                directory.askedForNumber();
                final Resource resource = kind.read(line.quietly(directory));
                if (directory.askedForNumber()) {
                    lateLines.put(line.number(), line);
                } else {
                    enter(line, kind, resource);
                }
            }
        }
    }

    private void enter(final ImportLine line, final ResourceKind kind, final Resource resource) {
        final String taken = directory.enter(kind, resource);
        if (taken != null) {
            line.fields(kind.collection(), directory, problems, warnings)
                    .refuse(taken, "is given to two " + kind.collection(), "make it unique");
        }
    }

    private void readResources() {
        for (final ResourceKind kind : KINDS) {
            for (final ImportLine line : linesOf(kind.collection())) {
                if (!lateLines.containsKey(line.number())) {
                    checkedLater.add(read(kind, line));
                }
            }
        }
        for (final ImportLine line : linesOf(ImportedResources.TRUNK_ACLS)) {
            resources.addAclRow(line.fields(ImportedResources.TRUNK_ACLS, directory, problems, warnings));
        }
        checkedLater.forEach(this::check);
        checkedLater.clear();
    }

    private Checked read(final ResourceKind kind, final ImportLine line) {
        final Fields fields = fields(line, kind);
        final Resource resource = kind.read(fields);
        resources.add(kind, resource, fields.found(), fields.times());
        return new Checked(kind, resource, line);
    }

    private void check(final Checked checked) {
        ResourceChecks.run(
                checked.resource,
                checked.line.fields(checked.kind.collection(), directory, problems, warnings),
                resources);
    }

    private record Checked(ResourceKind kind, Resource resource, ImportLine line) {}

    /** Second pass: the numbers. */
    private void readNumbers() throws IOException {
        final LongHashSet seen =
                new LongHashSet(Math.clamp(numbers * 3 / 2 + 2, LongHashSet.DEFAULT_INITIAL_CAPACITY, 1 << 30), 0.67f);
        final IdSet ids = new IdSet(numbers);
        try (LineReader reader = new LineReader(source.open())) {
            while (reader.next()) {
                if (reader.number() % PROGRESS_LINES == 0) {
                    progress.onLines(2, reader.number());
                }
                if (isNumber(reader) && !(foreignText && Utf8.faultAt(reader.bytes(), reader.length()) >= 0)) {
                    final ObjectNode object = parse(reader);
                    if (object != null) {
                        readNumber(
                                new Fields(
                                        object,
                                        ResourceKind.NUMBERS.collection(),
                                        reader.number(),
                                        directory,
                                        problems,
                                        warnings),
                                seen,
                                ids);
                    }
                }
            }
        }
    }

    private void readNumber(final Fields fields, final LongHashSet seen, final IdSet ids) {
        final PhoneNumber number = PhoneNumber.read(fields);
        if (number.e164() < 0) {
            return;
        }
        if (!seen.add(number.e164())) {
            fields.refuse("e164", "is given to two numbers", "remove one of the lines");
        } else if (!ids.add(number.id().high(), number.id().low())) {
            fields.refuse("id", "is given to two numbers", "make it unique");
        }
        resources.addNumber(number, fields.found());
        ResourceChecks.run(number, fields, resources);
        directory.sawNumber(number.id(), number.e164());
        counts.merge(ResourceKind.NUMBERS, 1L, Long::sum);
        if (writing && problems.isEmpty()) {
            NumberRows.fill(number, row);
            writer.number(row, fields.times().appendTo(number.json()));
        }
    }

    private void readThoseThatNameNumbers() {
        for (final ImportLine line : lateLines.values()) {
            final ResourceKind kind = ResourceKind.ofCollection(ImportLine.collection(line.json(), line.json().length));
            enter(line, kind, kind.read(line.quietly(directory)));
            check(read(kind, line));
        }
    }

    private Fields fields(final ImportLine line, final ResourceKind kind) {
        counts.merge(kind, 1L, Long::sum);
        return line.fields(kind.collection(), directory, problems, warnings);
    }

    private List<ImportLine> linesOf(final String collection) {
        return linesByCollection.getOrDefault(collection, List.of());
    }

    private boolean isUtf8(final LineReader reader) {
        final int at = Utf8.faultAt(reader.bytes(), reader.length());
        if (at < 0) {
            return true;
        }
        problems.add(problem(
                reader,
                "line is not UTF-8 text: byte=" + (at + 1),
                "save the file as UTF-8; UTF-16 and compressed files are not taken"));
        return false;
    }

    /** The collection that a line names; null, with a problem, if it names none. */
    private String collectionOf(final LineReader reader) {
        final String collection = ImportLine.collection(reader.bytes(), reader.length());
        if (collection != null
                && (ResourceKind.ofCollection(collection) != null || collection.equals(ImportedResources.TRUNK_ACLS))) {
            return collection;
        }
        if (parse(reader) != null) {
            refuse(
                    "resource",
                    collection == null ? "" : collection,
                    "must say what the line is: " + COLLECTIONS,
                    "write it like \"resource\":\"numbers\"");
        }
        return null;
    }

    private static boolean isNumber(final LineReader reader) {
        return !reader.tooLong()
                && !reader.isBlank()
                && ResourceKind.NUMBERS.collection().equals(ImportLine.collection(reader.bytes(), reader.length()));
    }

    /**
     * The object on a line; null, with a problem, if there is none. The problem quotes nothing of the line: whoever may name a
     * file to import must not learn by it what other files contain.
     */
    private ObjectNode parse(final LineReader reader) {
        try {
            final ObjectNode object = ResourceReader.object(reader.bytes(), 0, reader.length());
            if (object == null) {
                problems.add(problem(reader, "line must be a JSON object", "write it in braces"));
            }
            return object;
        } catch (final JacksonException e) {
            problems.add(problem(reader, JsonFault.sentence(e), "correct it"));
            return null;
        }
    }

    private static Problem problem(final LineReader reader, final String rule, final String mend) {
        return new Problem(reader.number(), "", "", "", rule, mend);
    }

    private void refuse(final String field, final String value, final String rule, final String mend) {
        problems.add(new Problem(lines, "", field, value, rule, mend));
    }
}
