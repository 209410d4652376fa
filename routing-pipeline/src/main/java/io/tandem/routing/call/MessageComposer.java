package io.tandem.routing.call;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.Listeners;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.number.DialString;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.target.MediaHeader;
import io.tandem.routing.target.TargetPlan;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.Responses;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.NameAddr;
import io.tandem.sip.RackValue;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the messages of the call engine: our own start line and dialog fields, then whatever crosses of the message that
 * is being relayed, then its body untouched.
 */
final class MessageComposer {
    private static final byte[] MAGIC_COOKIE = ascii("z9hG4bK");
    private static final byte[] TAG = ascii(";tag=");
    private static final byte[] SIP_SCHEME = ascii("sip:");
    private static final byte[] BRACKET_SIP_SCHEME = ascii("<sip:");
    private static final byte[] TRANSPORT_TCP = ascii(";transport=tcp");
    private static final byte[] RPORT_CRLF = ascii(";rport\r\n");
    private static final byte[] VERSION_CRLF = ascii(" SIP/2.0\r\n");
    private static final int MAX_FORWARDS = 70;
    private static final int METHOD_PARAMETER_BYTES = ";method=".length();

    private final TransactionLayer layer;
    private final Responses responses;
    private final BlockStore blocks;
    private final PassThrough passThrough;
    private final PrivacyService privacy;
    private final DiversionFields diversions;
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final RackValue rack = new RackValue();
    private final DialString ownUser = new DialString();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024]);
    private Listeners listeners;

    /** Length of the first Route field of the request being written when it names a strict router, else 0. */
    private int strictRouteBytes;

    MessageComposer(
            final TransactionLayer layer,
            final BlockStore blocks,
            final Capabilities capabilities,
            final PrivacyService privacy) {
        this.layer = layer;
        responses = layer.responses();
        this.blocks = blocks;
        this.privacy = privacy;
        passThrough = new PassThrough(capabilities);
        diversions = new DiversionFields(blocks);
    }

    void use(final Listeners newListeners) {
        listeners = newListeners;
    }

    // ---- requests --------------------------------------------------------------------------------------------------

    /**
     * The INVITE of an attempt, made from the caller's. The result waits in the layer's writer.
     *
     * @param media how a media server is asked (RFC 4240), or null.
     */
    MessageWriter invite(
            final Leg leg,
            final ClientTransaction transaction,
            final TrunkPlan trunk,
            final SipMessage original,
            final Call call,
            final TargetPlan.ToMedia media) {
        final boolean hidden = !call.candidates.emergency && privacy.hidesCaller(original, leg);
        final byte[] ownHost = fromHost(trunk, leg.peer.listener);
        final MessageWriter writer = layer.beginMessage();
        writer.ascii(Method.INVITE.bytes()).octet((byte) ' ');
        if (media == null) {
            writer.ascii(SIP_SCHEME);
            UserPart.write(writer, call.calledPresented);
            writer.octet((byte) '@').ascii(trunk.host());
            port(writer, trunk.port());
        } else {
            writer.ascii(media.requestUri().getBytes(StandardCharsets.US_ASCII));
        }
        if (leg.peer.transport == (byte) TransportKind.TCP.value()) {
            writer.ascii(TRANSPORT_TCP);
        }
        writer.ascii(VERSION_CRLF);
        via(writer, leg.peer.listener, transaction);
        writer.header(HeaderName.MAX_FORWARDS, maxForwards(original) - 1);
        from(writer, leg, trunk, original, call, hidden);
        writer.header(HeaderName.TO).ascii(BRACKET_SIP_SCHEME);
        UserPart.write(writer, call.calledPresented);
        writer.octet((byte) '@').ascii(trunk.host());
        port(writer, trunk.port());
        writer.octet((byte) '>').crlf();
        writer.header(HeaderName.CALL_ID);
        layer.token(writer, Token.LEG, leg);
        writer.crlf();
        cSeq(writer, transaction.cSeq(), Method.INVITE);
        writer.ascii(listeners.contactField(leg.peer.listener));
        if (media != null) {
            for (final MediaHeader header : media.headers()) {
                writer.ascii((header.name() + ": " + header.value()).getBytes(StandardCharsets.US_ASCII))
                        .crlf();
            }
        }
        final int withheld = privacy.withheld(original, call.callerLeg, leg, hidden);
        if (media == null) {
            diversions.writeDiversion(writer, call, original, ownHost);
        }
        passThrough.write(
                writer, original, call.callerChanged ? withheld | Withheld.VOUCHERS | Withheld.ASSERTED : withheld);
        if (media == null) {
            diversions.writeHistory(writer, call, original, ownHost, trunk, (withheld & Withheld.HISTORY) != 0);
        }
        return body(writer, original, false);
    }

    /**
     * A request in a dialog.
     *
     * @param source request of the other leg that this one relays, or null.
     */
    MessageWriter inDialog(
            final Dialog dialog, final ClientTransaction transaction, final Method method, final SipMessage source) {
        final MessageWriter writer = beginInDialog(dialog, method);
        via(writer, dialog.peer.listener, transaction);
        endInDialog(writer, dialog, method, transaction.cSeq(), source);
        return writer;
    }

    /** The ACK of a 2xx: it has no transaction, only a branch of its own (RFC 3261 section 13.2.2.4). */
    MessageWriter ack(final Dialog dialog, final long number, final SipMessage source) {
        return ack(dialog, number, source, Token.DIALOG, dialog);
    }

    /** The same with a branch that derives from another slot than the dialog's. */
    MessageWriter ack(
            final Dialog dialog,
            final long number,
            final SipMessage source,
            final byte branchTable,
            final Slot branchOwner) {
        final MessageWriter writer = beginInDialog(dialog, Method.ACK);
        writer.ascii(listeners.viaPrefix(dialog.peer.listener)).ascii(MAGIC_COOKIE);
        layer.token(writer, branchTable, branchOwner);
        writer.octet((byte) '.').number(number).ascii(RPORT_CRLF);
        endInDialog(writer, dialog, Method.ACK, number, source);
        return writer;
    }

    private MessageWriter beginInDialog(final Dialog dialog, final Method method) {
        final int block = dialog.fields;
        final int start = blocks.offset(block);
        strictRouteBytes = strictRouteBytes(blocks.buffer(block), start);
        if (strictRouteBytes > 0) {
            final MessageWriter writer =
                    layer.beginMessage().ascii(method.bytes()).octet((byte) ' ');
            strictRequestUri(writer);
            return writer.ascii(VERSION_CRLF);
        }
        return layer.beginMessage()
                .requestLine(
                        method,
                        blocks.buffer(block),
                        start + dialog.targetOffset,
                        blocks.length(block) - dialog.targetOffset);
    }

    /**
     * Length of the first field when it is a Route to a strict router, which then stands in the uri view: it is one of RFC
     * 2543, known by the lr that its URI has not (RFC 3261 section 12.2.1.1). Otherwise 0.
     */
    private int strictRouteBytes(final DirectBuffer buffer, final int start) {
        if (buffer.getByte(start) != 'R') {
            return 0;
        }
        final int valueOffset = start + HeaderName.ROUTE.bytes().length + 2;
        int end = valueOffset;
        while (buffer.getByte(end) != '\r') {
            end++;
        }
        final boolean strict = nameAddr.wrap(buffer, valueOffset, end - valueOffset)
                && uri.wrap(buffer, nameAddr.uriOffset(), nameAddr.uriLength())
                && !uri.lr();
        return strict ? end + 2 - start : 0;
    }

    /** The uri view without what a Request-URI may not have: method parameter and headers (section 19.1.1). */
    private void strictRequestUri(final MessageWriter writer) {
        final int start = uri.offset();
        final int end = uri.headersPresent() ? uri.headersOffset() - 1 : start + uri.length();
        if (uri.methodOffset() < 0) {
            writer.raw(uri.buffer(), start, end - start);
        } else {
            final int methodEnd = uri.methodOffset() + uri.methodLength();
            writer.raw(uri.buffer(), start, uri.methodOffset() - METHOD_PARAMETER_BYTES - start)
                    .raw(uri.buffer(), methodEnd, end - methodEnd);
        }
    }

    private void endInDialog(
            final MessageWriter writer,
            final Dialog dialog,
            final Method method,
            final long number,
            final SipMessage source) {
        writer.header(HeaderName.MAX_FORWARDS, source == null ? MAX_FORWARDS : Math.max(0, maxForwards(source) - 1));
        dialogFields(writer, dialog);
        cSeq(writer, number, method);
        if (method == Method.INVITE || method == Method.UPDATE || method == Method.NOTIFY) {
            writer.ascii(listeners.contactField(dialog.peer.listener));
        }
        if (source == null) {
            return;
        }
        if (method == Method.PRACK) {
            rack(writer, dialog, source);
        }
        final Leg from = dialog.counterpart == null ? null : dialog.counterpart.leg;
        final int withheld = privacy.withheld(source, from, dialog.leg, isHidden(dialog, source));
        passThrough.write(
                writer,
                source,
                dialog.leg.call.callerChanged && !dialog.towardsCaller()
                        ? withheld | Withheld.VOUCHERS | Withheld.ASSERTED
                        : withheld);
        body(writer, source, false);
    }

    /** Route, From, To, Call-ID; behind a strict router the remote target is the last route. */
    private void dialogFields(final MessageWriter writer, final Dialog dialog) {
        final int block = dialog.fields;
        final int start = blocks.offset(block);
        writer.raw(blocks.buffer(block), start + strictRouteBytes, dialog.targetOffset - strictRouteBytes);
        if (strictRouteBytes > 0) {
            writer.header(HeaderName.ROUTE)
                    .octet((byte) '<')
                    .raw(blocks.buffer(block), start + dialog.targetOffset, blocks.length(block) - dialog.targetOffset)
                    .octet((byte) '>')
                    .crlf();
        }
    }

    /** A request outside any dialog (MESSAGE), made from the caller's. */
    MessageWriter outOfDialog(
            final ClientTransaction transaction,
            final int tagTable,
            final TrunkPlan trunk,
            final SipMessage original,
            final DialString called,
            final DialString callerRaw,
            final DialString caller,
            final boolean callerChanged) {
        final int listener = transaction.peer().listener;
        final byte[] ownHost = fromHost(trunk, listener);
        final MessageWriter writer = layer.beginMessage();
        writer.raw(original.buffer(), original.methodOffset(), original.methodLength())
                .octet((byte) ' ')
                .ascii(SIP_SCHEME);
        UserPart.write(writer, called);
        writer.octet((byte) '@').ascii(trunk.host());
        port(writer, trunk.port());
        writer.ascii(VERSION_CRLF);
        via(writer, listener, transaction);
        writer.header(HeaderName.MAX_FORWARDS, maxForwards(original) - 1);
        writer.header(HeaderName.FROM);
        if (privacy.hidesCaller(original, trunk)) {
            PrivacyService.writeCaller(writer, trunk, ownHost);
        } else {
            writer.ascii(BRACKET_SIP_SCHEME);
            callerUser(writer, original, callerChanged, callerRaw, caller);
            writer.ascii(ownHost).octet((byte) '>');
        }
        writer.ascii(TAG);
        layer.token(writer, (byte) tagTable, transaction);
        writer.crlf();
        writer.header(HeaderName.TO).ascii(BRACKET_SIP_SCHEME);
        UserPart.write(writer, called);
        writer.octet((byte) '@').ascii(trunk.host());
        port(writer, trunk.port());
        writer.octet((byte) '>').crlf();
        writer.header(HeaderName.CALL_ID);
        layer.token(writer, (byte) tagTable, transaction);
        writer.crlf();
        writer.header(HeaderName.CSEQ)
                .number(transaction.cSeq())
                .octet((byte) ' ')
                .raw(original.buffer(), original.methodOffset(), original.methodLength())
                .crlf();
        passThrough.write(writer, original, privacy.withheld(original, trunk));
        return body(writer, original, false);
    }

    // ---- responses -------------------------------------------------------------------------------------------------

    /**
     * A response relayed to the leg where the request came from.
     *
     * @param from         leg that it came from; null outside calls.
     * @param dialog       whose token is our To tag; null when the request carries one already.
     * @param status       status to give, usually the response's own.
     * @param withoutBody  whether the body stays behind (early media policy).
     */
    MessageWriter relayedResponse(
            final ServerTransaction transaction,
            final SipMessage response,
            final Leg from,
            final Dialog dialog,
            final int status,
            final boolean withoutBody) {
        final MessageWriter writer = responses.begin(
                transaction,
                status,
                response.buffer(),
                response.reasonOffset(),
                response.reasonLength(),
                dialog == null ? Token.INTERNAL : Token.DIALOG,
                dialog == null ? transaction : dialog);
        final Method method = transaction.method();
        if (status < 300 && (method == Method.INVITE || method == Method.UPDATE)) {
            writer.ascii(listeners.contactField(transaction.peer().listener));
        }
        final int withheld = privacy.withheld(response, from, IdentityTrust.opposite(from), false);
        passThrough.write(writer, response, withoutBody ? withheld | Withheld.BODY : withheld);
        if (status >= 200 && status < 300) {
            SessionTimers.writeAnswer(writer, transaction.note(), response);
        }
        return body(writer, response, withoutBody);
    }

    /** Begins a final response of ours; a Reason field may follow before {@code contentLength(0)}. */
    MessageWriter ownResponse(
            final ServerTransaction transaction, final Dialog dialog, final int status, final byte[] reason) {
        return responses.begin(
                transaction,
                status,
                reason,
                dialog == null ? Token.INTERNAL : Token.DIALOG,
                dialog == null ? transaction : dialog);
    }

    // ---- parts -----------------------------------------------------------------------------------------------------

    void via(final MessageWriter writer, final int listener, final ClientTransaction transaction) {
        writer.ascii(listeners.viaPrefix(listener));
        layer.branch(writer, transaction);
        writer.ascii(RPORT_CRLF);
    }

    /** Max-Forwards of a request; 70 when it has none or an unusable one. */
    static int maxForwards(final SipMessage request) {
        final int header = request.first(HeaderName.MAX_FORWARDS);
        if (header == SipMessage.NONE) {
            return MAX_FORWARDS;
        }
        final DirectBuffer buffer = request.buffer();
        final int offset = request.valueOffset(header);
        final int length = request.valueLength(header);
        int value = 0;
        for (int i = 0; i < length; i++) {
            final byte b = buffer.getByte(offset + i);
            if (b < '0' || b > '9' || i > 3) {
                return MAX_FORWARDS;
            }
            value = value * 10 + (b - '0');
        }
        return length == 0 || value > 255 ? MAX_FORWARDS : value;
    }

    private void from(
            final MessageWriter writer,
            final Leg leg,
            final TrunkPlan trunk,
            final SipMessage original,
            final Call call,
            final boolean hidden) {
        writer.header(HeaderName.FROM);
        if (hidden) {
            PrivacyService.writeCaller(writer, trunk, fromHost(trunk, leg.peer.listener));
        } else {
            caller(writer, leg, trunk, original, call);
        }
        writer.ascii(TAG);
        layer.token(writer, Token.LEG, leg);
        writer.crlf();
    }

    /** The caller as he shows himself, or as a transform or the trunk wants him shown. */
    private void caller(
            final MessageWriter writer,
            final Leg leg,
            final TrunkPlan trunk,
            final SipMessage original,
            final Call call) {
        final int header = original.first(HeaderName.FROM);
        final DirectBuffer buffer = original.buffer();
        nameAddr.wrap(buffer, original.valueOffset(header), original.valueLength(header));
        if (!call.callerName.isEmpty()) {
            quoted(writer, call.callerName);
        } else if (nameAddr.displayLength() > 0 && !call.callerChanged) {
            displayName(writer, buffer);
        }
        final boolean isUri = uri.wrap(buffer, nameAddr.uriOffset(), nameAddr.uriLength());
        if (isUri && PrivacyService.isNobodys(uri) && !call.callerChanged) {
            writer.octet((byte) '<')
                    .raw(buffer, nameAddr.uriOffset(), nameAddr.uriLength())
                    .octet((byte) '>');
            return;
        }
        writer.ascii(BRACKET_SIP_SCHEME);
        if (trunk.fromUser().length > 0) {
            writer.ascii(trunk.fromUser()).octet((byte) '@');
        } else {
            callerUser(writer, original, call.callerChanged, call.callerRaw, call.callerPresented);
        }
        writer.ascii(fromHost(trunk, leg.peer.listener)).octet((byte) '>');
    }

    /**
     * The caller's number if a transform changed it, or if From has the number that it was read from; else the user of From,
     * written as a number if it is one.
     */
    private void callerUser(
            final MessageWriter writer,
            final SipMessage original,
            final boolean changed,
            final DialString raw,
            final DialString presented) {
        DialString user = presented;
        if (!changed) {
            final int header = original.first(HeaderName.FROM);
            ownUser.clear();
            if (nameAddr.wrap(original.buffer(), original.valueOffset(header), original.valueLength(header))
                    && uri.wrap(original.buffer(), nameAddr.uriOffset(), nameAddr.uriLength())
                    && uri.userLength() <= scratch.capacity()) {
                ownUser.set(scratch, 0, uri.unescapeSubscriber(scratch, 0));
            }
            if (!ownUser.sameAs(raw)) {
                ownUser.normalise();
                user = ownUser;
            }
        }
        if (!user.isEmpty()) {
            UserPart.write(writer, user);
            writer.octet((byte) '@');
        }
    }

    /** The display name as it came, in its quotes if it had any: without them a comma would end the value. */
    private void displayName(final MessageWriter writer, final DirectBuffer buffer) {
        final int offset = nameAddr.displayOffset();
        final int quote = offset > 0 && buffer.getByte(offset - 1) == '"' ? 1 : 0;
        writer.raw(buffer, offset - quote, nameAddr.displayLength() + 2 * quote).octet((byte) ' ');
    }

    /** A name as a quoted string (RFC 3261 section 25.1). */
    private static void quoted(final MessageWriter writer, final String name) {
        writer.octet((byte) '"');
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                writer.octet((byte) '\\');
            }
            if (c < 0x80) {
                writer.octet((byte) c);
            } else {
                final int end = Character.isHighSurrogate(c) && i + 1 < name.length() ? i + 2 : i + 1;
                writer.ascii(name.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        writer.octet((byte) '"').octet((byte) ' ');
    }

    private byte[] fromHost(final TrunkPlan trunk, final int listener) {
        return trunk.fromDomain().length > 0 ? trunk.fromDomain() : listeners.sentBy(listener);
    }

    /**
     * Whether nothing in a request of ours in a dialog may say who the caller is, since our From does not: the request
     * itself need not ask for privacy again.
     */
    private boolean isHidden(final Dialog dialog, final SipMessage source) {
        final boolean says = source.first(HeaderName.P_ASSERTED_IDENTITY) != SipMessage.NONE
                || source.first(HeaderName.REMOTE_PARTY_ID) != SipMessage.NONE
                || source.first(HeaderName.IDENTITY) != SipMessage.NONE;
        return says && privacy.hidesCaller(dialog);
    }

    /** RAck with the CSeq of the INVITE on this side; RSeq crosses as it is, every dialog pair having its own space (D3). */
    private void rack(final MessageWriter writer, final Dialog dialog, final SipMessage source) {
        final int header = source.first(HeaderName.RACK);
        if (header == SipMessage.NONE
                || !rack.wrap(source.buffer(), source.valueOffset(header), source.valueLength(header))) {
            return;
        }
        final long number = dialog.inviteOut != null
                ? dialog.inviteOut.cSeq()
                : dialog.leg.invite != null ? dialog.leg.invite.cSeq() : rack.cSeq();
        writer.header(HeaderName.RACK)
                .number(rack.rSeq())
                .octet((byte) ' ')
                .number(number)
                .octet((byte) ' ')
                .ascii(rack.method().bytes())
                .crlf();
    }

    private static void cSeq(final MessageWriter writer, final long number, final Method method) {
        writer.header(HeaderName.CSEQ)
                .number(number)
                .octet((byte) ' ')
                .ascii(method.bytes())
                .crlf();
    }

    private static void port(final MessageWriter writer, final int port) {
        if (port > 0) {
            writer.octet((byte) ':').number(port);
        }
    }

    private static MessageWriter body(final MessageWriter writer, final SipMessage source, final boolean withoutBody) {
        return withoutBody
                ? writer.contentLength(0)
                : writer.body(source.buffer(), source.bodyOffset(), source.bodyLength());
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
