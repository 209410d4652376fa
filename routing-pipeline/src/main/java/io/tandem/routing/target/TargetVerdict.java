package io.tandem.routing.target;

/** What a resolution came to. Each has its rule in {@code stage.Rule}, which says what callers are answered and why. */
public enum TargetVerdict {
    /** A trunk takes the call. */
    TARGET_TRUNK,
    /** Devices ring. */
    TARGET_RINGS,
    /** An external number is dialled. */
    TARGET_NUMBER,
    /** A media server takes the call. */
    TARGET_MEDIA,
    /** A flow takes the call. */
    TARGET_FLOW,
    /** The call waits in a queue. */
    TARGET_WAITS,
    /** The call is parked. */
    TARGET_PARKED,
    /** Phones are paged. */
    TARGET_PAGES,
    /** A feature does what it does. */
    TARGET_FEATURE,
    /** A flow asks a server before it goes on. */
    TARGET_ASKS,
    /** The target says so. */
    TARGET_HANGUP,
    /** A media server is needed and the account has none. */
    TARGET_NEEDS_MEDIA,
    /** It does not exist, is not published, or belongs to somebody else. */
    TARGET_MISSING,
    /** It was passed before. */
    TARGET_LOOP,
    /** Too many were passed before. */
    TARGET_HOPS,
    /** The user is not in use. */
    USER_DISABLED,
    /** The user is busy, with nowhere else to go. */
    USER_BUSY,
    /** The user does not want to be disturbed, and there is nowhere else to go. */
    USER_NOT_DISTURBED,
    /** Nobody answered, with nowhere else to go. */
    USER_NO_ANSWER,
    /** No device can be reached, with nowhere else to go. */
    USER_UNREACHABLE,
    /** All members are busy, with nowhere else to go. */
    GROUP_BUSY,
    /** No member answered, with nowhere else to go. */
    GROUP_NO_ANSWER,
    /** No member can be reached, with nowhere else to go. */
    GROUP_UNREACHABLE,
    /** The extension is not in use. */
    EXTENSION_DISABLED,
    /** The queue is full, with nowhere else to go. */
    QUEUE_FULL,
    /** The caller waited as long as he may, with nowhere else to go. */
    QUEUE_TIMEOUT,
    /** The last agent left, with nowhere else to go. */
    QUEUE_NO_AGENTS,
    /** The conference is full. */
    CONFERENCE_FULL,
    /** The number is busy, with nowhere else to go. */
    FORWARD_BUSY,
    /** Nobody answered at the number, with nowhere else to go. */
    FORWARD_NO_ANSWER,
    /** Whoever answers would have to confirm, and nobody asks for it yet; with nowhere else to go. */
    FORWARD_UNCONFIRMED,
    /** Features are for users of the account. */
    FEATURE_WITHOUT_USER
}
