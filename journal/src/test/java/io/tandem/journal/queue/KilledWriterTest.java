package io.tandem.journal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.ChildProcess;
import io.tandem.journal.DataDirectory;
import io.tandem.journal.JournalException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KilledWriterTest {
    private static final int LIVES = 4;
    private static final int REPORTS_PER_LIFE = 40;

    @TempDir
    Path directory;

    @Test
    void shouldHoldEveryDocumentThatAKilledWriterAppended() throws Exception {
        long expected = -1;
        for (int life = 0; life < LIVES; life++) {
            try (ChildProcess writer = ChildProcess.start(EndlessWriter.class, directory.toString())) {
                long reported = writer.nextNumber();
                for (int i = 1; i < REPORTS_PER_LIFE; i++) {
                    reported = writer.nextNumber();
                }
                assertThatThrownBy(() -> DataDirectory.open(directory))
                        .isInstanceOf(JournalException.class)
                        .hasMessage("data directory is in use by another process: path=" + directory);
                reported = writer.kill(reported);
                assertThat(reported).isGreaterThan(expected);
                expected = verify(reported);
            }
        }
    }

    /** Every batch up to the last is there, whole and once; every record too, of batches that are there. */
    private long verify(final long reported) {
        final UnsafeBuffer wanted = new UnsafeBuffer(new byte[EndlessWriter.LENGTH_MAX]);
        try (DataDirectory data = DataDirectory.open(directory);
                InputsQueue inputs = InputsQueue.open(data.inputs(), EndlessWriter.SETTINGS);
                RecordsQueue records = RecordsQueue.open(data.records(), EndlessWriter.SETTINGS);
                InputsReader reader = inputs.reader();
                RecordsReader recordsReader = records.reader()) {
            long number = 0;
            long index = InputsQueue.NONE;
            boolean recordsMissing = false;
            while (reader.next()) {
                EndlessWriter.fill(wanted, number);
                final UnsafeBuffer batch = new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length());
                assertThat(batch).isEqualTo(new UnsafeBuffer(wanted, 0, EndlessWriter.length(number)));
                assertThat(reader.index()).isGreaterThan(index);
                index = reader.index();
                for (int ordinal = 0; number % 3 == 0 && ordinal < 2; ordinal++) {
                    recordsMissing |= !recordsReader.next();
                    if (recordsMissing) {
                        assertThat(recordsReader.next()).isFalse();
                    } else {
                        assertThat(recordsReader.inputIndex()).isEqualTo(index);
                        assertThat(recordsReader.ordinal()).isEqualTo(ordinal);
                        assertThat(recordsReader.buffer().getLong(recordsReader.offset()))
                                .isEqualTo(number);
                        assertThat(records.lastInputIndex()).isGreaterThanOrEqualTo(index);
                    }
                }
                number++;
            }
            assertThat(recordsReader.next()).isFalse();
            assertThat(inputs.lastIndex()).isEqualTo(index);
            assertThat(inputs.tornDocuments()).isZero();
            assertThat(number - 1).isGreaterThanOrEqualTo(reported);
            repairRecords(inputs, records);
            return number - 1;
        }
    }

    /** What recovery does: computes the records of the last input again and appends those that are not there. */
    private static void repairRecords(final InputsQueue inputs, final RecordsQueue records) {
        final long last = EndlessWriter.lastNumber(inputs);
        final UnsafeBuffer record = new UnsafeBuffer(new byte[Long.BYTES]);
        record.putLong(0, last);
        for (int ordinal = 0; last % 3 == 0 && ordinal < 2; ordinal++) {
            final boolean there = records.lastInputIndex() > inputs.lastIndex()
                    || (records.lastInputIndex() == inputs.lastIndex() && records.lastOrdinal() >= ordinal);
            if (!there) {
                records.append(record, 0, Long.BYTES, inputs.lastIndex(), ordinal);
            }
        }
    }
}
