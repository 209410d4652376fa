package io.tandem.routing.call;

/** States of a dialog (RFC 3261 section 12). The numbers are kept in snapshots and never change. */
enum DialogState {
    /** A provisional response with a To tag was seen. */
    EARLY,
    /** A 2xx was seen. */
    CONFIRMED,
    /** BYE sent or received, or the INVITE failed; only transactions may be left. */
    TERMINATED;

    private static final DialogState[] VALUES = values();

    static DialogState of(final int number) {
        return VALUES[number];
    }
}
