package io.tandem.routing.transaction;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.AddressText;
import io.tandem.sip.HeaderName;
import io.tandem.sip.HostAddress;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Parameters;
import io.tandem.sip.SipMessage;
import io.tandem.sip.ViaValue;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the fields that begin every response to a request: Via with {@code received} and {@code rport} filled in (RFC
 * 3261 section 18.2.1, RFC 3581 section 4), Record-Route, From, Call-ID, CSeq and, last and without its line end, To. Also
 * tells where responses go (section 18.2.2). Core's thread only.
 *
 * <p>The refusal of a request that lacks one of them has something in its place, for no response is well formed without
 * (section 8.2.6.2): nobody's address, a Call-ID that is none, and CSeq with the request's method, by which together with
 * the branch its sender knows what is answered (section 17.1.3).
 */
final class ResponseHead {
    private static final byte[] RECEIVED = {';', 'r', 'e', 'c', 'e', 'i', 'v', 'e', 'd', '='};
    private static final byte[] RPORT = {'r', 'p', 'o', 'r', 't'};
    private static final byte[] NOBODY = ascii("<sip:anonymous@anonymous.invalid>");
    private static final byte[] NO_CALL_ID = ascii("missing@anonymous.invalid");
    private static final byte TLS = (byte) TransportKind.TLS.value();
    private static final int DEFAULT_PORT = 5060;
    private static final int DEFAULT_TLS_PORT = 5061;

    private final HostAddress hostAddress = new HostAddress();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[AddressText.BYTES_MAX]);

    /**
     * Writes the head.
     *
     * @return where, in the writer's buffer, the To field starts.
     */
    int write(final MessageWriter writer, final SipMessage request, final RequestKeys keys, final Peer source) {
        if (keys.isViaReadable()) {
            topVia(writer, request, keys, source);
        } else {
            field(writer, request, keys.viaHeader());
        }
        int header = request.next(HeaderName.VIA, keys.viaHeader());
        for (; header != SipMessage.NONE; header = request.next(HeaderName.VIA, header)) {
            field(writer, request, header);
        }
        writer.fields(request, HeaderName.RECORD_ROUTE);
        first(writer, request, HeaderName.FROM, NOBODY);
        first(writer, request, HeaderName.CALL_ID, NO_CALL_ID);
        if (keys.isCSeqReadable()) {
            field(writer, request, request.first(HeaderName.CSEQ));
        } else {
            writer.header(HeaderName.CSEQ)
                    .number(0)
                    .octet((byte) ' ')
                    .raw(request.buffer(), request.methodOffset(), request.methodLength())
                    .crlf();
        }
        final int toOffset = writer.position();
        final int to = request.first(HeaderName.TO);
        if (to != SipMessage.NONE) {
            final int fieldOffset = request.fieldOffset(to);
            writer.raw(request.buffer(), fieldOffset, request.valueOffset(to) + request.valueLength(to) - fieldOffset);
        } else {
            writer.header(HeaderName.TO).ascii(NOBODY);
        }
        return toOffset;
    }

    /** Sets where responses to the request go. */
    void destination(final RequestKeys keys, final SipMessage request, final Peer source, final Peer destination) {
        destination.set(source);
        if (!keys.isViaReadable()) {
            return;
        }
        final ViaValue via = keys.via();
        final int viaPort = via.port() != 0 ? via.port() : source.transport == TLS ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        if (source.isReliable()) {
            // used only if the connection is gone
            destination.port = viaPort;
            return;
        }
        if (via.maddrOffset() >= 0 && hostAddress.wrap(request.buffer(), via.maddrOffset(), via.maddrLength())) {
            destination.addressHigh = hostAddress.addressHigh();
            destination.addressLow = hostAddress.addressLow();
            destination.port = viaPort;
        } else if (!via.rportPresent()) {
            destination.port = viaPort;
        }
    }

    private void topVia(
            final MessageWriter writer, final SipMessage request, final RequestKeys keys, final Peer source) {
        final ViaValue via = keys.via();
        final int header = keys.viaHeader();
        final int start = request.fieldOffset(header);
        final int end = request.valueOffset(header) + request.valueLength(header);
        int copied = start;
        if (via.rportPresent() && via.rport() == 0) {
            final Parameters parameters = via.parameters();
            parameters.find(RPORT);
            final int equals = parameters.nameOffset() + parameters.nameLength();
            writer.raw(request.buffer(), copied, equals - copied)
                    .octet((byte) '=')
                    .number(source.port);
            copied = equals;
        }
        writer.raw(request.buffer(), copied, keys.viaEnd() - copied);
        if (via.receivedOffset() < 0 && (via.rportPresent() || !sentFromHost(request, via, source))) {
            writer.ascii(RECEIVED);
            address(writer, source);
        }
        writer.raw(request.buffer(), keys.viaEnd(), end - keys.viaEnd()).crlf();
    }

    private boolean sentFromHost(final SipMessage request, final ViaValue via, final Peer source) {
        return hostAddress.wrap(request.buffer(), via.hostOffset(), via.hostLength())
                && hostAddress.addressHigh() == source.addressHigh
                && hostAddress.addressLow() == source.addressLow;
    }

    private void address(final MessageWriter writer, final Peer source) {
        writer.raw(scratch, 0, AddressText.write(scratch, 0, source.addressHigh, source.addressLow));
    }

    private static void first(
            final MessageWriter writer, final SipMessage request, final HeaderName name, final byte[] standIn) {
        final int header = request.first(name);
        if (header != SipMessage.NONE) {
            field(writer, request, header);
        } else {
            writer.header(name, standIn);
        }
    }

    /** Copies a field; one that a bare CR or LF ended, in a request that is refused for it, gets the line end it lacks. */
    private static void field(final MessageWriter writer, final SipMessage request, final int header) {
        final DirectBuffer buffer = request.buffer();
        final int offset = request.fieldOffset(header);
        final int end = offset + request.fieldLength(header);
        if (buffer.getByte(end - 2) == '\r' && buffer.getByte(end - 1) == '\n') {
            writer.field(request, header);
        } else {
            writer.raw(buffer, offset, request.valueOffset(header) + request.valueLength(header) - offset)
                    .crlf();
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
