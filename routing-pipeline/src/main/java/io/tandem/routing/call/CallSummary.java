package io.tandem.routing.call;

import java.util.List;

/**
 * A live call as an operator sees it; a copy, so that other threads may keep it.
 *
 * @param serial       number of the call since the journal began.
 * @param state        where it stands.
 * @param direction    {@link io.tandem.routing.stage.CallDirection} code.
 * @param startMs      wall clock, ms since 1970 UTC.
 * @param ageMs        since then, by the monotonic clock.
 * @param answeredMs   from start to answer, -1 while it is not answered.
 * @param stage        stage code of the decision.
 * @param rule         rule code of the decision.
 * @param revision     configuration that decided.
 * @param timers       deadlines that are set.
 * @param legs         caller first.
 */
public record CallSummary(
        long serial,
        CallState state,
        int direction,
        String caller,
        String called,
        long accountHigh,
        long accountLow,
        long ingressTrunkHigh,
        long ingressTrunkLow,
        long egressTrunkHigh,
        long egressTrunkLow,
        long startMs,
        long ageMs,
        long answeredMs,
        int stage,
        int rule,
        long revision,
        List<Deadline> timers,
        List<Leg> legs) {
    /** A timer that is set, {@code afterStartMs} after the start of the call. */
    public record Deadline(String name, long afterStartMs) {}

    /**
     * One side of the call.
     *
     * @param towardsCaller whether it is the caller's.
     * @param state         state of its dialog in words, or of its INVITE.
     * @param callId        Call-ID on that leg.
     * @param localTag      our tag in its dialog; empty while there is none.
     * @param remoteTag     the peer's.
     */
    public record Leg(
            boolean towardsCaller,
            String state,
            byte transport,
            long addressHigh,
            long addressLow,
            int port,
            long trunkHigh,
            long trunkLow,
            String callId,
            String localTag,
            String remoteTag,
            int lastStatus) {}
}
