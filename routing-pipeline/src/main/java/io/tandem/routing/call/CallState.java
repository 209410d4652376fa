package io.tandem.routing.call;

/** Where a call stands. The numbers are kept in snapshots and never change. */
public enum CallState {
    /** Admitted, no callee has answered. */
    TRYING,
    /** A callee is ringing. */
    RINGING,
    /** A 2xx was passed to the caller. */
    ANSWERED,
    /** Ended for the parties: holds given back, record written; transactions may be left. */
    ENDED;

    private static final CallState[] VALUES = values();

    static CallState of(final int number) {
        return VALUES[number];
    }
}
