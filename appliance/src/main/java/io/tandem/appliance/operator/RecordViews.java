package io.tandem.appliance.operator;

import io.tandem.admin.view.CallRecordView;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Call records in the console's words. */
final class RecordViews {
    private RecordViews() {}

    static CallRecordView of(final io.tandem.appliance.record.CallRecordView record) {
        return new CallRecordView(
                Long.toString(record.callSerial()),
                record.direction(),
                record.accountId(),
                optional(record.numberId()),
                optional(record.userId()),
                optional(record.ingressTrunkId()),
                optional(record.egressTrunkId()),
                record.callerRaw(),
                record.callerPresented(),
                record.calledRaw(),
                record.calledPresented(),
                Instant.ofEpochMilli(record.startMs()),
                offset(record.startMs(), record.progressMs()),
                offset(record.startMs(), record.ringMs()),
                offset(record.startMs(), record.answerMs()),
                record.durationMs(),
                record.billableSec(),
                record.finalStatus(),
                record.q850Cause(),
                record.releasedBy(),
                record.stage(),
                record.rule(),
                record.cause(),
                record.revision(),
                record.inputIndex(),
                record.callerCallId(),
                optional(record.calleeCallId()),
                record.attempts().stream()
                        .map(attempt -> new CallRecordView.Attempt(
                                attempt.trunkId(),
                                attempt.peer(),
                                attempt.finalStatus(),
                                attempt.q850Cause(),
                                attempt.postDialDelayMs()))
                        .toList());
    }

    private static Optional<String> optional(final String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static OptionalLong offset(final long startMs, final OptionalLong moment) {
        return moment.isPresent() ? OptionalLong.of(moment.getAsLong() - startMs) : OptionalLong.empty();
    }
}
