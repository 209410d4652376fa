package io.tandem.routing.call;

import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.sip.HeaderName;
import io.tandem.sip.SipMessage;

/**
 * Which provisional responses the sender of an INVITE takes, in the number that its transaction keeps, beside
 * {@link SessionTerms}:
 *
 * <pre>
 *   40 it does not offer 100rel | 41 it wants to hear of early dialogs that end, and does not require 100rel
 * </pre>
 */
final class ProvisionalTerms {
    private static final long UNRELIABLE = 1L << 40;
    private static final long ENDINGS = 1L << 41;

    private final Capabilities capabilities;

    ProvisionalTerms(final Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /** Takes down what an INVITE says. */
    void takeDown(final SipMessage invite, final ServerTransaction transaction) {
        final boolean required = capabilities.names(invite, HeaderName.REQUIRE, Capabilities.RELIABLE);
        final boolean reliable = required || capabilities.names(invite, HeaderName.SUPPORTED, Capabilities.RELIABLE);
        final boolean endings = !required && capabilities.names(invite, HeaderName.SUPPORTED, Capabilities.ENDINGS);
        transaction.note(transaction.note() | (reliable ? 0 : UNRELIABLE) | (endings ? ENDINGS : 0));
    }

    /** Whether provisional responses may be reliable: only where that was offered (RFC 3262 section 3). */
    static boolean takeReliable(final long note) {
        return (note & UNRELIABLE) == 0;
    }

    /**
     * Whether a 199 may be sent. It is never reliable (RFC 6228 section 4), so not where each provisional response has to be.
     */
    static boolean takeEndings(final long note) {
        return (note & ENDINGS) != 0;
    }
}
