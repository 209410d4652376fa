package io.tandem.routing.model;

/**
 * One node of a flow.
 *
 * @param id 1 to 64 visible characters of ASCII.
 * @param kind null if the draft does not say, or says one that does not exist.
 * @param step null whenever {@code kind} is.
 */
public record FlowNode(String id, FlowNodeKind kind, FlowStep step) {}
