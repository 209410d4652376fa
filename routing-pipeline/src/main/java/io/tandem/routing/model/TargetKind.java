package io.tandem.routing.model;

import java.util.Arrays;
import java.util.List;

/** What a number may point at. The codes go to disk: never renumber. */
public enum TargetKind {
    /** No target given. */
    NONE(0, "", null, false),
    /** A published call flow. */
    FLOW(1, "flow", ResourceKind.FLOWS, true),
    /** A user's registered devices. */
    USER(2, "user", ResourceKind.USERS, false),
    /** Another extension. */
    EXTENSION(3, "extension", ResourceKind.EXTENSIONS, false),
    /** A ring group. */
    RING_GROUP(4, "ring_group", ResourceKind.RING_GROUPS, false),
    /** A waiting queue for agents. */
    QUEUE(5, "queue", ResourceKind.QUEUES, true),
    /** A voicemail box. */
    VOICEMAIL(6, "voicemail", ResourceKind.VOICEMAIL_BOXES, true),
    /** A conference room. */
    CONFERENCE(7, "conference", ResourceKind.CONFERENCES, true),
    /** An external call forward. */
    FORWARD(8, "forward", ResourceKind.FORWARDS, false),
    /** A customer's exchange, or a carrier. */
    TRUNK(9, "trunk", ResourceKind.TRUNKS, false),
    /** A feature code; extensions only. */
    FEATURE(10, "feature", null, false),
    /** Reject the call; needs no identifier. */
    HANGUP(11, "hangup", null, false),
    /** A parking lot. */
    PARKING(12, "parking", ResourceKind.PARKING_LOTS, false),
    /** An intercom group. */
    PAGING(13, "paging", ResourceKind.PAGING_GROUPS, true);

    private static final TargetKind[] BY_CODE = values();

    private final int code;
    private final String word;
    private final ResourceKind resources;
    private final boolean media;

    TargetKind(final int code, final String word, final ResourceKind resources, final boolean media) {
        this.code = code;
        this.word = word;
        this.resources = resources;
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
        return resources == null ? "" : resources.prefix();
    }

    /** Where its targets are kept, or null if they are nowhere. */
    public ResourceKind resources() {
        return resources;
    }

    /** All words, in the order of the codes. */
    public static List<String> words() {
        return Arrays.stream(BY_CODE)
                .filter(kind -> kind != NONE)
                .map(TargetKind::word)
                .toList();
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
