package io.tandem.routing.call;

import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.journal.record.ServerAnswerDecoder;
import io.tandem.journal.record.ServerAnswerEncoder;
import io.tandem.routing.effect.ServerQuestion;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * What came of a {@link ServerQuestion}: what {@code SERVER_ANSWER} inputs carry. Allocates.
 *
 * @param outcome of the flow's node: {@code default}, {@code error} or {@code timeout}.
 * @param found what {@link io.tandem.routing.flow.AnswerVariables#prune} left of the body; may be empty.
 */
public record ServerAnswer(
        int callSlot, long callSerial, long callProof, int ordinal, String outcome, String found) {

    /** The answer to a question. */
    public static ServerAnswer to(final ServerQuestion question, final String outcome, final String found) {
        return new ServerAnswer(
                question.callSlot(),
                question.callSerial(),
                question.callProof(),
                question.ordinal(),
                outcome,
                found);
    }

    /** Reads an input's bytes. */
    public static ServerAnswer decode(final DirectBuffer buffer, final int offset) {
        final ServerAnswerDecoder decoder = new ServerAnswerDecoder();
        decoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final byte[] outcome = new byte[decoder.outcomeLength()];
        decoder.getOutcome(outcome, 0, outcome.length);
        final byte[] found = new byte[decoder.foundLength()];
        decoder.getFound(found, 0, found.length);
        return new ServerAnswer(
                decoder.callSlot(),
                decoder.callSerial(),
                decoder.callProof(),
                decoder.ordinal(),
                new String(outcome, StandardCharsets.UTF_8),
                new String(found, StandardCharsets.UTF_8));
    }

    /** The input's bytes. */
    public byte[] encode() {
        final byte[] outcomeBytes = outcome.getBytes(StandardCharsets.UTF_8);
        final byte[] foundBytes = found.getBytes(StandardCharsets.UTF_8);
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256 + foundBytes.length);
        final ServerAnswerEncoder encoder = new ServerAnswerEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .callSlot(callSlot)
                .callSerial(callSerial)
                .callProof(callProof)
                .ordinal(ordinal)
                .putOutcome(outcomeBytes, 0, outcomeBytes.length)
                .putFound(foundBytes, 0, foundBytes.length);
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
