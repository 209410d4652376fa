package io.tandem.routing.model;

/** Voice of announcements. */
public enum VoiceGender {
    /** A woman's. */
    FEMALE,
    /** A man's. */
    MALE
}
