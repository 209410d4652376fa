package io.tandem.routing.model;

/** Which calls a recording rule is about. */
public enum RecordingDirection {
    /** Calls that come in. */
    IN,
    /** Calls that go out. */
    OUT,
    /** All of them, internal calls too. */
    ANY
}
