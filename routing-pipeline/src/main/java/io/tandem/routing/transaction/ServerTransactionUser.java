package io.tandem.routing.transaction;

/** The transaction user of server transactions: what answers the request. */
public interface ServerTransactionUser {
    /** No ACK for a non-2xx final response in time (timer H). */
    void onNoAck(ServerTransaction transaction);

    /** The transaction is over and about to be forgotten. Called once, after everything else. */
    void onTerminated(ServerTransaction transaction);
}
