package io.tandem.routing.call;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.AddressText;
import io.tandem.routing.address.Listeners;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.RequestKeys;
import io.tandem.sip.HeaderName;
import io.tandem.sip.HostAddress;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.NameAddr;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import io.tandem.sip.ValueIterator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes, finds, changes and frees dialogs (RFC 3261 section 12.1, 12.2). Core's thread only. */
final class Dialogs {
    /** Early dialogs that one leg may have: more are not passed on. */
    static final int DIALOGS_PER_LEG_MAX = 8;

    private static final byte[] TAG = {';', 't', 'a', 'g', '='};
    private static final int DEFAULT_PORT = 5060;
    private static final TransportKind[] TRANSPORTS = {TransportKind.UDP, TransportKind.TCP, TransportKind.TLS};
    private static final byte[][] TRANSPORT_WORDS = {
        word(TransportKind.UDP), word(TransportKind.TCP), word(TransportKind.TLS)
    };

    private final Exchange exchange;
    private final SlotTable<Dialog> table;
    private final BlockStore blocks;
    private final Token token = new Token();
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

    Dialogs(final Exchange exchange, final SlotTable<Dialog> table, final BlockStore blocks) {
        this.exchange = exchange;
        this.table = table;
        this.blocks = blocks;
    }

    void use(final Listeners newListeners) {
        listeners = newListeners;
    }

    SlotTable<Dialog> table() {
        return table;
    }

    // ---- making ----------------------------------------------------------------------------------------------------

    /**
     * The dialog towards the caller that an INVITE may become (RFC 3261 section 12.1.1), or null when there is no room.
     *
     * @param invite the caller's INVITE.
     */
    Dialog newCallerDialog(final Leg leg, final SipMessage invite) {
        final Dialog dialog = take(leg);
        if (dialog == null) {
            return null;
        }
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
        exchange.layer.token(writer, Token.DIALOG, dialog);
        writer.crlf();
        remote(dialog, buffer, invite.first(HeaderName.FROM), invite);
        callId(dialog, buffer, invite);
        peer(dialog, leg.peer);
        if (!endFields(dialog, invite)) {
            discard(dialog);
            return null;
        }
        dialog.remoteCSeq = leg.call.inviteIn.cSeq();
        return dialog;
    }

    /** The dialog towards a callee that a response to our INVITE makes (section 12.1.2), or null when there is no room. */
    Dialog newCalleeDialog(final Leg leg, final SipMessage response) {
        final Dialog dialog = take(leg);
        if (dialog == null) {
            return null;
        }
        if (!fill(dialog, leg.peer, response)) {
            discard(dialog);
            return null;
        }
        dialog.localCSeq = Math.max(leg.invite.cSeq(), leg.cSeqMax);
        dialog.inviteOut = leg.invite;
        return dialog;
    }

    /**
     * Sets fields, target and peer of a dialog towards a callee from a response to our INVITE; also when its 2xx confirms an
     * early dialog, for the route set of the 2xx counts (section 13.2.2.4). False without room, and nothing changed.
     *
     * @param invited where the INVITE went.
     */
    boolean fill(final Dialog dialog, final Peer invited, final SipMessage response) {
        final DirectBuffer buffer = response.buffer();
        beginFields();
        routesReversed(response);
        final int from = response.first(HeaderName.FROM);
        writer.header(HeaderName.FROM)
                .raw(buffer, response.valueOffset(from), response.valueLength(from))
                .crlf();
        remote(dialog, buffer, response.first(HeaderName.TO), response);
        callId(dialog, buffer, response);
        peer(dialog, invited);
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
        if (!fill(dialog, dialog.leg.peer, response)) {
            dialog.targetOffset = targetOffset;
            dialog.remoteTagOffset = remoteTagOffset;
            dialog.callIdOffset = callIdOffset;
            resolve(dialog);
        }
    }

    private Dialog take(final Leg leg) {
        if (leg.dialogCount >= DIALOGS_PER_LEG_MAX) {
            return null;
        }
        final Dialog dialog = table.take();
        if (dialog == null) {
            return null;
        }
        dialog.leg = leg;
        dialog.counterpart = null;
        dialog.state = DialogState.EARLY;
        dialog.localCSeq = 0;
        dialog.remoteCSeq = Dialog.NO_CSEQ;
        dialog.inviteIn = null;
        dialog.inviteOut = null;
        dialog.successCSeq = Dialog.NO_CSEQ;
        dialog.ackCSeq = Dialog.NO_CSEQ;
        dialog.owesAck = false;
        dialog.firstAckDue = false;
        dialog.byeHeld = false;
        dialog.rSeq = 0;
        dialog.openRequests = 0;
        dialog.sessionSec = 0;
        dialog.sessionEndNs = 0;
        dialog.refreshes = false;
        dialog.takesUpdate = false;
        dialog.refreshCSeq = Dialog.NO_REFRESH;
        dialog.nextInLeg = leg.firstDialog;
        leg.firstDialog = dialog;
        leg.dialogCount++;
        return dialog;
    }

