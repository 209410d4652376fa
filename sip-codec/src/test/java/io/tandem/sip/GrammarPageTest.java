package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/specs/grammar.md} say what the code does. */
class GrammarPageTest {
    private final List<String> page;

    GrammarPageTest() throws IOException {
        page = Files.readAllLines(Path.of("..", "docs", "specs", "grammar.md"));
    }

    @Test
    void shouldListEveryProblem() {
        final List<String> expected = Arrays.stream(Problem.values())
                .filter(problem -> problem != Problem.NONE)
                .map(GrammarPageTest::row)
                .toList();
        assertThat(rowsUnder("## Problems")).isEqualTo(expected);
    }

    @Test
    void shouldListEveryLimitWithItsDefault() throws ReflectiveOperationException {
        final List<String> rows = rowsUnder("## Limits");
        final var components = SipLimits.class.getRecordComponents();
        assertThat(rows).hasSize(components.length);
        for (int i = 0; i < components.length; i++) {
            final String name = components[i].getName();
            final Object value = components[i].getAccessor().invoke(SipLimits.DEFAULT);
            assertThat(rows.get(i)).startsWith("| `" + name + "` | ").contains("| " + value + " |");
        }
    }

    private static String row(final Problem problem) {
        final String reason = new String(problem.reason(), StandardCharsets.US_ASCII);
        return "| `" + problem + "` | " + problem.status() + " | " + (reason.isEmpty() ? "|" : reason + " |");
    }

    private List<String> rowsUnder(final String heading) {
        return page.stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .toList();
    }
}
