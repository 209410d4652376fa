package io.tandem.routing.model;

/** Whether calls are recorded. */
public enum RecordingMode {
    /** Never. */
    OFF,
    /** From the answer to the end. */
    ON,
    /** When somebody asks for it during the call. */
    ON_DEMAND
}
