package io.tandem.routing.call;

import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.ReasonValue;
import io.tandem.sip.SipMessage;
import io.tandem.sip.ValueIterator;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Reason fields (RFC 3326): those of ours, and the Q.850 cause in those that come. */
final class Reasons {
    static final UnsafeBuffer NONE = new UnsafeBuffer(new byte[0]);

    /** On the CANCEL of an attempt that rang too long. */
    static final UnsafeBuffer RANG_TOO_LONG = field("SIP;cause=408;text=\"no answer\"");

    /** On the BYE to a callee that answered after the caller was gone. */
    static final UnsafeBuffer CALLER_GONE = field("SIP;cause=487;text=\"caller gave up\"");

    /** On the BYE to a further callee that answered. */
    static final UnsafeBuffer ANSWERED_ELSEWHERE = field("SIP;cause=200;text=\"Call completed elsewhere\"");

    /** On the BYEs of a call that reached its longest duration. */
    static final UnsafeBuffer TOO_LONG = field("Q.850;cause=31;text=\"longest call duration reached\"");

    /** On the BYEs of a call that nobody refreshed. */
    static final UnsafeBuffer SESSION_EXPIRED = field("Q.850;cause=102;text=\"session not refreshed\"");

    /** On the BYEs of a call whose caller never acknowledged the answer. */
    static final UnsafeBuffer NO_ACK = field("SIP;cause=408;text=\"no ACK\"");

    /** On the BYE to the other party when one party no longer answers. */
    static final UnsafeBuffer PEER_SILENT = field("Q.850;cause=102;text=\"other party does not answer\"");

    /** On the BYE to the other party when one party no longer knows the call. */
    static final UnsafeBuffer PEER_FORGOT = field("Q.850;cause=31;text=\"other party has lost the call\"");

    /** On the BYEs of a call in which an answer did not fit on the other side. */
    static final UnsafeBuffer TOO_LARGE = field("SIP;cause=513;text=\"answer too large\"");

    private static final byte[] SIP_CAUSE = ascii("Reason: SIP;cause=");
    private static final byte[] Q850_CAUSE = ascii("Reason: Q.850;cause=");
    private static final byte[] TEXT = ascii(";text=\"");
    private static final byte[] END = ascii("\"\r\n");
    private static final int Q850_MAX = 127;

    private final UnsafeBuffer copied = new UnsafeBuffer(new byte[2048]);
    private final MessageWriter copyWriter = new MessageWriter();
    private final ValueIterator values = new ValueIterator();
    private final ReasonValue value = new ReasonValue();
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[128]);

    /** Where {@link #write} takes its text from. */
    UnsafeBuffer text() {
        return text;
    }

    /** Writes a Reason field with the first bytes of {@link #text()}. */
    void write(final MessageWriter writer, final int status, final int q850, final int textLength) {
        if (q850 > 0) {
            writer.ascii(Q850_CAUSE).number(q850);
        } else {
            writer.ascii(SIP_CAUSE).number(status);
        }
        writer.ascii(TEXT).raw(text, 0, textLength).ascii(END);
    }

    /** Writes a Reason field that names a status and no more. */
    static void write(final MessageWriter writer, final int status) {
        writer.ascii(SIP_CAUSE).number(status).crlf();
    }

    /** Copies the Reason fields of a message to {@link #copied()}; returns their length, 0 when they are too long. */
    int copy(final SipMessage message) {
        copyWriter.wrap(copied, 0, copied.capacity()).fields(message, HeaderName.REASON);
        return copyWriter.overflowed() ? 0 : copyWriter.length();
    }

    /** What {@link #copy} copied. */
    UnsafeBuffer copied() {
        return copied;
    }

    /** The Q.850 cause that a message carries, or 0. */
    int q850(final SipMessage message) {
        values.reset(message, HeaderName.REASON);
        while (values.next()) {
            if (value.wrap(message.buffer(), values.valueOffset(), values.valueLength()) && value.isQ850()) {
                return value.cause() >= 0 && value.cause() <= Q850_MAX ? value.cause() : 0;
            }
        }
        return 0;
    }

    private static UnsafeBuffer field(final String value) {
        return new UnsafeBuffer(ascii("Reason: " + value + "\r\n"));
    }

    private static byte[] ascii(final String string) {
        return string.getBytes(StandardCharsets.US_ASCII);
    }
}
