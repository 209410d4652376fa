package io.tandem.perf.rig;

import java.net.InetSocketAddress;

/** What the callee says: status line and end ready made, the rest copied from the request. */
final class AnswerMessages {
    private static final int MESSAGE_BYTES_MAX = 4_096;
    private static final byte[] CALLEE_TAG = OutgoingMessage.ascii(CallId.CALLEE_TAG);
    private static final byte[] LINE_END = OutgoingMessage.ascii("\r\n");
    private static final byte[] RINGING = OutgoingMessage.ascii("SIP/2.0 180 Ringing\r\n");
    private static final byte[] OK = OutgoingMessage.ascii("SIP/2.0 200 OK\r\n");
    private static final byte[] NOT_FOUND = OutgoingMessage.ascii("SIP/2.0 481 Call/Transaction Does Not Exist\r\n");
    private static final byte[] EMPTY = OutgoingMessage.ascii("Content-Length: 0\r\n\r\n");

    private final byte[] contact;
    private final byte[] description;
    private final OutgoingMessage out = new OutgoingMessage(MESSAGE_BYTES_MAX);

    AnswerMessages(final InetSocketAddress callee) {
        contact = OutgoingMessage.ascii(
                "Contact: <sip:rig@" + CallMessages.host(callee) + ':' + callee.getPort() + ">\r\n");
        final String body = "v=0\r\n"
                + "o=- 3959000001 3959000001 IN " + CallMessages.addressType(callee) + ' '
                + CallMessages.bare(callee) + "\r\n"
                + "s=-\r\n"
                + "c=IN " + CallMessages.addressType(callee) + ' ' + CallMessages.bare(callee) + "\r\n"
                + "t=0 0\r\n"
                + "m=audio 41000 RTP/AVP 8 101\r\n"
                + "a=rtpmap:8 PCMA/8000\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\n"
                + "a=fmtp:101 0-15\r\n"
                + "a=ptime:20\r\n"
                + "a=sendrecv\r\n";
        description = OutgoingMessage.ascii(
                "Content-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** 180 to an indexed INVITE; valid until the next message. */
    OutgoingMessage ringing(final IncomingMessage invite, final long id) {
        return head(RINGING, invite, id, true).put(contact).put(EMPTY);
    }

    /** 200 with an answer to an indexed INVITE. */
    OutgoingMessage answer(final IncomingMessage invite, final long id) {
        return head(OK, invite, id, true).put(contact).put(description);
    }

    /** 200 to any other indexed request. */
    OutgoingMessage ok(final IncomingMessage request) {
        return head(OK, request, 0, false).put(EMPTY);
    }

    /** 481 to an indexed request of a call that is over. */
    OutgoingMessage notFound(final IncomingMessage request) {
        return head(NOT_FOUND, request, 0, false).put(EMPTY);
    }

    private OutgoingMessage head(
            final byte[] statusLine, final IncomingMessage request, final long id, final boolean dialog) {
        final byte[] bytes = request.bytes;
        out.clear().put(statusLine);
        request.vias.copyTo(out, bytes);
        if (dialog) {
            request.recordRoutes.copyTo(out, bytes);
        }
        out.put(bytes, request.fromStart, request.fromEnd);
        if (request.hasToTag()) {
            out.put(bytes, request.toStart, request.toEnd);
        } else {
            out.put(bytes, request.toStart, request.toEnd - LINE_END.length)
                    .put(CALLEE_TAG)
                    .putId(id)
                    .put(LINE_END);
        }
        return out.put(bytes, request.callIdStart, request.callIdEnd).put(bytes, request.cSeqStart, request.cSeqEnd);
    }
}
