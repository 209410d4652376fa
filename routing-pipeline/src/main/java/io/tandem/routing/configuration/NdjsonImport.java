package io.tandem.routing.configuration;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.NumberPattern.Form;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongHashSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a whole configuration from a file of JSON objects, one a line, each saying by {@code resource} what it is. The file
 * replaces the configuration; it is taken whole or refused whole, with every problem of every line named. Lines may come in
 * any order and refer to each other.
 *
 * <p>The file is read twice: once for all but the numbers, once for the numbers, which pass through without being kept. While the
 * import lasts it takes about {@link #NUMBER_BYTES} for each number, and for each other resource the bytes of its line and
 * {@link #RESOURCE_BYTES}; a file that needs more than there is gets refused before it is there. One thread, any but the core's; an
 * instance imports once.
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
    public static final int RESOURCES_MAX = 10_000_000;

    /** Memory for a number: that it was there, its identifier, that its account has it, and since when. */
    static final int NUMBER_BYTES = 72;

    /** Memory for another resource beside its line: where it stands, its name, and what it refers to. */
    static final int RESOURCE_BYTES = 200;

    /** Memory that is left to others. */
    private static final long RESERVED_BYTES = 256L << 20;

    private static final List<ResourceKind> KINDS = ResourceKind.inOrderOfNaming().stream()
            .filter(kind -> kind != ResourceKind.NUMBERS)
            .toList();

    private static final String COLLECTIONS = KINDS.stream()
            .map(ResourceKind::collection)
            .collect(Collectors.joining(
                    ", ", ResourceKind.NUMBERS.collection() + ", ", " or " + ImportedResources.TRUNK_ACLS));

    private static final IntArrayList NO_LINES = new IntArrayList();

    private final ImportSource source;
    private final ConfigurationWriter writer;
    private final ImportProgress progress;
    private final long memoryMax;
    private final Problems problems = new Problems(PROBLEMS_KEPT);
    private final Problems warnings = new Problems(PROBLEMS_KEPT);
    private final IndexBuilder index = new IndexBuilder();
    private final ImportDirectory directory = new ImportDirectory(index);
    private final ImportLines kept = new ImportLines();
    private final Map<String, IntArrayList> linesByCollection = new LinkedHashMap<>();
    private final Map<ResourceKind, Long> counts = new EnumMap<>(ResourceKind.class);
    private final ImportedResources resources = new ImportedResources(kept, directory, index);

    /** Lines that name numbers, which are known only when all have been read. */
    private final IntArrayList lateLines = new IntArrayList();

    private final NumberRow row = new NumberRow();
    private long lines;
    private long numbers;
    private int others;
    private boolean foreignText;
    private boolean hasRoom = true;
    private boolean writing;

    private NdjsonImport(
            final ImportSource source,
            final ConfigurationWriter writer,
            final ImportProgress progress,
            final long memoryMax) {
        this.source = source;
        this.writer = writer;
        this.progress = progress;
        this.memoryMax = memoryMax;
    }

    /**
     * Imports.
     *
     * @throws IOException if the file cannot be read; the writer was told to abandon then, if it had begun.
     */
    public static ImportResult run(
            final ImportSource source, final ConfigurationWriter writer, final ImportProgress progress)
            throws IOException {
        return run(source, writer, progress, Runtime.getRuntime().maxMemory() - RESERVED_BYTES);
    }

    /** Imports with so many bytes of memory at most, by rule of thumb. */
    static ImportResult run(
            final ImportSource source,
            final ConfigurationWriter writer,
            final ImportProgress progress,
            final long memoryMax)
            throws IOException {
        return new NdjsonImport(source, writer, progress, memoryMax).run();
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
            if (!hasRoom) {
                return new ImportResult(lines, counts, problems, warnings);
            }
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
            while (reader.next() && hasRoom()) {
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

    /** Whether there is memory for what was seen so far; if not, that is the last problem of the file. */
    private boolean hasRoom() {
        final long needed = numbers * NUMBER_BYTES + (long) others * RESOURCE_BYTES + kept.bytes();
        if (needed > memoryMax) {
            problems.add(new Problem(
                    lines,
                    "",
                    "",
                    "",
                    "file needs more memory than there is: lines=" + lines + " MiB=" + (needed >> 20) + " max="
                            + (memoryMax >> 20),
                    "import it while the appliance is stopped, or with TANDEM_JAVA_OPTS=-Xmx8g"));
            hasRoom = false;
        }
        return hasRoom;
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
                    .computeIfAbsent(collection, c -> new IntArrayList())
                    .addInt(kept.add(reader.number(), reader.bytes(), reader.length()));
        }
    }

    /** Enters what may be referred to, accounts first: each kind refers to such as were entered before it, or to nothing yet. */
    private void enterNames() {
        for (final ResourceKind kind : KINDS) {
            final IntArrayList early = new IntArrayList();
            linesOf(kind.collection()).forEachInt(line -> {
                directory.askedForNumber();
                final Resource resource = kind.read(kept.get(line).quietly(directory));
                if (directory.askedForNumber()) {
                    lateLines.addInt(line);
                } else {
                    early.addInt(line);
                    enter(line, kind, resource);
                }
            });
            linesByCollection.put(kind.collection(), early);
        }
    }

    private void enter(final int line, final ResourceKind kind, final Resource resource) {
        final String taken = directory.enter(kind, resource, line);
        if (taken != null) {
            kept.get(line)
                    .fields(kind.collection(), directory, problems, warnings)
                    .refuse(taken, "is given to two " + kind.collection(), "make it unique");
        }
    }

    private void readResources() {
        for (final ResourceKind kind : KINDS) {
            linesOf(kind.collection()).forEachInt(line -> read(kind, line));
        }
        linesOf(ImportedResources.TRUNK_ACLS)
                .forEachInt(line -> resources.addAclRow(
                        kept.get(line).fields(ImportedResources.TRUNK_ACLS, directory, problems, warnings)));
        for (final ResourceKind kind : KINDS) {
            linesOf(kind.collection()).forEachInt(line -> check(kind, line));
        }
    }

    private void read(final ResourceKind kind, final int line) {
        counts.merge(kind, 1L, Long::sum);
        final Fields fields = kept.get(line).fields(kind.collection(), directory, problems, warnings);
        final Resource resource = kind.read(fields);
        resources.add(kind, line, resource, fields);
    }

    private void check(final ResourceKind kind, final int line) {
        final ImportLine text = kept.get(line);
        ResourceChecks.run(
                kind.read(text.quietly(directory)),
                text.fields(kind.collection(), directory, problems, warnings),
                resources);
    }

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
        final NumberPattern pattern = number.pattern();
        if (!pattern.isThere()) {
            return;
        }
        final NumberPattern other = pattern.form() == Form.RANGE
                ? index.blocks().overlapping(pattern.first(), pattern.last())
                : NumberPattern.NONE;
        if (other.isThere()) {
            fields.refuse(
                    "e164", "overlaps another range: " + other.text(), "give ranges that have no number in common");
        } else if (!seen.add(pattern.key())) {
            fields.refuse("e164", "is given to two numbers", "remove one of the lines");
        } else if (!ids.add(number.id().high(), number.id().low())) {
            fields.refuse("id", "is given to two numbers", "make it unique");
        }
        if (!other.isThere()) { // it would hide the other from the ranges behind it
            resources.addNumber(number, fields);
        }
        ResourceChecks.run(number, fields, resources);
        directory.sawNumber(number.id(), pattern);
        counts.merge(ResourceKind.NUMBERS, 1L, Long::sum);
        if (writing && problems.isEmpty()) {
            NumberRows.fill(number, row);
            writer.number(row, fields.times().appendTo(number.json()));
        }
    }

    private void readThoseThatNameNumbers() {
        lateLines.forEachInt(line -> {
            final ImportLine text = kept.get(line);
            final ResourceKind kind = ResourceKind.ofCollection(ImportLine.collection(text.json(), text.json().length));
            enter(line, kind, kind.read(text.quietly(directory)));
            read(kind, line);
            check(kind, line);
        });
    }

    private IntArrayList linesOf(final String collection) {
        return linesByCollection.getOrDefault(collection, NO_LINES);
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
