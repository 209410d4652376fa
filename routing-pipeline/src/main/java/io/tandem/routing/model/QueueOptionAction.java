package io.tandem.routing.model;

/** What a key pressed in a queue does. */
public enum QueueOptionAction {
    /** Leaves the queue for a target. */
    ROUTE,
    /** Reports to a URL. */
    WEBHOOK,
    /** Reports to a URL and holds on. */
    DEFLECT,
    /** Ends the call. */
    HANGUP
}
