package io.tandem.appliance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.queue.InputsQueue;
import io.tandem.journal.record.InputBatchDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.snapshot.SnapshotHeader;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.journal.snapshot.SnapshotWriter;
import io.tandem.routing.configuration.ImportProgress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UpkeepTest {
    private static final String ACCOUNT = "{\"resource\":\"accounts\",\"name\":\"acme\"}\n";
    private static final String FIRST = "g00000001";
    private static final String SECOND = "g00000002";
    private static final String THIRD = "g00000003";
    private static final String FOURTH = "g00000004";

    @TempDir
    private Path data;

    private InputsQueue inputs;
    private SnapshotStore snapshots;
    private GenerationStore generations;
    private long first;
    private long second;
    private long third;

    @BeforeEach
    void switchTwice() throws IOException {
        for (final String directory : new String[] {"inputs", "snapshots", "config"}) {
            Files.createDirectory(data.resolve(directory));
        }
        open();
        for (int i = 0; i < 4; i++) {
            generations.importFrom(
                    () -> new ByteArrayInputStream(ACCOUNT.getBytes(StandardCharsets.UTF_8)), i, ImportProgress.SILENT);
        }
        first = append(InputKind.CONFIGURATION, FIRST);
        second = append(InputKind.CONFIGURATION, SECOND);
        third = append(InputKind.CONFIGURATION, THIRD);
    }

    private void open() {
        final JournalSettings settings = JournalSettings.small();
        inputs = InputsQueue.open(data.resolve("inputs"), settings);
        snapshots = SnapshotStore.open(data.resolve("snapshots"), settings);
        generations = new GenerationStore(data.resolve("config"));
    }

    @AfterEach
    void close() {
        generations.close();
        snapshots.close();
        inputs.close();
    }

    @Test
    void shouldKeepWhatAnInputInTheQueueNames() {
        snapshot(third, THIRD);
        upkeep(third).run();
        assertThat(generations.names()).containsExactly(FIRST, SECOND, THIRD, FOURTH);
    }

    @Test
    void shouldKeepWhatAnInputAfterTheOldestSnapshotNames() {
        snapshot(first, FIRST);
        snapshot(third, THIRD);
        final ConfigurationSwitches switches = new ConfigurationSwitches();
        switches.note(first, FIRST);
        switches.note(second, SECOND);
        switches.note(third, THIRD);
        assertThat(switches.since(second)).containsExactly(SECOND, THIRD);
        upkeep(third).run();
        assertThat(generations.names()).containsExactly(FIRST, SECOND, THIRD, FOURTH);
    }

    @Test
    void shouldRemoveWhatNothingNamesAndWhatWasNeverSwitchedTo() throws IOException {
        snapshot(third, THIRD);
        forgetTheQueue();
        append(InputKind.CONFIGURATION, FOURTH);
        upkeep(inputs.lastIndex()).run();
        assertThat(generations.names()).containsExactly(THIRD, FOURTH);
        assertThat(generations.open(FOURTH).revision()).isEqualTo(4);
    }

    @Test
    void shouldKeepWhatIsNewerThanWhatIsInUse() throws IOException {
        snapshot(second, SECOND);
        forgetTheQueue();
        append(InputKind.OPERATOR_COMMAND, "drain off");
        upkeep(inputs.lastIndex()).run();
        assertThat(generations.names()).as("an import may be about to switch").containsExactly(SECOND, THIRD, FOURTH);
    }

    @Test
    void shouldRemoveNothingBeforeThereIsASnapshot() {
        upkeep(third).run();
        assertThat(generations.names()).hasSize(4);
    }

    @Test
    void shouldTouchNothingWhenTheProcessEnds() throws IOException {
        snapshot(third, THIRD);
        forgetTheQueue();
        append(InputKind.CONFIGURATION, FOURTH);
        final Upkeep upkeep = upkeep(inputs.lastIndex());
        upkeep.close();
        upkeep.run();
        assertThat(generations.names()).containsExactly(FIRST, SECOND, THIRD, FOURTH);
        assertThat(data.resolve("config/switches")).doesNotExist();
    }

    @Test
    void shouldRememberSwitchesWithoutReadingTheJournalAgain() {
        snapshot(third, THIRD);
        upkeep(third).run();
        final ConfigurationSwitches read = new ConfigurationSwitches();
        assertThat(read.load(data.resolve("config/switches"))).isEqualTo(third);
        assertThat(read.since(second)).containsExactly(SECOND, THIRD);
    }

    /** As if every file of the queue had outlived its retention. */
    private void forgetTheQueue() throws IOException {
        close();
        try (var files = Files.list(data.resolve("inputs"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        open();
    }

    private Upkeep upkeep(final long recoveredIndex) {
        return new Upkeep(
                snapshots,
                inputs,
                generations,
                new ConfigurationSwitches(),
                data.resolve("config/switches"),
                recoveredIndex);
    }

    private long append(final InputKind kind, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final BatchWriter batch = new BatchWriter();
        batch.begin(1, 0, 0);
        batch.add((byte) kind.value(), (byte) 0, 0, 0, 0, 0, 0, new UnsafeBuffer(bytes), 0, bytes.length);
        batch.end();
        return inputs.append(batch.buffer(), 0, batch.length());
    }

    private void snapshot(final long inputIndex, final String generation) {
        final SnapshotWriter writer = snapshots.begin(
                new SnapshotHeader(InputBatchDecoder.SCHEMA_VERSION, inputIndex, 1, 0, 0, "test", generation));
        while (!writer.finish()) {
            Thread.onSpinWait();
        }
        while (writer.state() == SnapshotWriter.State.WRITING) {
            LockSupport.parkNanos(100_000);
        }
        assertThat(writer.state()).isEqualTo(SnapshotWriter.State.FINISHED);
    }
}
