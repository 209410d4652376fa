package io.tandem.routing.transaction;

import io.tandem.sip.SipMessage;

/** The transaction user of client transactions (RFC 3261 section 5): what sent the request. */
public interface ClientTransactionUser {
    /**
     * A response that the transaction passes up: every provisional, the first final; of INVITE also every further 2xx.
     *
     * @param transaction the request's transaction, already in its new state.
     * @param response    indexed message, valid during the call.
     */
    void onResponse(ClientTransaction transaction, SipMessage response);

    /**
     * A 2xx to an INVITE that has had another final response already: a proxy on the way had forked it (RFC 3261
     * section 16.7 step 5).
     *
     * @param transaction the INVITE's transaction, whose state it does not change.
     * @param response    indexed message, valid during the call.
     */
    default void onLateSuccess(final ClientTransaction transaction, final SipMessage response) {}

    /** No final response in time (timers B and F). The transaction is over. */
    void onTimeout(ClientTransaction transaction);

    /** The request could not be delivered. The transaction is over. */
    void onTransportFailure(ClientTransaction transaction);

    /** The transaction is over and about to be forgotten. Called once, after everything else. */
    void onTerminated(ClientTransaction transaction);
}
