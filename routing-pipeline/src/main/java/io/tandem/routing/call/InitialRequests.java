package io.tandem.routing.call;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.number.DialString;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.target.MediaHeader;
import io.tandem.routing.target.TargetPlan;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.Octets;
import io.tandem.sip.SipMessage;
import java.nio.charset.StandardCharsets;

/**
 * Writes requests outside dialogs, made from the caller's: our own request line and addresses, then whatever crosses of the
 * original, then its body untouched. The result waits in the layer's writer. Core's thread only.
 */
final class InitialRequests {
    private static final byte[] SIP_SCHEME = Octets.ascii("sip:");
    private static final byte[] BRACKET_SIP_SCHEME = Octets.ascii("<sip:");
    private static final byte[] TRANSPORT_TCP = Octets.ascii(";transport=tcp");
    private static final byte[] VERSION_CRLF = Octets.ascii(" SIP/2.0\r\n");

    private final TransactionLayer layer;
    private final OwnFields ownFields;
    private final PassThrough passThrough;
    private final PrivacyService privacy;
    private final FromField from;
    private final DiversionFields diversions;
    private final Replacements replacements;

    InitialRequests(
            final TransactionLayer layer,
            final BlockStore blocks,
            final OwnFields ownFields,
            final PassThrough passThrough,
            final PrivacyService privacy,
            final Replacements replacements) {
        this.layer = layer;
        this.ownFields = ownFields;
        this.passThrough = passThrough;
        this.privacy = privacy;
        this.replacements = replacements;
        from = new FromField(layer);
        diversions = new DiversionFields(blocks);
    }

    /**
     * The INVITE of an attempt.
     *
     * @param media how a media server is asked (RFC 4240), or null.
     */
    MessageWriter invite(
            final Leg leg,
            final ClientTransaction transaction,
            final TrunkPlan trunk,
            final SipMessage original,
            final TargetPlan.ToMedia media) {
        final Call call = leg.call;
        final int listener = leg.peer.listener;
        final boolean hidden = !call.candidates.emergency && privacy.hidesCaller(original, leg);
        final byte[] ownHost = ownFields.host(trunk, listener);
        final MessageWriter writer = layer.beginMessage();
        writer.ascii(Method.INVITE.bytes()).octet((byte) ' ');
        if (media == null) {
            writer.ascii(SIP_SCHEME);
            called(writer, call.calledPresented, trunk);
        } else {
            writer.ascii(media.requestUri().getBytes(StandardCharsets.US_ASCII));
        }
        if (leg.peer.transport == (byte) TransportKind.TCP.value()) {
            writer.ascii(TRANSPORT_TCP);
        }
        writer.ascii(VERSION_CRLF);
        ownFields.via(writer, listener, transaction);
        MaxForwards.write(writer, original);
        from.ofAttempt(writer, leg, trunk, original, ownHost, hidden);
        to(writer, call.calledPresented, trunk);
        writer.header(HeaderName.CALL_ID);
        layer.token(writer, Token.LEG, leg);
        writer.crlf();
        OwnFields.cSeq(writer, transaction.cSeq(), Method.INVITE);
        ownFields.contact(writer, listener);
        replacements.write(writer, original);
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
        return writer.body(original.buffer(), original.bodyOffset(), original.bodyLength());
    }

    /**
     * A MESSAGE.
     *
     * @param callerRaw     the sender's number as it came.
     * @param callerChanged whether {@code caller} is what a transform made of the sender.
     */
    void message(
            final NonInviteClientTransaction transaction,
            final TrunkPlan trunk,
            final SipMessage original,
            final DialString called,
            final DialString callerRaw,
            final DialString caller,
            final boolean callerChanged) {
        final int listener = transaction.peer().listener;
        final byte[] ownHost = ownFields.host(trunk, listener);
        final MessageWriter writer = layer.beginMessage();
        writer.raw(original.buffer(), original.methodOffset(), original.methodLength())
                .octet((byte) ' ')
                .ascii(SIP_SCHEME);
        called(writer, called, trunk);
        writer.ascii(VERSION_CRLF);
        ownFields.via(writer, listener, transaction);
        MaxForwards.write(writer, original);
        final boolean hidden = privacy.hidesCaller(original, trunk);
        from.ofMessage(writer, transaction, trunk, original, ownHost, hidden, callerRaw, caller, callerChanged);
        to(writer, called, trunk);
        writer.header(HeaderName.CALL_ID);
        layer.token(writer, Token.NON_INVITE_CLIENT, transaction);
        writer.crlf();
        writer.header(HeaderName.CSEQ)
                .number(transaction.cSeq())
                .octet((byte) ' ')
                .raw(original.buffer(), original.methodOffset(), original.methodLength())
                .crlf();
        passThrough.write(writer, original, privacy.withheld(original, trunk));
        writer.body(original.buffer(), original.bodyOffset(), original.bodyLength());
    }

    private static void to(final MessageWriter writer, final DialString called, final TrunkPlan trunk) {
        writer.header(HeaderName.TO).ascii(BRACKET_SIP_SCHEME);
        called(writer, called, trunk);
        writer.octet((byte) '>').crlf();
    }

    private static void called(final MessageWriter writer, final DialString called, final TrunkPlan trunk) {
        UserPart.write(writer, called);
        writer.octet((byte) '@').ascii(trunk.host());
        if (trunk.port() > 0) {
            writer.octet((byte) ':').number(trunk.port());
        }
    }
}
