package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationModelPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration-model.md");

    @Test
    void shouldShowExamplesThatTogetherMakeAConfiguration() throws IOException {
        final String examples = Files.readAllLines(PAGE, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("{\"resource\""))
                .collect(Collectors.joining("\n"));

        final InMemoryConfiguration configuration = InMemoryConfiguration.of("examples", 1, examples);

        for (final ResourceKind kind : ResourceKind.values()) {
            final int[] count = new int[1];
            configuration.forEach(kind, (high, low, json) -> count[0]++);
            assertThat(count[0]).as(kind.collection()).isPositive();
        }
    }

    @Test
    void shouldNameEveryFieldThatAResourceTakes() throws IOException {
        final String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        for (final ResourceKind kind : ResourceKind.values()) {
            final String section = section(page, kind);
            for (final FieldRule field : kind.fields()) {
                assertThat(section).as(kind.collection()).contains("`" + field.name() + "`");
                field.elements()
                        .forEach(element -> assertThat(section)
                                .as(kind.collection() + " " + field.name())
                                .contains("`" + element.name() + "`"));
            }
        }
    }

    /** From the kind's heading to the next of its level. */
    private static String section(final String page, final ResourceKind kind) {
        final int start = page.indexOf("\n## " + kind.collection() + "\n");
        assertThat(start).as("heading of " + kind.collection()).isPositive();
        final int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }
}
