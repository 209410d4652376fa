package io.tandem.appliance.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.queue.InputsQueue;
import io.tandem.journal.queue.InputsReader;
import io.tandem.journal.record.InputBatchDecoder;
import io.tandem.journal.record.InputBatchEncoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.journal.record.TransportKind;
import io.tandem.journal.snapshot.SnapshotHeader;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.journal.snapshot.SnapshotWriter;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.core.Restart;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.stage.StageClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlaybackStartTest {
    private static final byte[] COMMAND = "drain on".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path data;

    private InputsQueue inputs;
    private SnapshotStore snapshots;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(data.resolve("inputs"));
        Files.createDirectory(data.resolve("snapshots"));
        inputs = InputsQueue.open(data.resolve("inputs"), JournalSettings.small());
        snapshots = SnapshotStore.open(data.resolve("snapshots"), JournalSettings.small());
    }

    @AfterEach
    void close() {
        snapshots.close();
        inputs.close();
    }

    @Test
    void shouldPlayFromTheBeginningWhereThereIsOne() {
        final long first = append(InputKind.RESTARTED, restart(1));
        final long second = append(InputKind.OPERATOR_COMMAND, COMMAND);
        snapshot(second, 1);
        final Core core = core();
        try (InputsReader reader = inputs.reader()) {
            assertThat(PlaybackStart.take(core, reader, data.resolve("snapshots")))
                    .isEqualTo(PlaybackStart.BEGINNING);
            assertThat(reader.next()).isTrue();
            assertThat(reader.index()).isEqualTo(first);
            assertThat(core.epoch()).isZero();
        }
    }

    @Test
    void shouldPlayFromTheOldestSnapshotWhenTheBeginningHasGone() {
        snapshot(1, 4);
        final long first = append(InputKind.RESTARTED, restart(5));
        final long second = append(InputKind.OPERATOR_COMMAND, COMMAND);
        snapshot(first, 5);
        final Core core = core();
        try (InputsReader reader = inputs.reader()) {
            assertThat(PlaybackStart.take(core, reader, data.resolve("snapshots")))
                    .as("the snapshot before what is left is of no use")
                    .isEqualTo(first);
            assertThat(core.epoch()).isEqualTo(5);
            assertThat(reader.next()).isTrue();
            assertThat(reader.index()).isEqualTo(second);
        }
    }

    @Test
    void shouldSayThatNoSnapshotReachesIntoWhatIsLeft() {
        append(InputKind.OPERATOR_COMMAND, COMMAND);
        try (InputsReader reader = inputs.reader()) {
            assertThatThrownBy(() -> PlaybackStart.take(core(), reader, data.resolve("snapshots")))
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith("journal cannot be played: its beginning has gone and no snapshot reaches"
                            + " into what is left: firstIndex=0x");
        }
    }

    @Test
    void shouldPlayNothingOfAnEmptyJournal() {
        try (InputsReader reader = inputs.reader()) {
            assertThat(PlaybackStart.take(core(), reader, data.resolve("snapshots")))
                    .isEqualTo(PlaybackStart.BEGINNING);
            assertThat(reader.next()).isFalse();
        }
    }

    private static byte[] restart(final long epoch) {
        return Restart.unjournaled(epoch, 0, 0, CoreSettings.of(List.of())).encode();
    }

    private static Core core() {
        return new Core(
                new CoreKeys(new byte[32]),
                name -> InMemoryConfiguration.empty(),
                new Effects(1 << 20),
                StageClock.NONE,
                (index, error) -> {});
    }

    private long append(final InputKind kind, final byte[] payload) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final InputBatchEncoder batch = new InputBatchEncoder();
        batch.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .epoch(1)
                .nowNs(0)
                .wallMs(0)
                .inputsCount(1)
                .next()
                .kind(kind)
                .transport(TransportKind.NULL_VAL)
                .listener(0)
                .port(0)
                .flow(0)
                .addressHigh(0)
                .addressLow(0)
                .putPayload(payload, 0, payload.length);
        return inputs.append(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + batch.encodedLength());
    }

    /** A snapshot of an empty core in some life. */
    private void snapshot(final long inputIndex, final long epoch) {
        final Core core = core();
        final byte[] restart = restart(epoch);
        core.beginTurn(inputIndex, 0, 0);
        core.onInput(
                (byte) InputKind.RESTARTED.value(),
                (byte) 0,
                0,
                0,
                0,
                0,
                0,
                new UnsafeBuffer(restart),
                0,
                restart.length,
                null);
        core.endTurn();
        final SnapshotWriter writer = snapshots.begin(
                new SnapshotHeader(InputBatchDecoder.SCHEMA_VERSION, inputIndex, epoch, 0, 0, "test", ""));
        core.beginSnapshot((buffer, offset, length) ->
                assertThat(writer.append(buffer, offset, length)).isTrue());
        boolean whole = false;
        while (!whole) {
            whole = core.writeSnapshot(1_000);
        }
        while (!writer.finish()) {
            Thread.onSpinWait();
        }
        while (writer.state() == SnapshotWriter.State.WRITING) {
            LockSupport.parkNanos(100_000);
        }
    }
}
