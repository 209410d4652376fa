package io.tandem.routing.stage;

import io.tandem.routing.configuration.RoutingPlans;

/** Names further trunks for a call whose first one is known. Core's thread; keeps nothing from call to call. */
@FunctionalInterface
interface CandidateSource {
    /** No call has more than one trunk to try. */
    CandidateSource NONE = (plans, decision) -> {};

    /** Adds them by {@link Decision#addCandidate}, in the order in which they are to be tried. */
    void addTo(RoutingPlans plans, Decision decision);
}
