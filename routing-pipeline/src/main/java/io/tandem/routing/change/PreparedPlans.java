package io.tandem.routing.change;

import io.tandem.routing.configuration.RoutingPlans;

/**
 * Plans that whoever checked a change, or imported a generation, has compiled beforehand, so that the core only switches to them. What is not there the
 * core compiles itself, with the same result.
 */
@FunctionalInterface
public interface PreparedPlans {
    /** Nothing is ever prepared: for replays and tests. */
    PreparedPlans NONE = (revision, inUse) -> null;

    /**
     * Plans of a revision made from those in use, or null. Core's thread.
     *
     * @param inUse what the plans must have been made from.
     */
    RoutingPlans take(long revision, RoutingPlans inUse);

    /**
     * Plans of a generation that takes the place of those in use, or null. Core's thread.
     *
     * @param inUse what the plans must have been made to take the place of.
     */
    default RoutingPlans takeSwitch(final String generation, final RoutingPlans inUse) {
        return null;
    }
}
