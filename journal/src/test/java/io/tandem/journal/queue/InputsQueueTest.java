package io.tandem.journal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsQueueTest {
    private static final JournalSettings SETTINGS = JournalSettings.small();

    @TempDir
    Path directory;

    private final UnsafeBuffer batch = new UnsafeBuffer(new byte[4096]);

    @Test
    void shouldBeEmptyWhenNew() {
        try (InputsQueue queue = InputsQueue.open(directory, SETTINGS);
                InputsReader reader = queue.reader()) {
            assertThat(queue.lastIndex()).isEqualTo(InputsQueue.NONE);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldReadWhatWasAppended() {
        try (InputsQueue queue = InputsQueue.open(directory, SETTINGS);
                InputsReader reader = queue.reader()) {
            final long first = append(queue, 1, 700);
            final long second = append(queue, 2, 0);

            assertThat(second).isGreaterThan(first);
            assertThat(reader.next()).isTrue();
            assertThat(reader.index()).isEqualTo(first);
            assertBatch(reader, 1, 700);
            assertThat(reader.next()).isTrue();
            assertThat(reader.length()).isZero();
            assertThat(reader.next()).isFalse();

            final long third = append(queue, 3, 5);
            assertThat(reader.next()).isTrue();
            assertThat(reader.index()).isEqualTo(third);
        }
    }

    @Test
    void shouldRememberLastIndexAcrossReopen() {
        final long first;
        final long last;
        try (InputsQueue queue = InputsQueue.open(directory, SETTINGS)) {
            first = append(queue, 7, 100);
            last = append(queue, 8, 100);
        }
        try (InputsQueue queue = InputsQueue.open(directory, SETTINGS);
                InputsReader reader = queue.reader()) {
            assertThat(queue.lastIndex()).isEqualTo(last);
            final long next = append(queue, 9, 100);
            assertThat(next).isGreaterThan(last);

            assertThat(reader.moveTo(last)).isTrue();
            assertThat(reader.next()).isTrue();
            assertBatch(reader, 8, 100);
            assertThat(reader.next()).isTrue();
            assertBatch(reader, 9, 100);
            reader.toStart();
            assertThat(reader.next()).isTrue();
            assertThat(reader.index()).isEqualTo(first);
            assertThat(reader.moveTo(next + 1)).isFalse();
        }
    }

    @Test
    void shouldRefuseBatchLongerThanAQuarterBlock() {
        final UnsafeBuffer large = new UnsafeBuffer(new byte[SETTINGS.blockBytes() / 4]);
        try (InputsQueue queue = InputsQueue.open(directory, SETTINGS)) {
            assertThatThrownBy(() -> queue.append(large, 0, large.capacity()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith("document too long: bytes=262148 max=");
            assertThat(queue.lastIndex()).isEqualTo(InputsQueue.NONE);
        }
    }

    private long append(final InputsQueue queue, final int fill, final int length) {
        batch.setMemory(0, batch.capacity(), (byte) fill);
        return queue.append(batch, 0, length);
    }

    private static void assertBatch(final InputsReader reader, final int fill, final int length) {
        assertThat(reader.length()).isEqualTo(length);
        final byte[] copy = new byte[length];
        reader.buffer().getBytes(reader.offset(), copy);
        assertThat(copy).containsOnly((byte) fill);
    }
}
