package io.tandem.perf.simulation.peer;

import java.util.List;

/**
 * What a caller and its callees will do in one call.
 *
 * @param label        for people.
 * @param stream       whether the caller uses a stream connection.
 * @param lateOffer    whether the INVITE carries no offer.
 * @param reliable     whether the caller supports reliable provisional responses.
 * @param requireReliable whether it insists on them.
 * @param maxForwards  of the INVITE.
 * @param cancelWhen   what makes the caller give up.
 * @param cancelAfterNs how long after that.
 * @param callerSteps  what the caller does once the call is up.
 * @param callees      a plan for each INVITE that reaches a callee, in order; the last serves for all further ones.
 */
record Script(
        String label,
        boolean stream,
        boolean lateOffer,
        boolean reliable,
        boolean requireReliable,
        int maxForwards,
        CancelWhen cancelWhen,
        long cancelAfterNs,
        CallerFault callerFault,
        List<Step> callerSteps,
        List<CalleePlan> callees) {

    enum CancelWhen {
        NEVER,
        /** After sending the INVITE; held until a provisional response comes (RFC 3261 9.1). */
        INVITED,
        /** After sending the INVITE, provisional response or not: a rule broken. */
        INVITED_RASHLY,
        /** After the first response that says the callee is alerted. */
        ALERTED
    }

    enum CallerFault {
        NONE,
        /** 2xx responses are never acknowledged. */
        NEVER_ACKNOWLEDGES_SUCCESS,
        /** Refusals are never acknowledged. */
        NEVER_ACKNOWLEDGES_REFUSAL,
        /** A BYE is never answered. */
        NEVER_ANSWERS_BYE
    }

    enum Action {
        HANG_UP,
        /** Silence from now on. */
        DIE,
        REINVITE,
        REINVITE_WITHOUT_OFFER,
        UPDATE,
        INFO,
        OPTIONS,
        /** A request with a CSeq that was used already. */
        STALE_REQUEST
    }

    /** Something to do after the call is up. */
    record Step(long afterNs, Action action) {}

    enum CalleeFault {
        NONE,
        /** Not a single response. */
        SILENT,
        /** 100 and nothing more. */
        ONLY_TRYING,
        /** CANCEL is answered, the INVITE goes on as if it had not come. */
        IGNORES_CANCEL,
        NEVER_ANSWERS_BYE
    }

    /** A provisional response from one of the callee's forks. */
    record Ring(long afterNs, int fork, int status, boolean withBody, boolean reliable) {}

    /**
     * What one callee does.
     *
     * @param rings      provisional responses, each so long after the one before.
     * @param finalAfterNs how long after the last of them the final response goes out; negative for never.
     * @param status     final response.
     * @param fork       fork that sends it.
     * @param secondFork fork that answers too, or -1.
     * @param redirect   number in the Contact of a 3xx.
     * @param steps      what the callee does once the call is up.
     */
    record CalleePlan(
            boolean trying,
            List<Ring> rings,
            long finalAfterNs,
            int status,
            int fork,
            int secondFork,
            String redirect,
            CalleeFault fault,
            List<Step> steps) {}
}
