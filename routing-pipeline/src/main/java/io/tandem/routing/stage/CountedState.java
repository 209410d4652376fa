package io.tandem.routing.stage;

import io.tandem.routing.admission.AdmissionCounts;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.target.LiveState;

/**
 * What the admission counters know of what is going on. Phones are not registered yet, so that nobody can be rung and no queue has
 * agents.
 */
final class CountedState implements LiveState {
    private final AdmissionCounts counts;

    CountedState(final AdmissionCounts counts) {
        this.counts = counts;
    }

    @Override
    public int callsOfUser(final long userHigh, final long userLow) {
        return counts.count(Dimension.USER, userHigh, userLow);
    }

    @Override
    public int membersOfConference(final long conferenceHigh, final long conferenceLow) {
        return counts.count(Dimension.CONFERENCE, conferenceHigh, conferenceLow);
    }

    @Override
    public int waiting(final long queueHigh, final long queueLow) {
        return counts.count(Dimension.QUEUE, queueHigh, queueLow);
    }
}
