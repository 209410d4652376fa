package io.tandem.routing.call;

import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.NameAddr;
import io.tandem.sip.Octets;
import io.tandem.sip.RackValue;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import org.agrona.DirectBuffer;

/**
 * Writes requests in dialogs (RFC 3261 section 12.2.1.1): remote target, route set and addresses of the dialog, then whatever
 * crosses of the request of the other leg that is relayed, with its body. The result waits in the layer's writer; without a
 * relayed request it has no body yet. Core's thread only.
 */
final class DialogRequests {
    private static final byte[] VERSION_CRLF = Octets.ascii(" SIP/2.0\r\n");
    private static final int METHOD_PARAMETER_BYTES = ";method=".length();

    private final TransactionLayer layer;
    private final BlockStore blocks;
    private final OwnFields ownFields;
    private final PassThrough passThrough;
    private final PrivacyService privacy;
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final RackValue rack = new RackValue();

    /** Length of the first Route field of the request being written when it names a strict router, else 0. */
    private int strictRouteBytes;

    DialogRequests(
            final TransactionLayer layer,
            final BlockStore blocks,
            final OwnFields ownFields,
            final PassThrough passThrough,
            final PrivacyService privacy) {
        this.layer = layer;
        this.blocks = blocks;
        this.ownFields = ownFields;
        this.passThrough = passThrough;
        this.privacy = privacy;
    }

    /**
     * A request other than ACK.
     *
     * @param source request of the other leg that this one relays, or null.
     */
    MessageWriter write(
            final Dialog dialog, final ClientTransaction transaction, final Method method, final SipMessage source) {
        final MessageWriter writer = begin(dialog, method);
        ownFields.via(writer, dialog.peer.listener, transaction);
        return end(writer, dialog, method, transaction.cSeq(), source);
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
        final MessageWriter writer = begin(dialog, Method.ACK);
        ownFields.viaOfAck(writer, dialog.peer.listener, branchTable, branchOwner, number);
        return end(writer, dialog, Method.ACK, number, source);
    }

    private MessageWriter begin(final Dialog dialog, final Method method) {
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

    private MessageWriter end(
            final MessageWriter writer,
            final Dialog dialog,
            final Method method,
            final long number,
            final SipMessage source) {
        MaxForwards.write(writer, source);
        dialogFields(writer, dialog);
        OwnFields.cSeq(writer, number, method);
        if (method == Method.INVITE || method == Method.UPDATE || method == Method.NOTIFY) {
            ownFields.contact(writer, dialog.peer.listener);
        }
        return source == null ? writer : relay(writer, dialog, method, source);
    }

    private MessageWriter relay(
            final MessageWriter writer, final Dialog dialog, final Method method, final SipMessage source) {
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
        return writer.body(source.buffer(), source.bodyOffset(), source.bodyLength());
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

    // ---- strict routers --------------------------------------------------------------------------------------------

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
}
