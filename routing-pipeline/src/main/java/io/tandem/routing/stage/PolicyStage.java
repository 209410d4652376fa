package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.PolicyPlans;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.model.RecordingDirection;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.Country;
import io.tandem.routing.number.E164;
import io.tandem.routing.policy.AddressCountries;
import io.tandem.routing.policy.PolicySubject;
import io.tandem.routing.policy.Recording;

/**
 * What operators forbid: sources by address and country, callers and called numbers by lists, called numbers by country; and what they record. Core's
 * thread; allocates nothing but for a recording that a list forbids.
 */
final class PolicyStage {
    private final StageTrace trace;
    private final PolicySubject subject = new PolicySubject();
    private AddressCountries countries = AddressCountries.NONE;
    private PolicyPlans policies;
    private RoutingPlans plans;

    PolicyStage(final RoutingPlans plans, final StageTrace trace) {
        this.trace = trace;
        use(plans);
    }

    void use(final RoutingPlans next) {
        plans = next;
        policies = next.policies();
    }

    void use(final AddressCountries newCountries) {
        countries = newCountries;
    }

    /** Whether rules of an account, or of one above it, let a call come from an address. */
    boolean mayComeFrom(final AccountPlan account, final long addressHigh, final long addressLow) {
        if (policies.access().isEmpty()) {
            return true;
        }
        final int country =
                policies.access().needsCountry() ? countries.countryOf(addressHigh, addressLow) : Country.NONE;
        return policies.access()
                .decide(subject.of(account), addressHigh, addressLow, country, trace.at(Stage.IDENTIFY, ResourceKind.ACL_RULES))
                .allowed();
    }

    /** Whether a list of the called number's owner keeps the caller from calling. */
    boolean isCallerBlocked(final AccountPlan owner, final NumberRow number, final long caller) {
        return !policies.phoneLists().isEmpty()
                && caller != E164.NONE
                && !policies.phoneLists()
                        .forbidsCaller(
                                subject.of(owner).did(number.idHigh, number.idLow),
                                caller,
                                trace.at(Stage.NUMBER_TRANSFORM, ResourceKind.PHONE_LISTS))
                        .isNil();
    }

    /**
     * What forbids an account to call a number outside, or null.
     *
     * @param number whose forwarding places the call; zeros if none does.
     */
    Rule forbidsCalling(final AccountPlan account, final NumberRow number, final long called) {
        subject.of(account).did(number.idHigh, number.idLow);
        if (!policies.phoneLists().isEmpty()) {
            final ResourceId list =
                    policies.phoneLists()
                    .forbidsCalling(subject, called, trace.at(Stage.OUTBOUND, ResourceKind.PHONE_LISTS));
            if (!list.isNil()) {
                return Rule.CALLED_BLOCKED;
            }
        }
        if (!policies.geo().isEmpty()) {
            final ResourceId policy =
                    policies.geo()
                    .forbids(
                            subject,
                            plans.countryOf(called),
                            trace.at(Stage.OUTBOUND, ResourceKind.GEO_POLICIES));
            if (!policy.isNil()) {
                return Rule.COUNTRY_FORBIDDEN;
            }
        }
        return null;
    }

    /**
     * Whether a call is recorded: as the account that is called says, or else the one that places it.
     *
     * @param owner account of the number, or null.
     * @param source account that places the call, or null.
     * @param remote number of the other side, or {@link E164#NONE}.
     */
    Recording recording(
            final Decision decision, final AccountPlan owner, final AccountPlan source, final long remote) {
        if (policies.recording().isEmpty()) {
            return Recording.NO_RULE;
        }
        final RecordingDirection direction = switch (decision.direction) {
            case INBOUND -> RecordingDirection.IN;
            case OUTBOUND -> RecordingDirection.OUT;
            case INTERNAL -> RecordingDirection.ANY;
        };
        Recording recording = Recording.NO_RULE;
        if (owner != null) {
            subject.of(owner).did(decision.number.idHigh, decision.number.idLow);
            recording = recording(direction, remote);
        }
        if (source != null && recording.rule().isNil()) {
            subject.of(source);
            recording = recording(direction, remote);
        }
        return recording;
    }

    private Recording recording(final RecordingDirection direction, final long remote) {
        final ResourceId forbidding = policies.phoneLists().isEmpty() || remote == E164.NONE
                ? ResourceId.NIL
                : policies.phoneLists()
                        .forbidsRecording(subject, remote, trace.at(Stage.CALL, ResourceKind.PHONE_LISTS));
        return policies.recording()
                .decide(subject, direction, forbidding, trace.at(Stage.CALL, ResourceKind.RECORDING_RULES));
    }
}
