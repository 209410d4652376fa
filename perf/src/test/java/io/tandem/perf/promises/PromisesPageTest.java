package io.tandem.perf.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run with {@code -Dtandem.docs.write=true} after promises were kept; modules before this one must have been tested in the same build. */
class PromisesPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs").resolve("promises.md");

    @TempDir
    Path directory;

    @Test
    void shouldBeThePageInTheDocumentation() throws IOException {
        final Instant since = Instant.parse(System.getProperty("tandem.build.started", Instant.MAX.toString()));
        final Optional<TestReports> reports = TestReports.read(ROOT, since);
        assumeThat(reports)
                .as("promises are compared in builds that test every module (mvn verify in the root directory)")
                .isPresent();

        final String page = PromisesPage.markdown(reports.orElseThrow(), reasons());

        if (Boolean.getBoolean("tandem.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/promises.md, written by mvn verify -Dtandem.docs.write=true")
                .isEqualTo(page);
    }

    @Test
    void shouldCountPassedTestsOfThisBuildOnly() throws IOException {
        final Instant since = Instant.now().minusSeconds(60);
        for (final String module : new String[] {"sip-codec", "journal", "routing-pipeline", "admin-console"}) {
            report(module, "<testcase name=\"x\" classname=\"a.B\"/>");
        }
        assertThat(TestReports.read(directory, since)).as("a module is missing").isEmpty();
        final Path old = report("appliance", "<testcase name=\"N-001 old\" classname=\"a.OldTest\"/>");
        Files.setLastModifiedTime(old, FileTime.from(since.minusSeconds(1)));
        assertThat(TestReports.read(directory, since))
                .as("its report is that of another build")
                .isEmpty();
        report(
                "appliance",
                "<testcase name=\"N-001..N-002 R-007 both [2] x\" classname=\"a.b.GoodTest\"/>"
                        + "<testcase name=\"N-003 bad\" classname=\"a.BadTest\"><failure/></testcase>"
                        + "<testcase name=\"N-004 bad\" classname=\"a.BadTest\"><error/></testcase>"
                        + "<testcase name=\"N-005 bad\" classname=\"a.BadTest\"><skipped/></testcase>"
                        + "<testcase name=\"shouldWork\" classname=\"a.BadTest\"/>");
        final TestReports reports = TestReports.read(directory, since).orElseThrow();
        assertThat(reports.of(new PromiseId('N', 1))).containsExactly("`GoodTest` both");
        assertThat(reports.of(new PromiseId('N', 2))).containsExactly("`GoodTest` both");
        assertThat(reports.of(new PromiseId('R', 7))).containsExactly("`GoodTest` both");
        for (int line = 3; line <= 5; line++) {
            assertThat(reports.of(new PromiseId('N', line))).isEmpty();
        }
    }

    @Test
    void shouldAskForATestOrAReasonAndNotBoth() throws IOException {
        for (final String module :
                new String[] {"sip-codec", "journal", "routing-pipeline", "admin-console", "appliance"}) {
            report(module, "<testcase name=\"N-001 holds\" classname=\"a.GoodTest\"/>");
        }
        final TestReports reports = TestReports.read(directory, Instant.EPOCH).orElseThrow();
        final Map<PromiseId, String> reasons = new HashMap<>();
        PromiseId.all().forEach(promise -> reasons.put(promise, "not yet"));
        assertThatThrownBy(() -> PromisesPage.markdown(reports, reasons))
                .hasMessage("a promise holds, take its reason out of promises.txt: N-001");
        reasons.remove(new PromiseId('N', 1));
        assertThat(PromisesPage.markdown(reports, reasons))
                .contains(
                        "1 of 380 hold.",
                        "| N-001 | holds | `GoodTest` holds |  |\n",
                        "| U-037 | open |  | not yet |\n");
        reasons.remove(new PromiseId('U', 37));
        assertThatThrownBy(() -> PromisesPage.markdown(reports, reasons))
                .hasMessage("a promise has neither a test nor a reason in promises.txt: U-037");
    }

    private Path report(final String module, final String cases) throws IOException {
        final Path reports = Files.createDirectories(
                directory.resolve(module).resolve("target").resolve("surefire-reports"));
        return Files.writeString(reports.resolve("TEST-a.xml"), "<testsuite>" + cases + "</testsuite>");
    }

    /** Lines of {@code promises.txt}: numbers, a colon, why they are open. */
    private static Map<PromiseId, String> reasons() throws IOException {
        final Map<PromiseId, String> reasons = new HashMap<>();
        try (InputStream in = PromisesPageTest.class.getResourceAsStream("/promises.txt")) {
            for (final String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                final int colon = line.indexOf(": ");
                for (final PromiseId promise : PromiseId.namedIn(line.substring(0, colon))) {
                    assertThat(reasons.put(promise, line.substring(colon + 2)))
                            .as("%s has one reason", promise)
                            .isNull();
                }
            }
        }
        return reasons;
    }
}
