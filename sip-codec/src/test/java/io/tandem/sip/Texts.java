package io.tandem.sip;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages and values as tests write them: text blocks, whose line ends become CRLF. */
final class Texts {
    static final String INVITE = """
            INVITE sip:bob@biloxi.example.com SIP/2.0
            Via: SIP/2.0/TCP client.atlanta.example.com:5060;branch=z9hG4bK74bf9
            Max-Forwards: 70
            From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl
            To: Bob <sip:bob@biloxi.example.com>
            Call-ID: 3848276298220188511@atlanta.example.com
            CSeq: 1 INVITE
            Contact: <sip:alice@client.atlanta.example.com;transport=tcp>
            Content-Type: application/sdp
            Content-Length: 3

            v=0""";

    private Texts() {}

    /** The octets of a text, as they are. */
    static UnsafeBuffer buffer(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The octets of a message written with LF. */
    static UnsafeBuffer message(final String text) {
        return buffer(text.replace("\n", "\r\n"));
    }

    static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
