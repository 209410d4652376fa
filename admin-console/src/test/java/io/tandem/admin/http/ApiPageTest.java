package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/api.md are executed in their order; each says by a comment which status it expects. */
class ApiPageTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");
    private static final String SERVER = "http://127.0.0.1:8080";

    /** A command and the status that stands above it. */
    private record Example(int status, List<String> words) {}

    @Test
    void shouldAnswerEveryExampleAsThePageSays() throws IOException {
        final List<Example> examples = examples(Files.readString(PAGE, StandardCharsets.UTF_8));
        assertThat(examples).hasSizeGreaterThan(10);
        String key = "";
        try (HttpRig rig = new HttpRig()) {
            for (final Example example : examples) {
                final Answer answer = run(rig, example.words, key);
                assertThat(answer.status())
                        .as(example.words + " " + answer.text())
                        .isEqualTo(example.status);
                if (answer.text().contains("\"secret\"")) {
                    key = answer.json().get("secret").stringValue();
                }
            }
        }
    }

    private static Answer run(final HttpRig rig, final List<String> words, final String key) {
        String method = "GET";
        String path = "";
        String body = null;
        final List<String> headers = new ArrayList<>();
        assertThat(words.getFirst()).isEqualTo("curl");
        for (int i = 1; i < words.size(); i++) {
            final String word = words.get(i);
            switch (word) {
                case "-X" -> method = words.get(++i);
                case "-d", "--data-binary" -> body = words.get(++i);
                case "-H" -> {
                    final String header = words.get(++i)
                            .replace("$OPERATOR", HttpRig.OPERATOR)
                            .replace("$KEY", key);
                    final int colon = header.indexOf(':');
                    headers.add(header.substring(0, colon));
                    headers.add(header.substring(colon + 1).strip());
                }
                default -> {
                    assertThat(word).startsWith(SERVER);
                    path = word.substring(SERVER.length());
                }
            }
        }
        return rig.sendBytes(
                method,
                path,
                null,
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                headers.toArray(String[]::new));
    }

    private static List<Example> examples(final String page) {
        final List<Example> examples = new ArrayList<>();
        for (int start = page.indexOf("```sh\n"); start >= 0; start = page.indexOf("```sh\n", start + 1)) {
            final String block = page.substring(start + 6, page.indexOf("\n```", start + 6));
            for (final String command : block.split("(?m)^# ", -1)) {
                if (!command.isBlank()) {
                    final int line = command.indexOf('\n');
                    examples.add(new Example(
                            Integer.parseInt(command.substring(0, line).strip()),
                            words(command.substring(line + 1).replace("\\\n", " "))));
                }
            }
        }
        return examples;
    }

    /** Words as a shell makes them of quotes and blanks. */
    private static List<String> words(final String command) {
        final List<String> words = new ArrayList<>();
        final StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean open = false;
        for (int i = 0; i < command.length(); i++) {
            final char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                open = true;
            } else if (Character.isWhitespace(c)) {
                if (open || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                open = false;
            } else {
                word.append(c);
            }
        }
        if (open || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
