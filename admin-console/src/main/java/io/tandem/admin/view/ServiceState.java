package io.tandem.admin.view;

/** What the appliance does with calls at the moment. */
public enum ServiceState {
    /** Reads snapshot and journal; no socket is open. */
    RECOVERING,
    /** Takes calls. */
    SERVING,
    /** Refuses new calls, keeps those in progress. */
    DRAINING,
    /** Ends; calls are kept for the next start. */
    STOPPING
}
