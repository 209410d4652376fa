package io.tandem.journal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SnapshotStoreTest {
    private static final JournalSettings SETTINGS = JournalSettings.small().withSnapshotsKept(2);

    @TempDir
    Path directory;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1 << 20]);

    @Test
    void shouldReadWhatWasWritten() {
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            assertThat(store.latest()).isEmpty();
            assertThat(store.oldestInputIndex()).isEqualTo(SnapshotStore.NONE);
            write(store, 77, 1_000);
            try (SnapshotReader reader = store.latest().orElseThrow()) {
                assertThat(reader.header()).isEqualTo(header(77));
                assertThat(reader.count()).isEqualTo(1_000);
                for (int i = 0; i < 1_000; i++) {
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.length()).isEqualTo(8 + i);
                    assertThat(reader.buffer().getLong(reader.offset())).isEqualTo(i);
                }
                assertThat(reader.next()).isFalse();
                assertThat(reader.next()).isFalse();
            }
            assertThat(store.oldestInputIndex()).isEqualTo(77);
            assertThat(store.generationsNeeded()).containsExactly("g77");
        }
    }

    @Test
    void shouldTakeMessagesLargerThanTheOutputInOneAndRefuseNothingWhenRetried() {
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            final SnapshotWriter writer = store.begin(header(1));
            int refused = 0;
            for (int i = 0; i < 64; i++) {
                message.putLong(0, i);
                while (!writer.append(message, 0, writer.messageLengthMax())) {
                    refused++;
                    Thread.onSpinWait();
                }
            }
            assertThat(refused)
                    .as("64 messages of an eighth of the ring cannot all fit at once")
                    .isPositive();
            complete(writer);
            try (SnapshotReader reader = store.latest().orElseThrow()) {
                for (int i = 0; i < 64; i++) {
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.length()).isEqualTo(writer.messageLengthMax());
                    assertThat(reader.buffer().getLong(0)).isEqualTo(i);
                }
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void shouldKeepTheNewestOnly() throws IOException {
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            for (int index = 1; index <= 4; index++) {
                write(store, index, 1);
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("0000000000000003.snapshot", "0000000000000004.snapshot");
        }
    }

    @Test
    void shouldNameTheGenerationsNeededByHeadersAlone() throws IOException {
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            write(store, 1, 100);
            write(store, 2, 100);
            final Path newest = directory.resolve("0000000000000002.snapshot");
            flip(newest, (int) Files.size(newest) - 1);
            assertThat(store.generationsNeeded()).containsExactly("g2", "g1");
            flip(newest, 0);
            assertThat(store.generationsNeeded()).containsExactly("g1");
        }
    }

    @Test
    void shouldFallBackToOlderWhenNewestIsDamaged() throws IOException {
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            write(store, 1, 100);
            write(store, 2, 100);
            final Path newest = directory.resolve("0000000000000002.snapshot");
            final byte[] whole = Files.readAllBytes(newest);
            for (int at = 0; at < whole.length; at += 97) {
                flip(newest, at);
                try (SnapshotReader reader = store.latest().orElseThrow()) {
                    assertThat(reader.header().inputIndex())
                            .as("byte %d flipped", at)
                            .isEqualTo(1);
                }
                assertThat(store.damaged()).hasSize(1);
                assertThat(store.damaged().getFirst()).startsWith("snapshot").contains("0000000000000002");
                flip(newest, at);
            }
            for (int length = 0; length < whole.length; length += 101) {
                Files.write(newest, Arrays.copyOf(whole, length));
                try (SnapshotReader reader = store.latest().orElseThrow()) {
                    assertThat(reader.header().inputIndex())
                            .as("cut to %d", length)
                            .isEqualTo(1);
                }
            }
            Files.write(newest, whole);
            try (SnapshotReader reader = store.latest().orElseThrow()) {
                assertThat(reader.header().inputIndex()).isEqualTo(2);
            }
            assertThat(store.damaged()).isEmpty();
            try (SnapshotReader reader = store.latestBefore(1).orElseThrow()) {
                assertThat(reader.header().inputIndex()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldIgnoreAndRemoveUnfinishedFiles() throws IOException {
        final Path unfinished = directory.resolve("0000000000000009.snapshot.new");
        Files.write(unfinished, new byte[10]);
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            assertThat(store.latest()).isEmpty();
        }
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void shouldLeaveNothingWhenAbandonedAndBeginAgain() throws IOException {
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            final SnapshotWriter abandoned = store.begin(header(1));
            append(abandoned, 5);
            abandoned.abandon();
            await(abandoned, SnapshotWriter.State.FAILED);
            assertThat(abandoned.failure()).startsWith("snapshot was abandoned");
            assertThat(abandoned.append(message, 0, 8)).isTrue();
            assertThat(abandoned.finish()).isTrue();
            try (var files = Files.list(directory)) {
                assertThat(files).isEmpty();
            }
            write(store, 2, 3);
            try (SnapshotReader reader = store.latest().orElseThrow()) {
                assertThat(reader.count()).isEqualTo(3);
            }
        }
    }

    @Test
    void shouldRefuseSecondSnapshotAtATime() {
        try (SnapshotStore store = SnapshotStore.open(directory, SETTINGS)) {
            final SnapshotWriter first = store.begin(header(1));
            assertThatThrownBy(() -> store.begin(header(2)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("another is being written");
            complete(first);
            complete(store.begin(header(2)));
        }
    }

    @Test
    void shouldFailWhenDirectoryIsGone() throws IOException {
        final Path gone = Files.createDirectory(directory.resolve("gone"));
        try (SnapshotStore store = SnapshotStore.open(gone, SETTINGS)) {
            Files.delete(gone);
            final SnapshotWriter writer = store.begin(header(1));
            await(writer, SnapshotWriter.State.FAILED);
            assertThat(writer.failure()).contains("gone");
        }
    }

    private static SnapshotHeader header(final long inputIndex) {
        return new SnapshotHeader(1, inputIndex, 0xFFFF_FFFFL, 5, 6, "build-7", "g" + inputIndex);
    }

    private void write(final SnapshotStore store, final long inputIndex, final int count) {
        final SnapshotWriter writer = store.begin(header(inputIndex));
        for (int i = 0; i < count; i++) {
            append(writer, i);
        }
        complete(writer);
    }

    private void append(final SnapshotWriter writer, final int i) {
        message.putLong(0, i);
        while (!writer.append(message, 0, 8 + i)) {
            Thread.onSpinWait();
        }
    }

    private static void complete(final SnapshotWriter writer) {
        while (!writer.finish()) {
            Thread.onSpinWait();
        }
        await(writer, SnapshotWriter.State.FINISHED);
    }

    private static void await(final SnapshotWriter writer, final SnapshotWriter.State wanted) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (writer.state() != wanted) {
            assertThat(System.nanoTime())
                    .as("state %s, failure '%s'", writer.state(), writer.failure())
                    .isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
    }

    private static void flip(final Path file, final long position) throws IOException {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(position);
            final int old = raf.read();
            raf.seek(position);
            raf.write(old ^ 0x10);
        }
    }
}
