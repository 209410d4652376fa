package io.tandem.routing.flow;

import io.tandem.routing.model.ResourceId;

/**
 * In which flow a call waits, and in which of its graphs: the one that was in force at a revision. A version alone does not tell:
 * a rollback or an import may bring another graph under the same one.
 *
 * @param revision of the configuration, by which the call entered the flow; 0 if a build wrote it that did not keep it.
 */
public record FlowWait(ResourceId flow, long revision) {}
