package io.tandem.journal.queue;

import io.tandem.journal.DataDirectory;
import io.tandem.journal.JournalSettings;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends numbered batches and, for every third, a record until it is killed; says the number of every hundredth batch.
 * Continues behind what the queue holds.
 */
final class EndlessWriter {
    static final JournalSettings SETTINGS = JournalSettings.small();
    static final int LENGTH_MAX = 3_000;

    private EndlessWriter() {}

    public static void main(final String[] arguments) {
        final UnsafeBuffer batch = new UnsafeBuffer(new byte[LENGTH_MAX]);
        try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
                InputsQueue inputs = InputsQueue.open(data.inputs(), SETTINGS);
                RecordsQueue records = RecordsQueue.open(data.records(), SETTINGS)) {
            long number = inputs.lastIndex() == InputsQueue.NONE ? 0 : lastNumber(inputs) + 1;
            while (true) {
                fill(batch, number);
                final long index = inputs.append(batch, 0, length(number));
                if (number % 3 == 0) {
                    records.append(batch, 0, Long.BYTES, index, 0);
                    records.append(batch, 0, Long.BYTES, index, 1);
                }
                if (number % 100 == 0) {
                    System.out.println(number);
                }
                number++;
            }
        }
    }

    static long lastNumber(final InputsQueue inputs) {
        try (InputsReader reader = inputs.reader()) {
            reader.moveTo(inputs.lastIndex());
            reader.next();
            return reader.buffer().getLong(reader.offset());
        }
    }

    static int length(final long number) {
        return Long.BYTES + (int) (number * 7919 % (LENGTH_MAX - Long.BYTES));
    }

    static void fill(final UnsafeBuffer batch, final long number) {
        batch.setMemory(0, LENGTH_MAX, (byte) number);
        batch.putLong(0, number);
    }
}
