package io.tandem.routing.transaction;

/**
 * Names transaction users by numbers, for snapshots, and has them written: the transaction layer does not know who they are.
 */
public interface UserCodec {
    /** Number of a client transaction's user. */
    long encode(ClientTransactionUser user);

    /** User with a number. */
    ClientTransactionUser decodeClient(long number);

    /** Number of an INVITE server transaction's user, which may be null. */
    long encode(ServerTransactionUser user);

    /** User with a number, or null. */
    ServerTransactionUser decodeServer(long number);

    /** Writes a user into the snapshot that is being written, and what hangs on it, unless that was done. */
    void capture(ClientTransactionUser user);

    /** Writes a user, which may be null, into the snapshot that is being written, and what hangs on it, unless that was done. */
    void capture(ServerTransactionUser user);
}
