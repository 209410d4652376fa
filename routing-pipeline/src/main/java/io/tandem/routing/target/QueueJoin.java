package io.tandem.routing.target;

/**
 * Whether a call is taken into a queue, or goes to one of the queue's targets instead. A target that is not given lets the call in;
 * only a full queue refuses. Pure functions.
 */
final class QueueJoin {
    /** What a queue decides at the door. */
    enum Door {
        OPEN,
        FULL,
        NO_AGENTS,
        LONG_WAIT
    }

    private QueueJoin() {}

    static Door of(final QueuePlan plan, final LiveState state) {
        final long high = plan.idHigh();
        final long low = plan.idLow();
        final int waiting = state.waiting(high, low);
        final int most = plan.queue().maxQueued();
        if (most >= 0 && waiting >= most) {
            return Door.FULL;
        }
        final int staffed = state.staffed(high, low);
        if (staffed == 0 && plan.noAgents().given()) {
            return Door.NO_AGENTS;
        }
        final int threshold = plan.queue().ewtThresholdSec();
        if (threshold >= 0 && plan.longWait().given() && state.ready(high, low) == 0) {
            final int own = plan.queue().ewtAhtSec();
            final int handling = own >= 0 ? own : state.meanHandlingSec(high, low);
            if (estimatedWaitSec(waiting + 1, handling, staffed) > threshold) {
                return Door.LONG_WAIT;
            }
        }
        return Door.OPEN;
    }

    /**
     * How long a caller will wait: his position times the handling time of a call, divided among the agents, rounded up.
     *
     * @param position 1 for the next one.
     * @param staffed agents that are there; none counts as one.
     */
    static long estimatedWaitSec(final int position, final int handlingSec, final int staffed) {
        return Math.ceilDiv((long) position * handlingSec, (long) Math.max(1, staffed));
    }
}