    private void discard(final Dialog dialog) {
        unlink(dialog);
        table.free(dialog);
    }

    // ---- finding ---------------------------------------------------------------------------------------------------

    /** The dialog that a request belongs to (RFC 3261 section 12.2.2), or null. The request has been read. */
    Dialog find(final SipMessage request, final RequestKeys keys) {
        final NameAddr to = keys.to();
        final NameAddr from = keys.from();
        if (to.tagOffset() < 0) {
            return null;
        }
        if (token.read(Token.DIALOG, request.buffer(), to.tagOffset(), to.tagLength())) {
            final Dialog dialog = table.find(token);
            exchange.beforeChange(dialog);
            return dialog != null && matches(dialog, request, from) ? dialog : null;
        }
        if (token.read(Token.LEG, request.buffer(), to.tagOffset(), to.tagLength())) {
            final Leg leg = exchange.legs.find(token);
            exchange.beforeChange(leg);
            for (Dialog dialog = leg == null ? null : leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
                if (matches(dialog, request, from)) {
                    return dialog;
                }
            }
        }
        return null;
    }

    /** The leg's dialog with the To tag of a response, or null. */
    Dialog find(final Leg leg, final SipMessage response) {
        final int to = response.first(HeaderName.TO);
        if (!nameAddr.wrap(response.buffer(), response.valueOffset(to), response.valueLength(to))) {
            return null;
        }
        for (Dialog dialog = leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
            if (hasRemoteTag(dialog, response.buffer(), nameAddr.tagOffset(), nameAddr.tagLength())) {
                return dialog;
            }
        }
        return null;
    }

    private boolean matches(final Dialog dialog, final SipMessage request, final NameAddr from) {
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

    private boolean hasRemoteTag(final Dialog dialog, final DirectBuffer buffer, final int offset, final int length) {
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

    // ---- changing --------------------------------------------------------------------------------------------------

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

    // ---- freeing ---------------------------------------------------------------------------------------------------

    /** Ends a dialog; it is freed when its last request has been answered. */
    void terminate(final Dialog dialog) {
        if (dialog.state != DialogState.TERMINATED) {
            dialog.state = DialogState.TERMINATED;
            exchange.timers.cancel(dialog.successTimer);
            exchange.timers.cancel(dialog.sessionTimer);
            dialog.success = blocks.free(dialog.success);
            dialog.heldReason = blocks.free(dialog.heldReason);
            if (dialog.inviteIn != null) {
                dialog.inviteIn.user(null);
            }
            if (dialog.inviteOut != null && dialog.inviteOut.user() == dialog) {
                dialog.inviteOut.expireAfter(exchange.layer.values().transactionTimeoutNs());
            }
        }
        freeIfDone(dialog);
    }

    /** Frees a terminated dialog that no request of ours waits for, and its leg and call when it was the last. */
    void freeIfDone(final Dialog dialog) {
        if (dialog.state != DialogState.TERMINATED || dialog.openRequests > 0 || !dialog.isLive()) {
            return;
        }
        if (dialog.inviteOut != null && dialog.inviteOut.user() == dialog) {
            exchange.absorb(dialog.inviteOut);
        }
        dialog.fields = blocks.free(dialog.fields);
        dialog.ack = blocks.free(dialog.ack);
        dialog.inviteIn = null;
        dialog.inviteOut = null;
        if (dialog.counterpart != null) {
            dialog.counterpart.counterpart = null;
            dialog.counterpart = null;
        }
        final Leg leg = dialog.leg;
        leg.cSeqMax = Math.max(leg.cSeqMax, dialog.localCSeq);
        unlink(dialog);
        table.free(dialog);
        dialog.leg = null;
        exchange.freeIfDone(leg);
    }

    private static void unlink(final Dialog dialog) {
        final Leg leg = dialog.leg;
        leg.dialogCount--;
        if (leg.firstDialog == dialog) {
            leg.firstDialog = dialog.nextInLeg;
        } else {
            Dialog before = leg.firstDialog;
            while (before.nextInLeg != dialog) {
                before = before.nextInLeg;
            }
            before.nextInLeg = dialog.nextInLeg;
        }
        dialog.nextInLeg = null;
    }

    // ---- the fields block ------------------------------------------------------------------------------------------

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

    private static void peer(final Dialog dialog, final Peer source) {
        dialog.peer.set(source);
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
