package io.tandem.routing.flow;

import io.tandem.routing.model.FlowNodeKind;
import io.tandem.routing.model.FlowOutcomes;
import java.util.List;

/**
 * A node with its ways out. Immutable.
 *
 * @param handles outcomes that have an edge of their own, each with the node it leads to at the same place of {@code
 * targets}.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlanNode(String id, FlowNodeKind kind, PlanStep step, List<String> handles, int[] targets) {
    /** Nothing leads on. */
    static final int NOWHERE = -1;

    /**
     * Where an outcome leads: by its own edge; a holiday as out of hours; by the default edge, unless somebody
     * answered.
     *
     * @return {@link #NOWHERE} if it ends the flow.
     */
    int next(final String outcome) {
        int index = handles.indexOf(outcome);
        if (index < 0 && outcome.equals(FlowOutcomes.HOLIDAY)) {
            index = handles.indexOf(FlowOutcomes.OUT_OF_HOURS);
        }
        if (index < 0 && !outcome.equals(FlowOutcomes.ANSWERED)) {
            index = handles.indexOf(FlowOutcomes.DEFAULT);
        }
        return index < 0 ? NOWHERE : targets[index];
    }
}
