package io.tandem.perf.promises;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What the tests of the modules before this one reported in this build: which promises have tests that ran and passed. */
final class TestReports {
    private static final List<String> MODULES =
            List.of("sip-codec", "journal", "routing-pipeline", "admin-console", "appliance");
    private static final List<String> DIRECTORIES = List.of("surefire-reports", "failsafe-reports");

    private final TreeMap<String, SortedSet<String>> passed = new TreeMap<>();

    private TestReports() {}

    /** A promise's tests, as {@code Class: what it shows}, in order. */
    SortedSet<String> of(final PromiseId promise) {
        return passed.getOrDefault(promise.toString(), new TreeSet<>());
    }

    /**
     * Reads the reports below {@code root}.
     *
     * @param since when the build began; older reports are those of another one
     * @return empty when a module has no report of this build, as in a build of some modules only
     */
    static Optional<TestReports> read(final Path root, final Instant since) throws IOException {
        final TestReports reports = new TestReports();
        for (final String module : MODULES) {
            int count = 0;
            for (final String name : DIRECTORIES) {
                final Path directory = root.resolve(module).resolve("target").resolve(name);
                for (final Path file : files(directory)) {
                    if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                        count++;
                        reports.read(file);
                    }
                }
            }
            if (count == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(reports);
    }

    private static List<Path> files(final Path directory) throws IOException {
        final List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> reports = Files.newDirectoryStream(directory, "TEST-*.xml")) {
                reports.forEach(files::add);
            }
        }
        return files;
    }

    private void read(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            final XMLStreamReader xml = factory.createXMLStreamReader(in);
            String test = null;
            String className = "";
            boolean good = false;
            while (xml.hasNext()) {
                final int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "testcase" -> {
                            test = xml.getAttributeValue(null, "name");
                            className = xml.getAttributeValue(null, "classname");
                            good = true;
                        }
                        case "failure", "error", "skipped" -> good = false;
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("testcase")
                        && good) {
                    add(className, test);
                }
            }
        } catch (final XMLStreamException e) {
            throw new IOException("test report cannot be read: file=" + file, e);
        }
    }

    private void add(final String className, final String test) {
        final String simpleName = className.substring(className.lastIndexOf('.') + 1);
        final String shown = PromiseId.withoutNumbers(test).replaceFirst(" ?(\\{.*}|\\[\\d+].*)$", "");
        for (final PromiseId promise : PromiseId.namedIn(test)) {
            passed.computeIfAbsent(promise.toString(), key -> new TreeSet<>()).add("`" + simpleName + "` " + shown);
        }
    }
}
