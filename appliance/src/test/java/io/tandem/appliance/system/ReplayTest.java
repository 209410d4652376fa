package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.command.Ladder;
import io.tandem.appliance.JavaRuntime;
import io.tandem.appliance.configuration.RecordedGenerations;
import io.tandem.appliance.country.RecordedCountries;
import io.tandem.appliance.playback.CallTrace;
import io.tandem.appliance.playback.Replay;
import io.tandem.appliance.playback.TraceViews;
import io.tandem.routing.stage.StageClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal of a real life, executed again. */
@Timeout(60)
class ReplayTest {
    @TempDir
    private Path data;

    @Test
    void shouldSayWithWhatTheJournalWasWritten() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = new RunningAppliance(data, WholeCallTest.configuration(callee));
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            caller.send(caller.invite("once", "19995550000", caller.branch()));
            caller.receive("SIP/2.0 404");
        }
        final Replay.Result here = replay(new Replay());
        assertThat(here.agrees()).as(here.toString()).isTrue();
        assertThat(here.recordsMatched()).isOne();
        assertThat(here.digestsMatched()).isPositive();
        assertThat(here.notes()).isEmpty();

        final Replay.Result elsewhere = replay(new Replay(new JavaRuntime("1999z", "9.9")));
        assertThat(elsewhere.agrees()).isTrue();
        assertThat(elsewhere.notes())
                .containsExactly(
                        "time-zone data is not that of the journal, schedules may open and close at other times: epoch=1"
                                + " journal=" + JavaRuntime.HERE.timeZones() + " here=1999z",
                        "Java runtime is not that of the journal, outputs should be the same: epoch=1 journal="
                                + JavaRuntime.HERE.version() + " here=9.9");
        assertThat(JavaRuntime.HERE.timeZones()).matches("20\\d\\d[a-z]");
    }

    private Replay.Result replay(final Replay replay) {
        return replay(replay, data);
    }

    static Replay.Result replay(final Replay replay, final Path data) {
        try (RecordedGenerations generations = new RecordedGenerations(data.resolve("config"))) {
            return replay.run(
                    data.resolve("inputs"),
                    data.resolve("records"),
                    data.resolve("snapshots"),
                    Files.readAllBytes(data.resolve("master.key")),
                    RunningAppliance.settings(data).journalSettings(),
                    generations,
                    new RecordedCountries(data.resolve("countries")),
                    turns -> {});
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ladder of a call, as {@code tandem trace} prints it. */
    static List<String> trace(final String callId, final Path data) {
        try (RecordedGenerations generations = new RecordedGenerations(data.resolve("config"))) {
            return Ladder.lines(TraceViews.of(
                    callId,
                    new CallTrace()
                            .run(
                                    callId,
                                    data.resolve("inputs"),
                                    data.resolve("snapshots"),
                                    Files.readAllBytes(data.resolve("master.key")),
                                    RunningAppliance.settings(data).journalSettings(),
                                    generations,
                                    new RecordedCountries(data.resolve("countries")),
                                    StageClock.NONE)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
