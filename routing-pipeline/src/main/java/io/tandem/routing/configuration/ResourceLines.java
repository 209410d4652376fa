package io.tandem.routing.configuration;

import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resources of one change as a JSON object a line, each naming its collection by {@code resource}; blank lines count
 * for nothing. Unlike an import, all lines are kept. Immutable, but for the fields of its lines.
 */
public final class ResourceLines {
    private static final int PROBLEMS_KEPT = 1_000;

    private final List<Line> lines = new ArrayList<>();
    private final Problems problems = new Problems(PROBLEMS_KEPT);
    private boolean complete = true;

    /**
     * A line.
     *
     * @param number in the file, from 1.
     * @param fields without {@code resource}.
     */
    public record Line(int number, ResourceKind kind, ObjectNode fields) {}

    private ResourceLines() {}

    /**
     * Reads lines.
     *
     * @param most lines that are not blank; reading ends behind them.
     * @throws IOException if the stream cannot be read.
     */
    public static ResourceLines read(final InputStream stream, final int most) throws IOException {
        final ResourceLines read = new ResourceLines();
        try (LineReader reader = new LineReader(stream)) {
            for (int count = 0; reader.next(); ) {
                if (!reader.isBlank()) {
                    if (count++ == most) {
                        read.complete = false;
                        break;
                    }
                    read.add(reader);
                }
            }
        }
        return read;
    }

    private void add(final LineReader reader) {
        if (reader.tooLong()) {
            refuse(reader, "", "line must have at most " + LineReader.LINE_BYTES_MAX + " bytes", "shorten it");
            return;
        }
        if (Utf8.faultAt(reader.bytes(), reader.length()) >= 0) {
            refuse(reader, "", "line is not UTF-8 text", "encode it as UTF-8");
            return;
        }
        try {
            final ObjectNode fields = ResourceReader.object(reader.bytes(), 0, reader.length());
            if (fields == null) {
                refuse(reader, "", "line must be a JSON object", "write it in braces");
                return;
            }
            final JsonNode named = fields.remove("resource");
            final ResourceKind kind =
                    named == null || !named.isString() ? null : ResourceKind.ofCollection(named.stringValue());
            if (kind == null) {
                refuse(
                        reader,
                        "resource",
                        "must name a collection, such as " + ResourceKind.NUMBERS.collection(),
                        "write it like \"resource\":\"numbers\"");
                return;
            }
            lines.add(new Line((int) reader.number(), kind, fields));
        } catch (final JacksonException e) {
            refuse(reader, "", JsonFault.sentence(e), "correct it");
        }
    }

    private void refuse(final LineReader reader, final String field, final String rule, final String mend) {
        problems.add(new Problem(reader.number(), "", field, "", rule, mend));
    }

    /** Those that say what they are. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** What is wrong with the others. */
    public List<Problem> problems() {
        return problems.kept();
    }

    /** Whether there were no more lines than allowed. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Problems of a change, with the numbers of lines instead of the edits' places.
     *
     * @param edited what the change's edits were made of, one line each.
     */
    public static List<Problem> placed(final List<Problem> ofChange, final List<Line> edited) {
        return ofChange.stream()
                .map(problem -> new Problem(
                        number((int) problem.line(), edited),
                        problem.resource(),
                        problem.field(),
                        problem.value(),
                        problem.rule(),
                        problem.mend()))
                .toList();
    }

    private static int number(final int place, final List<Line> edited) {
        final int index = edited.size() == 1 ? 0 : place - 1;
        return index >= 0 && index < edited.size() ? edited.get(index).number : 0;
    }

    /** Problems of some lines and problems of others, by line. */
    public static List<Problem> together(final List<Problem> some, final List<Problem> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparingLong(Problem::line))
                .toList();
    }
}
