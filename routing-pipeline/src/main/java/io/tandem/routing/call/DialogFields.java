package io.tandem.routing.call;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.AddressText;
import io.tandem.routing.address.Listeners;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.HostAddress;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.NameAddr;
import io.tandem.sip.ReplacesValue;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import io.tandem.sip.ValueIterator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a dialog keeps of the messages that made it: route set, local and remote address, Call-ID and remote target (RFC
 * 3261 section 12.1), in one block; and where its requests go by that. Core's thread only.
 */
final class DialogFields {
    private static final byte[] TAG = {';', 't', 'a', 'g', '='};
    private static final int DEFAULT_PORT = 5060;
    private static final TransportKind[] TRANSPORTS = {TransportKind.UDP, TransportKind.TCP, TransportKind.TLS};
    private static final byte[][] TRANSPORT_WORDS = {
        word(TransportKind.UDP), word(TransportKind.TCP), word(TransportKind.TLS)
    };

    private final TransactionLayer layer;
    private final BlockStore blocks;
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final HostAddress hostAddress = new HostAddress();
    private final ValueIterator values = new ValueIterator();
    private final MessageWriter writer = new MessageWriter();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[BlockStore.BLOCK_BYTES_MAX / 2]);
    private final UnsafeBuffer hostText = new UnsafeBuffer(new byte[AddressText.BYTES_MAX + 2]);
    private final int[] routeOffsets = new int[64];
    private final int[] routeLengths = new int[64];
    private Listeners listeners;

    DialogFields(final TransactionLayer layer, final BlockStore blocks) {
        this.layer = layer;
        this.blocks = blocks;
    }

    void use(final Listeners newListeners) {
        listeners = newListeners;
    }

    // ---- out of messages -------------------------------------------------------------------------------------------

    /**
     * Sets fields, target and peer of a dialog towards the caller from its INVITE; our tag is the dialog's token. False
     * without room.
     *
     * @param caller where the INVITE came from.
     */
    boolean fillFromInvite(final Dialog dialog, final Peer caller, final SipMessage invite) {
        final DirectBuffer buffer = invite.buffer();
        beginFields();
        values.reset(invite, HeaderName.RECORD_ROUTE);
        while (values.next()) {
            route(buffer, values.valueOffset(), values.valueLength());
        }
        final int to = invite.first(HeaderName.TO);
        writer.header(HeaderName.FROM)
                .raw(buffer, invite.valueOffset(to), invite.valueLength(to))
                .ascii(TAG);
        layer.token(writer, Token.DIALOG, dialog);
        writer.crlf();
        remote(dialog, buffer, invite.first(HeaderName.FROM), invite);
        callId(dialog, buffer, invite);
        dialog.peer.set(caller);
        return endFields(dialog, invite);
    }

    /**
     * Sets fields, target and peer of a dialog towards a callee from a response to our INVITE; also when its 2xx confirms an
     * early dialog, for the route set of the 2xx counts (section 13.2.2.4). False without room, and nothing changed.
     *
     * @param invited where the INVITE went.
     */
    boolean fillFromResponse(final Dialog dialog, final Peer invited, final SipMessage response) {
        final DirectBuffer buffer = response.buffer();
        beginFields();
        routesReversed(response);
        final int from = response.first(HeaderName.FROM);
        writer.header(HeaderName.FROM)
                .raw(buffer, response.valueOffset(from), response.valueLength(from))
                .crlf();
        remote(dialog, buffer, response.first(HeaderName.TO), response);
        callId(dialog, buffer, response);
        dialog.peer.set(invited);
        return endFields(dialog, response);
    }

    /** An early dialog that a 2xx confirms: what the 2xx says of route set and target counts from now on. */
    void confirm(final Dialog dialog, final SipMessage response) {
        if (!contact(response)) {
            return;
        }
        final int targetOffset = dialog.targetOffset;
        final int remoteTagOffset = dialog.remoteTagOffset;
        final int callIdOffset = dialog.callIdOffset;
        if (!fillFromResponse(dialog, dialog.leg.peer, response)) {
            dialog.targetOffset = targetOffset;
            dialog.remoteTagOffset = remoteTagOffset;
            dialog.callIdOffset = callIdOffset;
            resolve(dialog);
        }
    }

    /** Takes a new remote target from the Contact of a target refresh (RFC 3261 section 12.2.1.2, 12.2.2). */
    void refreshTarget(final Dialog dialog, final SipMessage message) {
        if (!contact(message)) {
            return;
        }
        final DirectBuffer kept = blocks.buffer(dialog.fields);
        final int start = blocks.offset(dialog.fields);
        final int oldLength = blocks.length(dialog.fields) - dialog.targetOffset;
        if (same(
                dialog, dialog.targetOffset, oldLength, message.buffer(), nameAddr.uriOffset(), nameAddr.uriLength())) {
            return;
        }
        scratch.putBytes(0, kept, start, dialog.targetOffset);
        scratch.putBytes(dialog.targetOffset, message.buffer(), nameAddr.uriOffset(), nameAddr.uriLength());
        final int fresh = blocks.store(scratch, 0, dialog.targetOffset + nameAddr.uriLength());
        if (fresh == BlockStore.NO_BLOCK) {
            return;
        }
        blocks.free(dialog.fields);
        dialog.fields = fresh;
        resolve(dialog);
    }

    // ---- comparison ------------------------------------------------------------------------------------------------

    /** Whether Call-ID and remote tag of a dialog are those of a request. */
    boolean matches(final Dialog dialog, final SipMessage request, final NameAddr from) {
        final int header = request.first(HeaderName.CALL_ID);
        return hasRemoteTag(dialog, request.buffer(), from.tagOffset(), from.tagLength())
                && same(
                        dialog,
                        dialog.callIdOffset,
                        dialog.callIdLength,
                        request.buffer(),
                        request.valueOffset(header),
                        request.valueLength(header));
    }

    /** Whether Call-ID and remote tag of a dialog are those that its peer names. */
    boolean matches(final Dialog dialog, final DirectBuffer buffer, final ReplacesValue named) {
        return hasRemoteTag(dialog, buffer, named.fromTagOffset(), named.fromTagLength())
                && same(
                        dialog,
                        dialog.callIdOffset,
                        dialog.callIdLength,
                        buffer,
                        named.callIdOffset(),
                        named.callIdLength());
    }

    /** Whether a dialog has this remote tag; a negative offset is none. */
    boolean hasRemoteTag(final Dialog dialog, final DirectBuffer buffer, final int offset, final int length) {
        final int tagLength = offset < 0 ? 0 : length;
        return same(dialog, dialog.remoteTagOffset, dialog.remoteTagLength, buffer, offset, tagLength);
    }

    private boolean same(
            final Dialog dialog,
            final int at,
            final int atLength,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (atLength != length) {
            return false;
        }
        final DirectBuffer kept = blocks.buffer(dialog.fields);
        final int start = blocks.offset(dialog.fields) + at;
        for (int i = 0; i < length; i++) {
            if (kept.getByte(start + i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    // ---- parts -----------------------------------------------------------------------------------------------------

    private void beginFields() {
        writer.wrap(scratch, 0, scratch.capacity());
    }

    private void route(final DirectBuffer buffer, final int offset, final int length) {
        writer.header(HeaderName.ROUTE, buffer, offset, length);
    }

    private void routesReversed(final SipMessage response) {
        int count = 0;
        values.reset(response, HeaderName.RECORD_ROUTE);
        while (values.next() && count < routeOffsets.length) {
            routeOffsets[count] = values.valueOffset();
            routeLengths[count++] = values.valueLength();
        }
        while (--count >= 0) {
            route(response.buffer(), routeOffsets[count], routeLengths[count]);
        }
    }

    private void remote(final Dialog dialog, final DirectBuffer buffer, final int header, final SipMessage message) {
        final int offset = message.valueOffset(header);
        nameAddr.wrap(buffer, offset, message.valueLength(header));
        writer.ascii(HeaderName.TO.bytes()).octet((byte) ':').octet((byte) ' ');
        dialog.remoteTagLength = nameAddr.tagOffset() < 0 ? 0 : nameAddr.tagLength();
        dialog.remoteTagOffset = writer.position() + (nameAddr.tagOffset() < 0 ? 0 : nameAddr.tagOffset() - offset);
        writer.raw(buffer, offset, message.valueLength(header)).crlf();
    }

    private void callId(final Dialog dialog, final DirectBuffer buffer, final SipMessage message) {
        final int header = message.first(HeaderName.CALL_ID);
        writer.header(HeaderName.CALL_ID);
        dialog.callIdOffset = writer.position();
        dialog.callIdLength = message.valueLength(header);
        writer.raw(buffer, message.valueOffset(header), dialog.callIdLength).crlf();
    }

    private boolean endFields(final Dialog dialog, final SipMessage message) {
        dialog.targetOffset = writer.position();
        if (contact(message)) {
            writer.raw(message.buffer(), nameAddr.uriOffset(), nameAddr.uriLength());
        } else {
            fallbackTarget(dialog.peer);
        }
        if (writer.overflowed()) {
            return false;
        }
        final int filled = blocks.store(scratch, 0, writer.length());
        if (filled == BlockStore.NO_BLOCK) {
            return false;
        }
        blocks.free(dialog.fields);
        dialog.fields = filled;
        resolve(dialog);
        return true;
    }

    /** Reads the first Contact's URI into the name-addr view; false when there is none that can be used. */
    private boolean contact(final SipMessage message) {
        values.reset(message, HeaderName.CONTACT);
        return values.next() && nameAddr.wrap(message.buffer(), values.valueOffset(), values.valueLength());
    }

    /** A peer that gave no Contact is reached where it sent from. */
    private void fallbackTarget(final Peer peer) {
        writer.octet((byte) 's').octet((byte) 'i').octet((byte) 'p').octet((byte) ':');
        writer.raw(hostText, 0, AddressText.writeHost(hostText, 0, peer.addressHigh, peer.addressLow));
        writer.octet((byte) ':').number(peer.port);
    }

    /**
     * Sets where requests in the dialog go: the first route or the remote target when it is a literal address, else where
     * the peer sent from. A stream connection that is up is used in any case (RFC 5923).
     */
    private void resolve(final Dialog dialog) {
        final DirectBuffer buffer = blocks.buffer(dialog.fields);
        final int start = blocks.offset(dialog.fields);
        final int length = blocks.length(dialog.fields);
        boolean found = false;
        if (buffer.getByte(start) == 'R') {
            int end = start;
            while (buffer.getByte(end) != '\r') {
                end++;
            }
            final int valueOffset = start + HeaderName.ROUTE.bytes().length + 2;
            found = nameAddr.wrap(buffer, valueOffset, end - valueOffset)
                    && uri.wrap(buffer, nameAddr.uriOffset(), nameAddr.uriLength());
        }
        if (!found) {
            found = uri.wrap(buffer, start + dialog.targetOffset, length - dialog.targetOffset);
        }
        if (!found || !hostAddress.wrap(buffer, uri.hostOffset(), uri.hostLength())) {
            return;
        }
        final TransportKind transport = transport(uri, dialog.peer);
        final boolean ipv4 = AddressText.isIpv4(hostAddress.addressHigh(), hostAddress.addressLow());
        final int listener = listeners.find("", transport, ipv4, dialog.peer.listener);
        if (listener == Listeners.NONE) {
            return;
        }
        final long flow = transport.value() == dialog.peer.transport ? dialog.peer.flow : 0;
        dialog.peer.set(
                (byte) transport.value(),
                listener,
                flow,
                hostAddress.addressHigh(),
                hostAddress.addressLow(),
                uri.port() == 0 ? DEFAULT_PORT : uri.port());
    }

    private static TransportKind transport(final SipUri uri, final Peer peer) {
        for (int i = 0; i < TRANSPORTS.length; i++) {
            if (uri.transportOffset() >= 0 && isWord(uri, TRANSPORT_WORDS[i])) {
                return TRANSPORTS[i];
            }
        }
        return TransportKind.get(peer.transport);
    }

    private static boolean isWord(final SipUri uri, final byte[] lowerCase) {
        if (uri.transportLength() != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if ((uri.buffer().getByte(uri.transportOffset() + i) | 0x20) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] word(final TransportKind transport) {
        return transport.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
