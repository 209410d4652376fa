package io.tandem.perf.jmh;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages of the size and shape that carriers send. */
final class SampleMessages {
    private static final String DESCRIPTION = """
            v=0
            o=sbc 20518 20518 IN IP4 192.0.2.17
            s=-
            c=IN IP4 192.0.2.17
            t=0 0
            m=audio 31284 RTP/AVP 8 0 18 101
            a=rtpmap:8 PCMA/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:18 G729/8000
            a=fmtp:18 annexb=no
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            a=maxptime:40
            a=sendrecv
            """;

    private static final String INVITE_HEAD = """
            INVITE sip:12025550123@203.0.113.7:5060;user=phone SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.17:5060;branch=z9hG4bK+3cf2ac87f0b8c1f7b4b1d5d3ad5b3d7a1+sbc1+1;rport
            Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK0b1a77e5d1;received=198.51.100.9
            Max-Forwards: 67
            From: "Alice Example" <sip:+12025550100@192.0.2.17:5060;user=phone>;tag=192.0.2.17+1+5f2b0+8c1f7b4b
            To: <sip:+12025550123@203.0.113.7:5060;user=phone>
            Call-ID: 0gQAAC8WAAACBAAALxYAAKx3lDzDvvZpHqWpXnsnkA@192.0.2.17
            CSeq: 102 INVITE
            Contact: <sip:+12025550100@192.0.2.17:5060;transport=udp>
            Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER
            Supported: 100rel, timer, replaces
            Session-Expires: 1800;refresher=uac
            Min-SE: 90
            P-Asserted-Identity: "Alice Example" <sip:+12025550100@192.0.2.17;user=phone>
            Privacy: none
            User-Agent: Border/7.4
            Content-Type: application/sdp
            """;

    private static final String SUCCESS_HEAD = """
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP 203.0.113.7:5060;branch=z9hG4bK00000000aa0f3c7d91e2
            From: "Alice Example" <sip:+12025550100@203.0.113.7:5060>;tag=00000000bb1e4d8ea2f3
            To: <sip:+12025550123@198.51.100.30:5060>;tag=as2d7f9c1e
            Call-ID: 00000000cc2d5e9fb304@203.0.113.7
            CSeq: 1 INVITE
            Contact: <sip:12025550123@198.51.100.30:5060>
            Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE
            Supported: replaces, timer
            Server: PBX 20.4
            Content-Type: application/sdp
            """;

    private SampleMessages() {}

    static UnsafeBuffer invite() {
        return wire(INVITE_HEAD);
    }

    static UnsafeBuffer success() {
        return wire(SUCCESS_HEAD);
    }

    private static UnsafeBuffer wire(final String head) {
        final String body = DESCRIPTION.replace("\n", "\r\n");
        final String message = head.replace("\n", "\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        return new UnsafeBuffer(message.getBytes(StandardCharsets.US_ASCII));
    }
}
