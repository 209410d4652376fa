package io.tandem.routing.stage;

/** Which way a call goes, seen from the accounts. The codes go to call records: never renumber. */
public enum CallDirection {
    /** From the network to a number of ours. */
    INBOUND(1),
    /** From an account to the network. */
    OUTBOUND(2),
    /** From an account to a number of ours. */
    INTERNAL(3);

    private final int code;

    CallDirection(final int code) {
        this.code = code;
    }

    /** Number in records. */
    public int code() {
        return code;
    }
}
