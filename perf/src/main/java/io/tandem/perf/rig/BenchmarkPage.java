package io.tandem.perf.rig;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page with the comparison: its table lies between two marks and is replaced; what people wrote around it stays. */
final class BenchmarkPage {
    static final String BEGIN = "<!-- bench compare: begin -->\n";
    static final String END = "<!-- bench compare: end -->\n";

    private BenchmarkPage() {}

    /** Puts a section between the marks of a page. */
    static String replace(final String page, final String section) {
        final int begin = page.indexOf(BEGIN);
        final int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "page has no place for the comparison: wanted=" + BEGIN.trim() + " and " + END.trim());
        }
        return page.substring(0, begin + BEGIN.length()) + section + page.substring(end);
    }

    /** Writes the section into a page, which is made when it is not there. */
    static void write(final Path path, final String section) throws IOException {
        final String page = Files.exists(path) ? Files.readString(path) : resource("/benchmarks.md");
        if (path.toAbsolutePath().getParent() != null) {
            Files.createDirectories(path.toAbsolutePath().getParent());
        }
        Files.writeString(path, replace(page, section));
    }

    /** A text file of this module. */
    static String resource(final String name) throws IOException {
        try (InputStream stream = BenchmarkPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("resource missing: name=" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
