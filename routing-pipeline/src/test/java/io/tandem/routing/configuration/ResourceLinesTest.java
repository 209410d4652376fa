package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of one change, and where their problems are. */
class ResourceLinesTest {
    @Test
    void shouldNumberLinesAsInTheFile() throws IOException {
        final ResourceLines lines = read(10, """
                {"resource":"accounts","name":"a"}

                {"name":"b","resource":"numbers"}
                """);

        assertThat(lines.problems()).isEmpty();
        assertThat(lines.isComplete()).isTrue();
        assertThat(lines.lines())
                .extracting(ResourceLines.Line::number, ResourceLines.Line::kind, line -> line.fields()
                        .toString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, ResourceKind.ACCOUNTS, "{\"name\":\"a\"}"),
                        org.assertj.core.groups.Tuple.tuple(3, ResourceKind.NUMBERS, "{\"name\":\"b\"}"));
        final List<Problem> placed = ResourceLines.placed(List.of(problem(2), problem(0), problem(7)), lines.lines());
        assertThat(placed).extracting(Problem::line).containsExactly(3L, 0L, 0L);
        assertThat(ResourceLines.together(placed, List.of(problem(2))))
                .as("by line")
                .extracting(Problem::line)
                .containsExactly(0L, 0L, 2L, 3L);
    }

    @Test
    void shouldNameEveryLineThatIsNone() throws IOException {
        final ResourceLines lines = read(
                10,
                "{\n[]\n{\"resource\":\"nothing\"}\n{\"name\":\"x\"}\n{\"a\":\"\u00e4\"}\n"
                        + "{\"resource\":\"accounts\",\"name\":\"" + "x".repeat(LineReader.LINE_BYTES_MAX) + "\"}\n");

        assertThat(lines.lines()).isEmpty();
        assertThat(lines.problems()).extracting(Problem::line).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(lines.problems()).allMatch(problem -> !problem.mend().isEmpty());
    }

    @Test
    void shouldStopBehindItsLimit() throws IOException {
        final String line = "{\"resource\":\"accounts\",\"name\":\"a\"}\n";
        assertThat(read(2, line.repeat(2)).isComplete()).isTrue();
        assertThat(read(2, line.repeat(2) + "\n").isComplete()).isTrue();
        assertThat(read(2, line.repeat(3)).isComplete()).isFalse();
    }

    private static ResourceLines read(final int most, final String text) throws IOException {
        return ResourceLines.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), most);
    }

    private static Problem problem(final int line) {
        return new Problem(line, "", "", "", "is wrong", "");
    }
}
