package io.tandem.routing.call;

import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.sip.HeaderName;
import io.tandem.sip.SipMessage;

/**
 * Which provisional responses the sender of an INVITE takes, in the number that its transaction keeps, beside {@link SessionTerms}:
 *
 * <pre>
 *   40 it does not offer 100rel
 * </pre>
 */
final class ProvisionalTerms {
    private static final long UNRELIABLE = 1L << 40;

    private final Capabilities capabilities;

    ProvisionalTerms(final Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /** Takes down what an INVITE says. */
    void takeDown(final SipMessage invite, final ServerTransaction transaction) {
        final boolean reliable = capabilities.names(invite, HeaderName.SUPPORTED, Capabilities.RELIABLE)
                || capabilities.names(invite, HeaderName.REQUIRE, Capabilities.RELIABLE);
        transaction.note(transaction.note() | (reliable ? 0 : UNRELIABLE));
    }

    /** Whether provisional responses may be reliable: only where that was offered (RFC 3262 section 3). */
    static boolean takeReliable(final long note) {
        return (note & UNRELIABLE) == 0;
    }
}
