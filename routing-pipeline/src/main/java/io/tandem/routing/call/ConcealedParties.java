package io.tandem.routing.call;

import io.tandem.sip.DiversionValue;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.NameAddr;
import io.tandem.sip.Octets;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import io.tandem.sip.ValueIterator;
import org.agrona.DirectBuffer;

/**
 * Parties in Diversion and History-Info that ask for privacy: by the {@code privacy} parameter (RFC 5806 section 4), or
 * by a Privacy header in their URI (RFC 7044 section 10.1.2). Outside the trust domain their address is made anonymous;
 * the entry stays, so that diversions are still counted. An entry that cannot be read is taken for one that asks.
 * Core's thread only.
 */
final class ConcealedParties {
    private static final byte[] ANONYMOUS = Octets.ascii("<sip:anonymous@anonymous.invalid>");
    private static final byte[] PRIVACY = Octets.ascii("privacy");
    private static final byte[] NONE = Octets.ascii("none");

    private final ValueIterator values = new ValueIterator();
    private final DiversionValue diversion = new DiversionValue();
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();

    /** Whether a message names one. */
    boolean areIn(final SipMessage message) {
        return areIn(message, HeaderName.DIVERSION) || areIn(message, HeaderName.HISTORY_INFO);
    }

    /**
     * Writes the entries of either header, one a field.
     *
     * @param all whether everybody in it is concealed.
     */
    void write(final MessageWriter writer, final SipMessage message, final HeaderName name, final boolean all) {
        values.reset(message, name);
        while (values.next()) {
            writer.header(name);
            if (all || isConcealed(name, message.buffer())) {
                anonymous(writer, message.buffer());
            } else {
                writer.raw(message.buffer(), values.valueOffset(), values.valueLength());
            }
            writer.crlf();
        }
    }

    /** The address of nobody, in its brackets. */
    static void anonymous(final MessageWriter writer) {
        writer.ascii(ANONYMOUS);
    }

    private void anonymous(final MessageWriter writer, final DirectBuffer buffer) {
        anonymous(writer);
        if (nameAddr.wrap(buffer, values.valueOffset(), values.valueLength()) && !nameAddr.isWildcard()) {
            writer.raw(buffer, nameAddr.parametersOffset(), nameAddr.parametersLength());
        }
    }

    private boolean areIn(final SipMessage message, final HeaderName name) {
        values.reset(message, name);
        while (values.next()) {
            if (isConcealed(name, message.buffer())) {
                return true;
            }
        }
        return false;
    }

    private boolean isConcealed(final HeaderName name, final DirectBuffer buffer) {
        if (name == HeaderName.DIVERSION) {
            return !diversion.wrap(buffer, values.valueOffset(), values.valueLength()) || diversion.concealed();
        }
        if (!nameAddr.wrap(buffer, values.valueOffset(), values.valueLength())
                || !uri.wrap(buffer, nameAddr.uriOffset(), nameAddr.uriLength())) {
            return true;
        }
        return uri.findHeader(PRIVACY)
                && !Octets.equalsIgnoreCase(buffer, uri.headerValueOffset(), uri.headerValueLength(), NONE);
    }
}
