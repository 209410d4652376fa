package io.tandem.appliance.record;

import io.tandem.journal.record.CallRecordDecoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.routing.address.AddressText;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.stage.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.DirectBuffer;

/**
 * A call record (D18). Times are ms since 1970 UTC, durations ms by the monotonic clock; an empty moment never came.
 *
 * @param billableSec whole seconds from answer to end, rounded up; 0 when not answered.
 * @param inputIndex  index of the turn, in the inputs queue, that ended the call.
 */
public record CallRecordView(
        long callSerial,
        String callerCallId,
        String calleeCallId,
        String accountId,
        String direction,
        String callerRaw,
        String callerPresented,
        String calledRaw,
        String calledPresented,
        String numberId,
        String userId,
        String ingressTrunkId,
        String egressTrunkId,
        long startMs,
        OptionalLong progressMs,
        OptionalLong ringMs,
        OptionalLong answerMs,
        long endMs,
        long durationMs,
        long billableSec,
        int finalStatus,
        int q850Cause,
        String releasedBy,
        String cause,
        String stage,
        String rule,
        long revision,
        long inputIndex,
        List<AttemptView> attempts) {

    private static final String[] DIRECTIONS = {"", "inbound", "outbound", "internal"};
    private static final String[] PARTIES = {"", "caller", "callee", "appliance"};

    /**
     * One attempt to reach a callee.
     *
     * @param postDialDelayMs from INVITE to the first sign of ringing or the answer.
     */
    public record AttemptView(
            String trunkId, String peer, int finalStatus, int q850Cause, OptionalLong postDialDelayMs) {}

    /** Reads a record that begins with its message header. */
    public static CallRecordView of(final DirectBuffer buffer, final int offset) {
        final CallRecordDecoder record = new CallRecordDecoder();
        record.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final long startMs = record.startMs();
        final long endOffsetMs = record.endOffsetMs();
        final long answerOffsetMs = record.answerOffsetMs();
        final List<AttemptView> attempts = new ArrayList<>();
        final long progressOffsetMs = record.progressOffsetMs();
        final long ringOffsetMs = record.ringOffsetMs();
        for (final CallRecordDecoder.AttemptsDecoder attempt : record.attempts()) {
            attempts.add(new AttemptView(
                    id(ResourceKind.TRUNKS, attempt.trunkHigh(), attempt.trunkLow()),
                    peer(attempt.addressHigh(), attempt.addressLow(), attempt.port()),
                    attempt.finalStatus(),
                    attempt.q850Cause(),
                    attempt.postDialDelayMs() < 0 ? OptionalLong.empty() : OptionalLong.of(attempt.postDialDelayMs())));
        }
        final String callerCallId = text(record.callerCallIdLength(), record::getCallerCallId);
        final String calleeCallId = text(record.calleeCallIdLength(), record::getCalleeCallId);
        final String callerRaw = text(record.callerRawLength(), record::getCallerRaw);
        final String callerPresented = text(record.callerPresentedLength(), record::getCallerPresented);
        final String calledRaw = text(record.calledRawLength(), record::getCalledRaw);
        final String calledPresented = text(record.calledPresentedLength(), record::getCalledPresented);
        final String cause = text(record.causeLength(), record::getCause);
        final Stage stage = Stage.ofCode(record.stage());
        final Rule rule = Rule.ofCode(record.rule());
        return new CallRecordView(
                record.callSerial(),
                callerCallId,
                calleeCallId,
                id(ResourceKind.ACCOUNTS, record.accountHigh(), record.accountLow()),
                word(DIRECTIONS, record.direction()),
                callerRaw,
                callerPresented,
                calledRaw,
                calledPresented,
                id(ResourceKind.NUMBERS, record.numberHigh(), record.numberLow()),
                (record.userHigh() | record.userLow()) == 0
                        ? ""
                        : new ResourceId(record.userHigh(), record.userLow()).prefixed("us_"),
                id(ResourceKind.TRUNKS, record.ingressTrunkHigh(), record.ingressTrunkLow()),
                id(ResourceKind.TRUNKS, record.egressTrunkHigh(), record.egressTrunkLow()),
                startMs,
                moment(startMs, progressOffsetMs),
                moment(startMs, ringOffsetMs),
                moment(startMs, answerOffsetMs),
                startMs + endOffsetMs,
                endOffsetMs,
                answerOffsetMs < 0 ? 0 : (endOffsetMs - answerOffsetMs + 999) / 1000,
                record.finalStatus(),
                record.q850Cause(),
                word(PARTIES, record.releasedBy()),
                cause,
                stage == null ? "" : stage.word(),
                rule == null ? "" : rule.word(),
                record.revision(),
                record.inputIndex(),
                List.copyOf(attempts));
    }

    @FunctionalInterface
    private interface Field {
        int get(byte[] destination, int offset, int length);
    }

    private static String text(final int length, final Field field) {
        final byte[] bytes = new byte[length];
        field.get(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String id(final ResourceKind kind, final long high, final long low) {
        return (high | low) == 0 ? "" : new ResourceId(high, low).prefixed(kind);
    }

    private static String peer(final long high, final long low, final int port) {
        return AddressText.host(high, low) + ":" + port;
    }

    private static OptionalLong moment(final long startMs, final long offsetMs) {
        return offsetMs < 0 ? OptionalLong.empty() : OptionalLong.of(startMs + offsetMs);
    }

    private static String word(final String[] words, final int code) {
        return code < words.length ? words[code] : Integer.toString(code);
    }
}
