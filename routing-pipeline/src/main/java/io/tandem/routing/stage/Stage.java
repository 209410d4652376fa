package io.tandem.routing.stage;

/** The questions asked of a new call, in their order (decision D1). The codes go to records: never renumber. */
public enum Stage {
    /** Does the source address belong to a trunk? */
    SCREEN(1, "screen"),
    /** May its account place calls? */
    IDENTIFY(2, "identify"),
    /** Called number, rewritten for the trunk, then for its account. */
    TRANSFORM(3, "transform"),
    /** Whose number was dialled? */
    NUMBER(4, "number"),
    /** Called number rewritten for the number; calling number rewritten; is the caller known enough? */
    NUMBER_TRANSFORM(5, "number-transform"),
    /** Is there room in account, ancestors, trunk and number? */
    ADMIT_CALL(6, "admit-call"),
    /** Is it open? */
    SCHEDULE(7, "schedule"),
    /** Where does the number point? */
    TARGET(8, "target"),
    /** Which trunk takes it, and with which numbers? */
    OUTBOUND(9, "outbound"),
    /** Is there room in that trunk? */
    ADMIT_LEG(10, "admit-leg"),
    /** What the call engine decides by itself. */
    CALL(11, "call");

    private static final Stage[] BY_CODE = new Stage[12];

    static {
        for (final Stage stage : values()) {
            BY_CODE[stage.code] = stage;
        }
    }

    private final int code;
    private final String word;

    Stage(final int code, final String word) {
        this.code = code;
        this.word = word;
    }

    /** Number in records; 0 there means that no stage decided. */
    public int code() {
        return code;
    }

    /** For people. */
    public String word() {
        return word;
    }

    /** The stage with a {@link #code()}, or null. */
    public static Stage ofCode(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
