package io.tandem.routing.model;

/** What a number may point at. The codes go to disk: never renumber. */
public enum TargetKind {
    /** No target given. */
    NONE(0, "", "", false),
    /** A published call flow. */
    FLOW(1, "flow", "flow_", true),
    /** A user's registered devices. */
    USER(2, "user", "us_", false),
    /** Another extension. */
    EXTENSION(3, "extension", "ext_", false),
    /** A ring group. */
    RING_GROUP(4, "ring_group", "rg_", false),
    /** A waiting queue for agents. */
    QUEUE(5, "queue", "q_", true),
    /** A voicemail box. */
    VOICEMAIL(6, "voicemail", "vm_", true),
    /** A conference room. */
    CONFERENCE(7, "conference", "conf_", true),
    /** An external call forward. */
    FORWARD(8, "forward", "fwd_", false),
    /** A customer's exchange, or a carrier. */
    TRUNK(9, "trunk", "tr_", false),
    /** A feature code; extensions only. */
    FEATURE(10, "feature", "", false),
    /** Reject the call; needs no identifier. */
    HANGUP(11, "hangup", "", false),
    /** A parking lot. */
    PARKING(12, "parking", "park_", false),
    /** An intercom group. */
    PAGING(13, "paging", "page_", true);

    private static final TargetKind[] BY_CODE = values();

    private final int code;
    private final String word;
    private final String prefix;
    private final boolean media;

    TargetKind(final int code, final String word, final String prefix, final boolean media) {
        this.code = code;
        this.word = word;
        this.prefix = prefix;
        this.media = media;
    }

    /** Number on disk. */
    public int code() {
        return code;
    }

    /** As written in {@code dest_kind}. */
    public String word() {
        return word;
    }

    /** What identifiers of its targets begin with; empty if they have no fixed prefix. */
    public String prefix() {
        return prefix;
    }

    /** Whether the appliance itself would have to speak or listen to serve it. */
    public boolean needsMedia() {
        return media;
    }

    /** The kind with a {@link #code()}; {@link #NONE} for a number that means nothing. */
    public static TargetKind ofCode(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : NONE;
    }

    /** The kind of a {@link #word()}, or null. */
    public static TargetKind ofWord(final String word) {
        for (final TargetKind kind : BY_CODE) {
            if (kind != NONE && kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
