package io.tandem.routing.call;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.stage.Rule;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Octets;
import io.tandem.sip.ReplacesValue;
import io.tandem.sip.SipMessage;
import org.agrona.DirectBuffer;

/**
 * INVITEs that replace a call (RFC 3891), as a transfer after consultation ends with: what names a dialog of ours with one exchange is
 * translated to the dialog joined with it, for the exchange that has that one (D4). Core's thread only.
 */
final class Replacements {
    private static final byte[] TO_TAG = Octets.ascii(";to-tag=");
    private static final byte[] FROM_TAG = Octets.ascii(";from-tag=");
    private static final byte[] EARLY_ONLY = Octets.ascii(";early-only");

    private final Exchange exchange;
    private final ReplacesValue named = new ReplacesValue();

    Replacements(final Exchange exchange) {
        this.exchange = exchange;
    }

    /** What stands against an INVITE that names what it replaces; null for nothing. */
    Rule refusal(final SipMessage invite) {
        if (invite.first(HeaderName.REPLACES) == SipMessage.NONE) {
            return null;
        }
        if (!read(invite)) {
            return Rule.REPLACES_MALFORMED;
        }
        return joined(invite) == null ? Rule.REPLACES_NOTHING : null;
    }

    /** Whether a trunk is not the one that has the other leg of what an INVITE replaces, or the call is of another account. */
    boolean leadElsewhere(final Call call, final SipMessage invite, final TrunkPlan trunk) {
        if (invite.first(HeaderName.REPLACES) == SipMessage.NONE) {
            return false;
        }
        final Dialog other = read(invite) ? joined(invite) : null;
        if (other == null) {
            return true;
        }
        final Call replaced = other.leg.call;
        final boolean caller = other.towardsCaller();
        return replaced.accountHigh != call.accountHigh
                || replaced.accountLow != call.accountLow
                || trunk.idHigh() != (caller ? replaced.ingressTrunkHigh : other.leg.trunkHigh)
                || trunk.idLow() != (caller ? replaced.ingressTrunkLow : other.leg.trunkLow);
    }

    /** Writes the field as the other exchange knows the dialog: its own tag, then ours. */
    void write(final MessageWriter writer, final SipMessage invite) {
        if (invite.first(HeaderName.REPLACES) == SipMessage.NONE) {
            return;
        }
        final Dialog other = read(invite) ? joined(invite) : null;
        if (other == null) {
            return;
        }
        final DirectBuffer fields = exchange.blocks.buffer(other.fields);
        final int start = exchange.blocks.offset(other.fields);
        writer.header(HeaderName.REPLACES)
                .raw(fields, start + other.callIdOffset, other.callIdLength)
                .ascii(TO_TAG);
        if (other.remoteTagLength == 0) {
            writer.octet((byte) '0');
        } else {
            writer.raw(fields, start + other.remoteTagOffset, other.remoteTagLength);
        }
        writer.ascii(FROM_TAG);
        if (other.towardsCaller()) {
            exchange.layer.token(writer, Token.DIALOG, other);
        } else {
            exchange.layer.token(writer, Token.LEG, other.leg);
        }
        if (named.earlyOnly()) {
            writer.ascii(EARLY_ONLY);
        }
        writer.crlf();
    }

    private boolean read(final SipMessage invite) {
        final int header = invite.first(HeaderName.REPLACES);
        return invite.count(HeaderName.REPLACES) == 1
                && named.wrap(invite.buffer(), invite.valueOffset(header), invite.valueLength(header));
    }

    /** The live dialog on the other side of the one that was read; null if there is none. */
    private Dialog joined(final SipMessage invite) {
        final Dialog dialog = exchange.dialogs.find(invite.buffer(), named);
        if (dialog == null || dialog.state == DialogState.TERMINATED) {
            return null;
        }
        final Dialog other = dialog.counterpart;
        return other == null || other.state == DialogState.TERMINATED ? null : other;
    }
}
