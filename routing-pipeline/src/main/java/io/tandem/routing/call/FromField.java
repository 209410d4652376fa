package io.tandem.routing.call;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.number.DialString;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.NameAddr;
import io.tandem.sip.Octets;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes From of requests outside dialogs: the caller as he shows himself, as a transform or the trunk wants him shown, or
 * nobody, with a tag of ours. Core's thread only.
 */
final class FromField {
    private static final byte[] TAG = Octets.ascii(";tag=");
    private static final byte[] BRACKET_SIP_SCHEME = Octets.ascii("<sip:");

    private final TransactionLayer layer;
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final DialString ownUser = new DialString();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024]);

    FromField(final TransactionLayer layer) {
        this.layer = layer;
    }

    /**
     * From of the INVITE of an attempt.
     *
     * @param host   of our addresses, as the peer sees it.
     * @param hidden whether the caller is not shown.
     */
    void ofAttempt(
            final MessageWriter writer,
            final Leg leg,
            final TrunkPlan trunk,
            final SipMessage original,
            final byte[] host,
            final boolean hidden) {
        writer.header(HeaderName.FROM);
        if (hidden) {
            PrivacyService.writeCaller(writer, trunk, host);
        } else {
            caller(writer, leg.call, trunk, original, host);
        }
        tag(writer, Token.LEG, leg);
    }

    /**
     * From of a MESSAGE: no display name, and of the trunk's wishes only the host.
     *
     * @param host          of our addresses, as the peer sees it.
     * @param hidden        whether the sender is not shown.
     * @param callerChanged whether {@code caller} is what a transform made of the sender.
     */
    void ofMessage(
            final MessageWriter writer,
            final NonInviteClientTransaction transaction,
            final TrunkPlan trunk,
            final SipMessage original,
            final byte[] host,
            final boolean hidden,
            final DialString caller,
            final boolean callerChanged) {
        writer.header(HeaderName.FROM);
        if (hidden) {
            PrivacyService.writeCaller(writer, trunk, host);
        } else {
            writer.ascii(BRACKET_SIP_SCHEME);
            callerUser(writer, original, callerChanged, caller);
            writer.ascii(host).octet((byte) '>');
        }
        tag(writer, Token.NON_INVITE_CLIENT, transaction);
    }

    private void tag(final MessageWriter writer, final byte table, final Slot owner) {
        writer.ascii(TAG);
        layer.token(writer, table, owner);
        writer.crlf();
    }

    private void caller(
            final MessageWriter writer,
            final Call call,
            final TrunkPlan trunk,
            final SipMessage original,
            final byte[] host) {
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
            callerUser(writer, original, call.callerChanged, call.callerPresented);
        }
        writer.ascii(host).octet((byte) '>');
    }

    /** The caller's number if a transform changed it, else the user of From, written as a number if it is one. */
    private void callerUser(
            final MessageWriter writer, final SipMessage original, final boolean changed, final DialString presented) {
        DialString user = presented;
        if (!changed) {
            final int header = original.first(HeaderName.FROM);
            ownUser.clear();
            if (nameAddr.wrap(original.buffer(), original.valueOffset(header), original.valueLength(header))
                    && uri.wrap(original.buffer(), nameAddr.uriOffset(), nameAddr.uriLength())
                    && uri.userLength() <= scratch.capacity()) {
                ownUser.set(scratch, 0, uri.unescapeSubscriber(scratch, 0));
                ownUser.normalise();
            }
            user = ownUser;
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
}
