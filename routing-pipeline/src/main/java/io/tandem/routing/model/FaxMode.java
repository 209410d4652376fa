package io.tandem.routing.model;

/** What a number does with fax. The codes go to disk: never renumber. */
public enum FaxMode {
    /** Nothing. */
    VOICE(0),
    /** It offers and permits T.38. */
    T38(1),
    /** It forces G.711. */
    PASSTHROUGH(2);

    private final int code;

    FaxMode(final int code) {
        this.code = code;
    }

    /** Number on disk. */
    public int code() {
        return code;
    }
}
