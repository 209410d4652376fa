package io.tandem.routing.model;

/** State of a number. The codes go to disk: never renumber. */
public enum NumberStatus {
    /** Routed. */
    ACTIVE(1),
    /** Not routed. */
    DISABLED(2),
    /** Routed for everybody but carriers. */
    VIRTUAL(3),
    /** Ordered, not yet ours. */
    PENDING(4),
    /** Held back, may come back. */
    SUSPENDED(5),
    /** Given up. */
    DELETED(6);

    private static final NumberStatus[] BY_CODE = new NumberStatus[7];

    static {
        for (final NumberStatus status : values()) {
            BY_CODE[status.code] = status;
        }
    }

    private final int code;

    NumberStatus(final int code) {
        this.code = code;
    }

    /** Number on disk. */
    public int code() {
        return code;
    }

    /** The status with a {@link #code()}; {@link #DISABLED} for a number that means nothing. */
    public static NumberStatus ofCode(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : DISABLED;
    }
}
