package io.tandem.routing.model;

/**
 * One edge of a flow.
 *
 * @param handle outcome of the source that it is taken at; {@link FlowOutcomes#DEFAULT} if it names none.
 */
public record FlowEdge(String id, String source, String target, String handle) {}
