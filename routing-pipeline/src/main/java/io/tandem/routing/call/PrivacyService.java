package io.tandem.routing.call;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.store.BlockStore;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.NameAddr;
import io.tandem.sip.Octets;
import io.tandem.sip.PrivacyValue;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import org.agrona.DirectBuffer;

/**
 * A privacy service (RFC 3323) at the edge of the trust domain. Inside of it ({@link IdentityTrust}) a wish for privacy
 * goes on with the message, for whoever leads out of it to heed; to the outside we heed it ourselves. Privacy says
 * {@code id}, {@code user} or {@code header}: From is anonymous and nothing vouches for the caller. RFC 3325 asks less
 * of {@code id}, only that the asserted identity stays; but the telephone network says it of a number that is not to be
 * shown, and then From has that number. Core's thread only.
 */
final class PrivacyService {
    private static final byte[] ANONYMOUS = Octets.ascii("\"Anonymous\" ");
    private static final byte[] ANONYMOUS_NAME = Octets.ascii("anonymous");
    private static final byte[] ANONYMOUS_HOST = Octets.ascii("anonymous.invalid");
    private static final byte[] SIP_SCHEME = Octets.ascii("<sip:");
    private static final byte[] NOT_GIVEN = Octets.ascii("Privacy Not Possible: session");
    private static final byte[] NOT_KNOWN = Octets.ascii("Privacy Not Possible: unknown priv-value");

    private final IdentityTrust trust;
    private final BlockStore blocks;
    private final ConcealedParties parties = new ConcealedParties();
    private final PrivacyValue asked = new PrivacyValue();
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();

    PrivacyService(final IdentityTrust trust, final BlockStore blocks) {
        this.trust = trust;
        this.blocks = blocks;
    }

    /** Whether whoever sends a message asks not to be shown. What cannot be read is taken for such a wish. */
    boolean isAskedFor(final SipMessage message) {
        return message.first(HeaderName.PRIVACY) != SipMessage.NONE
                && (!asked.wrap(message) || asked.id() || asked.user() || asked.header());
    }

    /** Whether the caller of an INVITE is not shown to the peer of a leg. */
    boolean hidesCaller(final SipMessage invite, final Leg to) {
        return isAskedFor(invite) && !trust.trusts(to);
    }

    /** The same for a request outside a dialog. */
    boolean hidesCaller(final SipMessage request, final TrunkPlan to) {
        return isAskedFor(request) && !IdentityTrust.trusts(to);
    }

    /** Whether From of a dialog outside the trust domain shows nobody, so that nothing else in our requests may. */
    boolean hidesCaller(final Dialog dialog) {
        if (dialog.towardsCaller() || trust.trusts(dialog.leg)) {
            return false;
        }
        final DirectBuffer buffer = blocks.buffer(dialog.fields);
        int at = blocks.offset(dialog.fields);
        while (buffer.getByte(at) != 'F') {
            at = lineEnd(buffer, at) + 2;
        }
        final int value = at + HeaderName.FROM.bytes().length + 1;
        return !nameAddr.wrap(buffer, value, lineEnd(buffer, at) - value)
                || Octets.equalsIgnoreCase(buffer, nameAddr.displayOffset(), nameAddr.displayLength(), ANONYMOUS_NAME)
                || (uri.wrap(buffer, nameAddr.uriOffset(), nameAddr.uriLength()) && isNobodys(uri));
    }

    /** Whether a URI has the host that stands for none (RFC 3323 section 4.1.1.3). */
    static boolean isNobodys(final SipUri uri) {
        return Octets.equalsIgnoreCase(uri.buffer(), uri.hostOffset(), uri.hostLength(), ANONYMOUS_HOST);
    }

    /** Writes the address of a caller who is not shown; the user that a trunk wants in From says nothing about him. */
    static void writeCaller(final MessageWriter writer, final TrunkPlan to, final byte[] host) {
        writer.ascii(ANONYMOUS);
        if (to.fromUser().length > 0) {
            writer.ascii(SIP_SCHEME)
                    .ascii(to.fromUser())
                    .octet((byte) '@')
                    .ascii(host)
                    .octet((byte) '>');
        } else {
            ConcealedParties.anonymous(writer);
        }
    }

    /**
     * What stays behind of a message: asserted identities from outside the trust domain (RFC 3325 section 5), and to
     * the outside what the message asks to keep private.
     *
     * @param from   leg that the message came from, null when unknown.
     * @param to     leg that it goes to, null when unknown.
     * @param hidden whether the caller is not shown there.
     */
    int withheld(final SipMessage message, final Leg from, final Leg to, final boolean hidden) {
        final int always = hidden ? Withheld.VOUCHERS | Withheld.ASSERTED : Withheld.NOTHING;
        if (!isConcerned(message)) {
            return always;
        }
        return always
                | (trust.trusts(from) ? Withheld.NOTHING : Withheld.ASSERTED)
                | (trust.trusts(to) ? Withheld.NOTHING : outside(message));
    }

    /** The same of a request outside a dialog, of which no identity crosses at all. */
    int withheld(final SipMessage request, final TrunkPlan to) {
        return Withheld.VOUCHERS
                | Withheld.ASSERTED
                | (isConcerned(request) && !IdentityTrust.trusts(to) ? outside(request) : Withheld.NOTHING);
    }

    /**
     * Whether a request is to fail rather than go without its privacy, and asks for what we cannot give (RFC 3323
     * section 5): we see no media, so nothing makes a session private, and do not know what else it means.
     */
    boolean isImpossible(final SipMessage request) {
        if (request.first(HeaderName.PRIVACY) == SipMessage.NONE) {
            return false;
        }
        final boolean readable = asked.wrap(request);
        return asked.critical() && (!readable || asked.session() || asked.unknown());
    }

    /** Names what could not be given to a request that {@link #isImpossible}; shared. */
    byte[] failure(final SipMessage request) {
        return asked.wrap(request) && asked.session() ? NOT_GIVEN : NOT_KNOWN;
    }

    private int outside(final SipMessage message) {
        final boolean unreadable = !asked.wrap(message);
        int withheld = Withheld.NOTHING;
        if (unreadable || asked.id() || asked.user() || asked.header()) {
            withheld |= Withheld.ASSERTED;
        }
        if (asked.user()) {
            withheld |= Withheld.PERSONAL;
        }
        if (unreadable || asked.history() || asked.header()) {
            withheld |= Withheld.HISTORY;
        }
        return parties.areIn(message) ? withheld | Withheld.PARTIES : withheld;
    }

    /** Whether anything in a message is of interest; most have nothing. */
    private static boolean isConcerned(final SipMessage message) {
        return message.first(HeaderName.PRIVACY) != SipMessage.NONE
                || message.first(HeaderName.P_ASSERTED_IDENTITY) != SipMessage.NONE
                || message.first(HeaderName.REMOTE_PARTY_ID) != SipMessage.NONE
                || message.first(HeaderName.DIVERSION) != SipMessage.NONE
                || message.first(HeaderName.HISTORY_INFO) != SipMessage.NONE;
    }

    private static int lineEnd(final DirectBuffer buffer, final int from) {
        int at = from;
        while (buffer.getByte(at) != '\r') {
            at++;
        }
        return at;
    }
}
