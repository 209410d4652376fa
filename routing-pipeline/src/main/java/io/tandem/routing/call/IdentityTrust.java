package io.tandem.routing.call;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.TrunkRole;
import io.tandem.routing.stage.RoutingStages;
import io.tandem.sip.HeaderName;
import io.tandem.sip.PrivacyValue;
import io.tandem.sip.SipMessage;

/**
 * Who belongs to the trust domain of RFC 3325, and which asserted identities may leave or enter it: trunks of role
 * {@code carrier} belong to it, a customer's exchange and whoever is no trunk of ours do not. Core's thread only.
 */
final class IdentityTrust {
    private final RoutingStages stages;
    private final PrivacyValue privacy = new PrivacyValue();

    IdentityTrust(final RoutingStages stages) {
        this.stages = stages;
    }

    /**
     * Whether asserted identities of a message go no further: from outside the trust domain never (RFC 3325 section 5), to
     * the outside not if the message asks for {@code Privacy: id} (section 7).
     *
     * @param from leg that the message came from, null when unknown.
     * @param to   leg that it goes to, null when unknown.
     */
    boolean stays(final SipMessage message, final Leg from, final Leg to) {
        if (message.first(HeaderName.P_ASSERTED_IDENTITY) == SipMessage.NONE
                && message.first(HeaderName.REMOTE_PARTY_ID) == SipMessage.NONE) {
            return false;
        }
        return !trusts(from) || (!trusts(to) && asksForPrivacy(message));
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

    /** What cannot be read is taken for a wish to stay private. */
    private boolean asksForPrivacy(final SipMessage message) {
        return !privacy.wrap(message) || privacy.id();
    }

    private boolean trusts(final Leg leg) {
        if (leg == null) {
            return false;
        }
        return trusts(
                leg.towardsCaller
                        ? stages.trunk(leg.call.ingressTrunkHigh, leg.call.ingressTrunkLow)
                        : stages.trunk(leg.trunkHigh, leg.trunkLow));
    }

    private static boolean trusts(final TrunkPlan trunk) {
        return trunk != null && trunk.role() == TrunkRole.CARRIER;
    }
}
