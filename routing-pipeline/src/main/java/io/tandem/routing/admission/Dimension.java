package io.tandem.routing.admission;

/** What a counter counts simultaneous calls of. The codes go to snapshots: never renumber. */
public enum Dimension {
    /** Calls to numbers of an account and of the accounts below it. */
    ACCOUNT_IN(1),
    /** Calls placed by an account and by the accounts below it. */
    ACCOUNT_OUT(2),
    /** Calls placed by an account's dialer. */
    ACCOUNT_DIALER(3),
    /** Calls over a trunk, either way. */
    TRUNK(4),
    /** Calls to a number. */
    NUMBER(5),
    /** Calls of a user. */
    USER(6),
    /** Calls with the same caller and called number through one trunk; its identifier is a hash of the three. */
    IDENTICAL(7),
    /** Members of a conference, as far as the media server has them from us. */
    CONFERENCE(8),
    /** Callers that wait in a queue. */
    QUEUE(9);

    private static final Dimension[] BY_CODE = new Dimension[10];

    static {
        for (final Dimension dimension : values()) {
            BY_CODE[dimension.code] = dimension;
        }
    }

    private final int code;

    Dimension(final int code) {
        this.code = code;
    }

    /** Number in snapshots. */
    public int code() {
        return code;
    }

    /** The dimension with a {@link #code()}, or null. */
    public static Dimension ofCode(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
