package io.tandem.routing.transaction;

import io.tandem.routing.store.BlockStore;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import org.agrona.DirectBuffer;

/**
 * Writes the requests that follow an INVITE to its next hop under its branch, from the copy that was kept of it: CANCEL
 * (RFC 3261 section 9.1) and the ACK of a 300-699 (section 17.1.1.3). Core's thread only.
 */
final class HopByHopRequests {
    private static final int MAX_FORWARDS = 70;

    private final BlockStore blocks;
    private final SipMessage kept = new SipMessage(SipLimits.WIDEST);

    HopByHopRequests(final BlockStore blocks) {
        this.blocks = blocks;
    }

    /** Writes the CANCEL, with whole Reason fields where there are any. */
    void cancel(
            final MessageWriter writer,
            final InviteClientTransaction invite,
            final DirectBuffer reasons,
            final int offset,
            final int length) {
        begin(writer, invite, Method.CANCEL);
        writer.fields(kept, HeaderName.FROM).fields(kept, HeaderName.TO);
        identity(writer, invite, Method.CANCEL);
        if (length > 0) {
            writer.raw(reasons, offset, length);
        }
        writer.contentLength(0);
    }

    /** Writes the ACK, whose To is that of the response. */
    void ack(final MessageWriter writer, final InviteClientTransaction invite, final SipMessage response) {
        begin(writer, invite, Method.ACK);
        writer.fields(kept, HeaderName.FROM).fields(response, HeaderName.TO);
        identity(writer, invite, Method.ACK);
        writer.contentLength(0);
    }

    private void begin(final MessageWriter writer, final InviteClientTransaction invite, final Method method) {
        final int block = invite.message;
        final Problem problem = kept.wrap(blocks.buffer(block), blocks.offset(block), blocks.length(block));
        if (problem != Problem.NONE) {
            throw new IllegalStateException("our own INVITE does not parse: problem=" + problem);
        }
        writer.requestLine(method, kept.buffer(), kept.uriOffset(), kept.uriLength())
                .fields(kept, HeaderName.VIA)
                .header(HeaderName.MAX_FORWARDS, MAX_FORWARDS)
                .fields(kept, HeaderName.ROUTE);
    }

    private void identity(final MessageWriter writer, final InviteClientTransaction invite, final Method method) {
        writer.fields(kept, HeaderName.CALL_ID)
                .header(HeaderName.CSEQ)
                .number(invite.cSeq)
                .octet((byte) ' ')
                .ascii(method.bytes())
                .crlf();
    }
}
