package io.tandem.admin.view;

import java.util.List;

/**
 * One live call with what it is made of.
 *
 * @param revision configuration revision that decided it
 * @param verdicts what decided it
 * @param holds    what it holds of the ceilings
 * @param timers   deadlines that are set
 */
public record CallDetailView(
        CallView call,
        long revision,
        List<Leg> legs,
        List<VerdictView> verdicts,
        List<Hold> holds,
        List<Timer> timers) {

    /**
     * One side of the call.
     *
     * @param role  caller or callee
     * @param peer  transport:address:port of the peer
     * @param trunk trunk it belongs to
     */
    public record Leg(
            String role,
            String state,
            String peer,
            String trunk,
            String callId,
            String localTag,
            String remoteTag,
            int lastStatus) {}

    /** One unit taken of a ceiling. */
    public record Hold(String dimension, String id) {}

    /** A deadline, {@code dueMs} from now; negative when overdue. */
    public record Timer(String name, long dueMs) {}
}
