package io.tandem.routing.model;

/** How an agent comes to serve a queue. */
public enum AgentMode {
    /** Assigned; active once logged in to it. */
    STATIC,
    /** Comes and goes as he likes. */
    DYNAMIC,
    /** Assigned, and cannot leave. */
    MANDATORY,
    /** Only a supervisor moves him. */
    SUPERVISOR_MANAGED
}
