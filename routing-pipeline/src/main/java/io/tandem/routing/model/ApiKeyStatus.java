package io.tandem.routing.model;

/** Whether a key opens anything. */
public enum ApiKeyStatus {
    /** It does. */
    ACTIVE,
    /** Not now. */
    DISABLED
}
