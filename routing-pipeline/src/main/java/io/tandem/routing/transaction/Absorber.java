package io.tandem.routing.transaction;

import io.tandem.sip.SipMessage;

/** The transaction user of requests whose answer changes nothing any more: CANCEL, and what a finished call left behind. */
public class Absorber implements ClientTransactionUser {
    /** The one absorber; it has no state. */
    public static final Absorber INSTANCE = new Absorber();

    /** For users to whom only a response means something. */
    protected Absorber() {}

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        // nobody waits for it
    }

    @Override
    public void onTimeout(final ClientTransaction transaction) {
        // nobody waits for it
    }

    @Override
    public void onTransportFailure(final ClientTransaction transaction) {
        // nobody waits for it
    }

    @Override
    public void onTerminated(final ClientTransaction transaction) {
        // nobody waits for it
    }
}
