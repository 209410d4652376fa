package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the state tables names a test, and the test is there. */
class SpecPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "specs");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z.]+)\\.(should[A-Za-z0-9]+)` \\|$");
    private static final List<String> PACKAGES = List.of("io.tandem.routing.call.", "io.tandem.routing.transaction.");

    @ParameterizedTest
    @ValueSource(strings = {"transactions.md", "call-states.md"})
    void shouldNameATestInEveryRow(final String page) throws IOException {
        final List<String> rows = new ArrayList<>();
        for (final String line : Files.readAllLines(PAGES.resolve(page))) {
            if (line.startsWith("|") && !line.startsWith("|---") && !line.endsWith("| test |")) {
                rows.add(line);
            }
        }
        assertThat(rows).hasSizeGreaterThan(50);
        for (final String row : rows) {
            final Matcher test = TEST.matcher(row);
            assertThat(test.find()).as(row).isTrue();
            final Class<?> type = type(test.group(1).replace('.', '$'));
            assertThat(Arrays.stream(type.getDeclaredMethods()).filter(SpecPagesTest::isTest))
                    .as(row)
                    .extracting(Method::getName)
                    .contains(test.group(2));
        }
    }

    private static Class<?> type(final String name) {
        return PACKAGES.stream()
                .map(packageName -> classNamed(packageName + name))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> fail("no such test class: " + name));
    }

    private static Optional<Class<?>> classNamed(final String name) {
        try {
            return Optional.of(Class.forName(name));
        } catch (final ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static boolean isTest(final Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
