package io.tandem.routing.transaction;

import io.tandem.sip.SipMessage;

/** The transaction user of INVITE server transactions. */
public interface ServerTransactionUser {
    /**
     * The INVITE was cancelled before its final response (RFC 3261 section 9.2); the CANCEL itself has been answered.
     *
     * @param transaction the INVITE's transaction, still without a final response.
     * @param cancel      the CANCEL, valid during the call.
     */
    void onCancel(InviteServerTransaction transaction, SipMessage cancel);
}
