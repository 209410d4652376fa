package io.tandem.appliance.record;

import io.tandem.journal.JournalSettings;
import io.tandem.journal.queue.RecordsReader;
import io.tandem.journal.record.CallRecordDecoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Reads call records beside the writer of the records queue. */
public final class RecordHistory {
    private RecordHistory() {}

    /** Hands over every call record, oldest first. */
    public static void forEach(
            final Path records, final JournalSettings settings, final Consumer<CallRecordView> consumer) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        try (RecordsReader reader = RecordsReader.open(records, settings)) {
            reader.toStart();
            while (reader.next()) {
                header.wrap(reader.buffer(), reader.offset());
                if (header.templateId() == CallRecordDecoder.TEMPLATE_ID) {
                    consumer.accept(CallRecordView.of(reader.buffer(), reader.offset()));
                }
            }
        }
    }

    /** The newest call records, newest first. */
    public static List<CallRecordView> newest(final Path records, final JournalSettings settings, final int limit) {
        final Deque<CallRecordView> kept = new ArrayDeque<>();
        forEach(records, settings, record -> {
            kept.addFirst(record);
            if (kept.size() > limit) {
                kept.removeLast();
            }
        });
        return new ArrayList<>(kept);
    }
}
