package io.tandem.routing.outbound;

/** How the trunks for a call were found. */
public enum RouteOutcome {
    /** By outbound routes. */
    ROUTED,
    /** No route applies with a trunk that can be used; the wholesale carrier takes what no route handles. */
    WHOLESALE,
    /** Neither a route nor a wholesale carrier: the call cannot leave. */
    NO_ROUTE
}
