package io.tandem.routing.transaction;

/** States of RFC 3261 section 17 and RFC 6026 section 7. The numbers are kept in snapshots and never change. */
public enum TransactionState {
    /** INVITE sent, nothing heard. */
    CALLING,
    /** Non-INVITE sent or received, nothing said. */
    TRYING,
    /** A provisional response was sent or received. */
    PROCEEDING,
    /** A final response (of INVITE: 300-699) was sent or received. */
    COMPLETED,
    /** ACK for 300-699 received. */
    CONFIRMED,
    /** A 2xx to INVITE was sent or received (RFC 6026). */
    ACCEPTED,
    /** Over. */
    TERMINATED;

    private static final TransactionState[] VALUES = values();

    /** The state with a number. */
    public static TransactionState of(final int number) {
        return VALUES[number];
    }
}
