package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.driver.ApplianceException;
import io.tandem.appliance.operator.LiveControl;
import io.tandem.appliance.operator.LiveDesk;
import io.tandem.appliance.operator.LiveView;
import io.tandem.appliance.playback.Replay;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.routing.model.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Rules about countries of sources, by a file that changes from life to life; two files, of 127.0.0.0/8 alone. */
@Timeout(60)
class SourceCountriesTest {
    private static final Path FILES = Path.of("src", "test", "resources", "countries");
    private static final String GEO_DENY =
            "{\"resource\":\"policies/acl-rules\",\"account_id\":\"name:acme\",\"rule_type\":\"geo_deny\","
                    + "\"value\":\"DE\"}\n";

    @TempDir
    private Path data;

    @TempDir
    private Path operators;

    private int calls;

    @Test
    @DisplayName(
            "R-161 a source is refused by its country; replay needs the journal's copy of the file, not the operator's")
    void shouldRefuseASourceByItsCountry() throws IOException {
        final Path file = Files.copy(FILES.resolve("loopback-de.mmdb"), operators.resolve("countries.mmdb"));
        assertThat(status(file)).isEqualTo("403");
        Files.delete(file);

        final Replay.Result replayed = ReplayTest.replay(new Replay(), data);
        assertThat(replayed.agrees()).as(replayed.toString()).isTrue();
        assertThat(replayed.recordsMatched()).isOne();
        assertThat(replayed.notes()).isEmpty();

        deleteFiles("countries");
        final Replay.Result without = ReplayTest.replay(new Replay(), data);
        assertThat(without.agrees()).isFalse();
        assertThat(without.notes())
                .singleElement()
                .asString()
                .startsWith("country file of the journal is missing or damaged, played as if no country were known")
                .contains(" sha256=")
                .endsWith(" built=2023-11-14T22:13:20Z");
    }

    @Test
    void shouldDecideEachLifeAgainByTheFileThatItHad() throws IOException {
        assertThat(status(FILES.resolve("loopback-de.mmdb"))).isEqualTo("403");
        deleteFiles("snapshots");
        assertThat(status(FILES.resolve("loopback-fr.mmdb")))
                .as("recovery has executed the first life again")
                .isEqualTo("404");
        deleteFiles("snapshots");
        assertThat(status(null)).isEqualTo("404");

        final Replay.Result replayed = ReplayTest.replay(new Replay(), data);
        assertThat(replayed.agrees()).as(replayed.toString()).isTrue();
        assertThat(replayed.recordsMatched()).isEqualTo(3);
        assertThat(replayed.notes()).isEmpty();
    }

    @Test
    void shouldKnowTheFileFromASnapshotToo() {
        assertThat(status(FILES.resolve("loopback-de.mmdb"))).isEqualTo("403");
        assertThat(status(FILES.resolve("loopback-de.mmdb"))).isEqualTo("403");
    }

    @Test
    void shouldExplainByTheCountryOfTheSource() throws IOException {
        try (RunningAppliance running = start(FILES.resolve("loopback-de.mmdb"))) {
            final LiveView view = new LiveView(
                    running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
            assertThat(view.explain(new ExplainQuestion(
                                    "12025550100",
                                    "12025550123",
                                    Optional.empty(),
                                    Optional.of(InetAddress.ofLiteral("127.0.0.2"))))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void shouldSayInOneSentenceThatTheFileCannotBeRead() throws IOException {
        final Path missing = operators.resolve("none.mmdb");
        assertThatThrownBy(() -> start(missing))
                .hasRootCauseInstanceOf(IOException.class)
                .cause()
                .isInstanceOf(ApplianceException.class)
                .hasMessage("country file refused: file=" + missing + " does not exist");
        final Path text = Files.writeString(operators.resolve("text.mmdb"), "192.0.2.0/24 DE");
        assertThatThrownBy(() -> Appliance.open(
                        RunningAppliance.settings(data, "sip.countries=" + text), "test", MessageTap.NONE))
                .isInstanceOf(ApplianceException.class)
                .hasMessageStartingWith("country file refused: file=" + text + " is no sound MaxMind database: ");
    }

    @Test
    @DisplayName("an import or a change with rules that ask for countries says so in its answer when no file tells them")
    void shouldWarnInTheAnswerOfAChange() throws IOException {
        final Path change = Files.writeString(operators.resolve("change.ndjson"), """
                {"resource":"policies/acl-rules","account_id":"name:acme","rule_type":"geo_deny","value":"FR"}
                """);
        final Path whole = Files.writeString(operators.resolve("whole.ndjson"), """
                {"resource":"accounts","name":"acme"}
                """ + Files.readString(change));
        try (RunningAppliance running = start(null)) {
            final LiveControl control = control(running);
            assertThat(control.applyFile(change, "test").warnings())
                    .extracting(Problem::rule)
                    .containsExactly("asks for the country of a source and no file tells it: rules=1");
            assertThat(control.importFile(whole, lines -> {}).warnings())
                    .containsExactly(
                            "rules ask for the country of a source and no file tells it; name one by sip.countries");
        }
        try (RunningAppliance running = start(FILES.resolve("loopback-de.mmdb"))) {
            final LiveControl control = control(running);
            assertThat(control.applyFile(
                                    Files.writeString(change, Files.readString(change).replace("FR", "IT")), "test")
                            .warnings())
                    .isEmpty();
            assertThat(control.importFile(whole, lines -> {}).warnings()).isEmpty();
        }
    }

    private LiveControl control(final RunningAppliance running) {
        return new LiveControl(
                running.appliance(),
                new LiveView(running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]),
                new LiveDesk(running.appliance()));
    }

    @Test
    void shouldWarnWhenRulesAskForCountriesAndNoFileTellsThem() {
        final ListAppender<ILoggingEvent> log = new ListAppender<>();
        final Logger logger = (Logger) LoggerFactory.getLogger(Appliance.class);
        log.start();
        logger.addAppender(log);
        try {
            start(null).close();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("rules ask for the country of a source and no file tells it: geo_deny denies nobody,"
                            + " geo_allow allows nobody: setting=sip.countries");
            log.list.clear();
            start(FILES.resolve("loopback-de.mmdb")).close();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(line -> line.startsWith("rules ask"));
        } finally {
            logger.detachAppender(log);
        }
    }

    /** What a call to a number that nobody has is answered in a life of its own. */
    private String status(final Path file) {
        try (RunningAppliance running = start(file);
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            caller.send(caller.invite("call-" + calls++, "19995550000", caller.branch()));
            return caller.receive("SIP/2.0 40").substring("SIP/2.0 ".length(), "SIP/2.0 403".length());
        }
    }

    private RunningAppliance start(final Path file) {
        try (SipPeer callee = new SipPeer("127.0.0.3", null)) {
            final String configuration = WholeCallTest.configuration(callee) + GEO_DENY;
            return file == null
                    ? new RunningAppliance(data, configuration)
                    : new RunningAppliance(data, configuration, "sip.countries=" + file);
        }
    }

    private void deleteFiles(final String directory) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve(directory))) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
