package io.tandem.routing.model;

/** Whether something is in use. */
public enum ServiceStatus {
    /** In use. */
    ACTIVE,
    /** Kept, but as if it were not there. */
    DISABLED
}
