package io.tandem.routing.model;

/** What a piece of media is for. */
public enum MediaKind {
    /** A spoken text in a dialogue. */
    PROMPT,
    /** Music on hold. */
    MOH,
    /** Of a voicemail box. */
    GREETING,
    /** To be heard once. */
    ANNOUNCEMENT
}
