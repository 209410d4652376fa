package io.tandem.perf.rig;

import java.net.InetSocketAddress;

/**
 * What the caller says, ready made: the INVITE is patched in four places, requests in the dialog are put together from
 * what the answer brought (remote target, route set, To).
 */
final class CallMessages {
    private static final int MESSAGE_BYTES_MAX = 4_096;
    private static final char ID_MARK = '#';
    private static final byte[] ACK = OutgoingMessage.ascii("ACK ");
    private static final byte[] BYE = OutgoingMessage.ascii("BYE ");
    private static final byte[] LINE_END = OutgoingMessage.ascii("\r\n");
    private static final byte[] ROUTE = OutgoingMessage.ascii("Route");
    private static final byte[] MAX_FORWARDS = OutgoingMessage.ascii("Max-Forwards: 70\r\n");
    private static final byte[] ACK_END = OutgoingMessage.ascii("CSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] BYE_END = OutgoingMessage.ascii("CSeq: 2 BYE\r\nContent-Length: 0\r\n\r\n");

    private final byte[] invite;
    private final int[] invitePatches;
    private final byte[] requestUri;
    private final byte[] viaStart;
    private final byte[] fromStart;
    private final byte[] callIdStart;
    private final byte[] callIdEnd;
    private final OutgoingMessage out = new OutgoingMessage(MESSAGE_BYTES_MAX);

    /** Makes the templates for a caller and a number at the server. */
    CallMessages(final InetSocketAddress caller, final InetSocketAddress target, final String number) {
        final String host = host(caller);
        final String hostPort = host + ':' + caller.getPort();
        final String uri = "sip:" + number + '@' + host(target) + ':' + target.getPort();
        final String body = "v=0\r\n"
                + "o=- 3959000000 3959000000 IN " + addressType(caller) + ' ' + bare(caller) + "\r\n"
                + "s=-\r\n"
                + "c=IN " + addressType(caller) + ' ' + bare(caller) + "\r\n"
                + "t=0 0\r\n"
                + "m=audio 40000 RTP/AVP 8 0 101\r\n"
                + "a=rtpmap:8 PCMA/8000\r\n"
                + "a=rtpmap:0 PCMU/8000\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\n"
                + "a=fmtp:101 0-15\r\n"
                + "a=ptime:20\r\n"
                + "a=sendrecv\r\n"
                + CallId.SESSION + "################\r\n";
        final String text = "INVITE " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + hostPort + ";branch=" + CallId.BRANCH + "i################\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:12025550100@" + hostPort + ">;tag=tbr################\r\n"
                + "To: <" + uri + ">\r\n"
                + "Call-ID: tb################@" + host + "\r\n"
                + "CSeq: 1 INVITE\r\n"
                + "Contact: <sip:rig@" + hostPort + ">\r\n"
                + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS\r\n"
                + "User-Agent: tandem-bench\r\n"
                + "Content-Type: application/sdp\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
        invitePatches = patches(text);
        invite = OutgoingMessage.ascii(text);
        requestUri = OutgoingMessage.ascii(uri);
        viaStart = OutgoingMessage.ascii(" SIP/2.0\r\nVia: SIP/2.0/UDP " + hostPort + ";branch=" + CallId.BRANCH);
        fromStart = OutgoingMessage.ascii("From: <sip:12025550100@" + hostPort + ">;tag=tbr");
        callIdStart = OutgoingMessage.ascii("Call-ID: tb");
        callIdEnd = OutgoingMessage.ascii("@" + host + "\r\n");
    }

    static String host(final InetSocketAddress address) {
        final String literal = bare(address);
        return literal.indexOf(':') < 0 ? literal : '[' + literal + ']';
    }

    static String bare(final InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }

    static String addressType(final InetSocketAddress address) {
        return bare(address).indexOf(':') < 0 ? "IP4" : "IP6";
    }

    private static int[] patches(final String text) {
        final int[] found = new int[4];
        int count = 0;
        for (int at = text.indexOf(ID_MARK); at >= 0; at = text.indexOf(ID_MARK, at)) {
            found[count++] = at;
            while (text.charAt(at) == ID_MARK) {
                at++;
            }
        }
        return found;
    }

    /** The INVITE of a call; valid until the next one. */
    byte[] invite(final long id) {
        for (final int at : invitePatches) {
            OutgoingMessage.patchId(invite, at, id);
        }
        return invite;
    }

    int inviteLength() {
        return invite.length;
    }

    /** The ACK to a 2xx, a transaction of its own (RFC 3261 section 13.2.2.4). */
    OutgoingMessage ackOfSuccess(final long id, final IncomingMessage answer) {
        return inDialog(ACK, 'a', id, answer).put(ACK_END);
    }

    /** The BYE after a 2xx. */
    OutgoingMessage bye(final long id, final IncomingMessage answer) {
        return inDialog(BYE, 'b', id, answer).put(BYE_END);
    }

    /** The ACK to any other final response, part of the INVITE's transaction (RFC 3261 section 17.1.1.3). */
    OutgoingMessage ackOfFailure(final long id, final IncomingMessage answer) {
        out.clear().put(ACK).put(requestUri);
        return head('i', id, answer).put(ACK_END);
    }

    private OutgoingMessage inDialog(
            final byte[] method, final char letter, final long id, final IncomingMessage answer) {
        out.clear().put(method);
        final int uriStart = answer.contactUriStart();
        if (uriStart == IncomingMessage.NONE) {
            out.put(requestUri);
        } else {
            out.put(answer.bytes, uriStart, answer.contactUriEnd());
        }
        return head(letter, id, answer);
    }

    private OutgoingMessage head(final char letter, final long id, final IncomingMessage answer) {
        out.put(viaStart).put((byte) letter).putId(id).put(LINE_END);
        if (letter != 'i') {
            for (int i = answer.recordRoutes.count - 1; i >= 0; i--) {
                out.put(ROUTE).put(answer.bytes, colon(answer, i), answer.recordRoutes.ends[i]);
            }
        }
        return out.put(MAX_FORWARDS)
                .put(fromStart)
                .putId(id)
                .put(LINE_END)
                .put(answer.bytes, answer.toStart, answer.toEnd)
                .put(callIdStart)
                .putId(id)
                .put(callIdEnd);
    }

    private static int colon(final IncomingMessage answer, final int recordRoute) {
        int at = answer.recordRoutes.starts[recordRoute];
        while (answer.bytes[at] != ':') {
            at++;
        }
        return at;
    }
}
