package io.tandem.routing.call;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.TrunkRole;
import io.tandem.routing.stage.RoutingStages;

/**
 * Who belongs to the trust domain of RFC 3325: trunks of role {@code carrier} do, a customer's exchange and whoever is
 * no trunk of ours do not. Core's thread only.
 */
final class IdentityTrust {
    private final RoutingStages stages;

    IdentityTrust(final RoutingStages stages) {
        this.stages = stages;
    }

    /** Whether a source address is that of a trunk whose assertions count. */
    boolean trustsSource(final long addressHigh, final long addressLow) {
        return trusts(stages.trunkOfSource(addressHigh, addressLow));
    }

    /** The leg on the other side of a call, null when there is none yet. */
    static Leg opposite(final Leg leg) {
        if (leg == null) {
            return null;
        }
        return leg.towardsCaller ? leg.call.answeredLeg : leg.call.callerLeg;
    }

    /** Whether the peer of a leg belongs to it; one that is unknown, or null, does not. */
    boolean trusts(final Leg leg) {
        if (leg == null) {
            return false;
        }
        return trusts(
                leg.towardsCaller
                        ? stages.trunk(leg.call.ingressTrunkHigh, leg.call.ingressTrunkLow)
                        : stages.trunk(leg.trunkHigh, leg.trunkLow));
    }

    /** Whether a trunk, which may be null, belongs to it. */
    static boolean trusts(final TrunkPlan trunk) {
        return trunk != null && trunk.role() == TrunkRole.CARRIER;
    }
}
