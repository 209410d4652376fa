package io.tandem.journal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsQueueTest {
    private static final JournalSettings SETTINGS = JournalSettings.small();

    @TempDir
    Path directory;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[100]);

    @Test
    void shouldKeepKeyAndBody() {
        try (RecordsQueue queue = RecordsQueue.open(directory, SETTINGS);
                RecordsReader reader = queue.reader()) {
            assertThat(queue.lastInputIndex()).isEqualTo(RecordsQueue.NONE);
            assertThat(queue.lastOrdinal()).isEqualTo(-1);
            record.putInt(40, 4711);
            queue.append(record, 40, 60, 0x7766_5544_3322L, 9);
            assertThat(reader.next()).isTrue();
            assertThat(reader.inputIndex()).isEqualTo(0x7766_5544_3322L);
            assertThat(reader.ordinal()).isEqualTo(9);
            assertThat(reader.length()).isEqualTo(60);
            assertThat(reader.buffer().getInt(reader.offset())).isEqualTo(4711);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldTellTheLastKeyAfterReopenAndRefuseWhatIsThere() {
        try (RecordsQueue queue = RecordsQueue.open(directory, SETTINGS)) {
            queue.append(record, 0, 8, 5, 0);
            queue.append(record, 0, 8, 5, 1);
            queue.append(record, 0, 8, 9, 0);
        }
        try (RecordsQueue queue = RecordsQueue.open(directory, SETTINGS);
                RecordsReader reader = queue.reader()) {
            assertThat(queue.lastInputIndex()).isEqualTo(9);
            assertThat(queue.lastOrdinal()).isZero();
            for (final long[] key : new long[][] {{9, 0}, {5, 2}, {8, 100}}) {
                assertThatThrownBy(() -> queue.append(record, 0, 8, key[0], (int) key[1]))
                        .isInstanceOf(JournalException.class)
                        .hasMessageStartingWith("record out of order: inputIndex=0x" + key[0] + " ordinal=" + key[1]);
            }
            queue.append(record, 0, 8, 9, 1);
            int count = 0;
            while (reader.next()) {
                count++;
            }
            assertThat(count).isEqualTo(4);
        }
    }

    @Test
    void shouldFindTheRecordsOfAnInput() {
        try (RecordsQueue queue = RecordsQueue.open(directory, SETTINGS);
                RecordsReader reader = queue.reader()) {
            assertThat(reader.moveToInput(0)).isFalse();
            for (int input = 10; input < 200; input += 10) {
                queue.append(record, 0, 8, input, 0);
                queue.append(record, 0, 8, input, 1);
            }
            for (int input = 1; input < 190; input++) {
                assertThat(reader.moveToInput(input)).isTrue();
                assertThat(reader.next()).isTrue();
                assertThat(reader.inputIndex()).isEqualTo((input + 9L) / 10 * 10);
                assertThat(reader.ordinal()).isZero();
            }
            assertThat(reader.moveToInput(191)).isFalse();
        }
    }

    @Test
    void shouldReadWithoutOwning() {
        assertThatThrownBy(() -> RecordsReader.open(directory, SETTINGS))
                .isInstanceOf(JournalException.class)
                .hasMessage("queue does not exist: path=" + directory);
        try (RecordsQueue queue = RecordsQueue.open(directory, SETTINGS)) {
            queue.append(record, 0, 8, 5, 0);
            try (RecordsReader reader = RecordsReader.open(directory, SETTINGS)) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.inputIndex()).isEqualTo(5);
            }
        }
    }
}
