package io.tandem.routing.snapshot;

/** What a snapshot record is about. The codes are on disk: never renumber, never reuse. */
public enum StateKind {
    GLOBALS(1),
    COUNTER(2),
    INVITE_CLIENT(3),
    NON_INVITE_CLIENT(4),
    INVITE_SERVER(5),
    NON_INVITE_SERVER(6),
    CALL(7),
    LEG(8),
    DIALOG(9),
    END(10),
    CALL_WINDOWS(21),
    CALL_WINDOW(22),
    FLOW_VERSION(23);

    private final int code;

    StateKind(final int code) {
        this.code = code;
    }

    /** Code on disk. */
    public int code() {
        return code;
    }

    /** The kind with a code, or null for one of a newer build. */
    public static StateKind ofCode(final int code) {
        for (final StateKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
