package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.NumberStatus;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TrunkRole;
import io.tandem.routing.number.Country;
import io.tandem.routing.number.E164;
import io.tandem.routing.number.NumberNormaliser;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.RuleTrace;

/**
 * Whose number was dialled, and whether it takes calls: the number itself, else the range or the longest prefix that it belongs to.
 * Core's thread; allocates nothing unless somebody listens.
 */
final class NumberStage {
    private final Numbering numbering;
    private final StageTrace trace;
    private RoutingPlans plans;
    private StageSettings settings = StageSettings.DEFAULT;
    private AccountPlan account;

    NumberStage(final RoutingPlans plans, final Numbering numbering, final StageTrace trace) {
        this.plans = plans;
        this.numbering = numbering;
        this.trace = trace;
    }

    void use(final RoutingPlans newPlans) {
        plans = newPlans;
    }

    void use(final StageSettings newSettings) {
        settings = newSettings;
    }

    /** The account of the number that was found last; null when there was none. */
    AccountPlan account() {
        return account;
    }

    /**
     * Looks up what was dialled, emergency calls aside.
     *
     * @param source account of the trunk that brings the call, or null.
     */
    boolean find(final Decision decision, final AccountPlan source) {
        account = null;
        final long e164 = lookUp(decision, source);
        if (e164 == E164.NONE) {
            final boolean digits = decision.calledOut.isNumber() || decision.calledOut.tooLong();
            return decision.reject(digits ? Rule.BAD_NUMBER : Rule.NUMBER_UNKNOWN);
        }
        if (!decision.numberKnown) {
            return dialledOutside(decision, source, e164);
        }
        final NumberRow number = decision.number;
        final Rule refusal = statusRefusal(number, decision.ingressTrunk);
        if (refusal != null) {
            final int status = refusal == Rule.NUMBER_DELETED ? settings.deletedNumberStatus() : refusal.status();
            return decision.reject(refusal, status, 0);
        }
        decision.calledOut.setE164(e164);
        account = plans.account(number.accountHigh, number.accountLow);
        if (account == null) {
            return decision.pass(Rule.NUMBER_ACCOUNT_MISSING);
        }
        decision.limitDuration(account.maxCallSec());
        return account.active() ? decision.pass(foundBy(number)) : decision.reject(Rule.ACCOUNT_SUSPENDED);
    }

    /**
     * What was dialled as an international number, and its row in the decision if it is one of ours. Digits that an exchange
     * dials are read as in its country before prefixes and ranges are asked: they may begin like numbers of elsewhere. What the
     * network dials is international first of all; what cannot be, and what is a number of ours in the country, is read there.
     */
    private long lookUp(final Decision decision, final AccountPlan source) {
        final long asIs = decision.calledOut.e164();
        if (source == null || source.country() == Country.NONE || !decision.calledOut.isNumber()) {
            matches(decision, asIs);
            return asIs;
        }
        final boolean exchange = isExchange(decision);
        if (exchange ? isSingle(decision, asIs) : matches(decision, asIs)) {
            return asIs;
        }
        final NumberNormaliser normaliser = numbering.normaliser();
        long meant = asIs;
        if (exchange || asIs == E164.NONE) {
            final long dialled = normaliser.normalise(decision.calledOut, source.country());
            meant = dialled == E164.NONE ? asIs : dialled;
            if (matches(decision, meant)) {
                return meant;
            }
        }
        final long reading = normaliser.reading(decision.calledOut, source.country());
        return reading != meant && matches(decision, reading) ? reading : meant;
    }

    /** Whether a number is one of ours by itself. */
    private boolean isSingle(final Decision decision, final long e164) {
        decision.numberKnown = e164 != E164.NONE && plans.configuration().number(e164, decision.number);
        return decision.numberKnown;
    }

    /** Whether a number is one of ours, by itself or by a range or prefix. */
    private boolean matches(final Decision decision, final long e164) {
        decision.numberKnown = e164 != E164.NONE && plans.configuration().longestMatch(e164, decision.number);
        if (decision.numberKnown) {
            tell(e164, decision.number, trace.at(Stage.NUMBER, ResourceKind.NUMBERS));
        }
        return decision.numberKnown;
    }

    /** Where there are ranges or prefixes, names all that what was dialled belongs to: whatever decides comes first. */
    private void tell(final long e164, final NumberRow found, final RuleTrace listener) {
        final Configuration configuration = plans.configuration();
        if (!listener.listens() || configuration.blocks().isEmpty()) {
            return;
        }
        final NumberRow row = new NumberRow();
        if (configuration.number(e164, row)) {
            tell(row, found, listener);
        }
        configuration.blocks().forEachKey(e164, key -> {
            if (configuration.number(key, row)) {
                tell(row, found, listener);
            }
        });
    }

    private static void tell(final NumberRow row, final NumberRow found, final RuleTrace listener) {
        listener.onRule(
                new ResourceId(row.idHigh, row.idLow), row.key == found.key ? Finding.DECIDES : Finding.COMES_LATER);
    }

    private static Rule foundBy(final NumberRow number) {
        return switch (NumberPattern.formOf(number.key)) {
            case SINGLE -> Rule.NUMBER_FOUND;
            case PREFIX -> Rule.NUMBER_BY_PREFIX;
            case RANGE -> Rule.NUMBER_IN_RANGE;
        };
    }

    private static boolean isExchange(final Decision decision) {
        return decision.ingressTrunk.role() == TrunkRole.PBX;
    }

    /** A number of nobody here: an exchange of ours may call it, the network may not. */
    private static boolean dialledOutside(final Decision decision, final AccountPlan source, final long e164) {
        final TrunkPlan trunk = decision.ingressTrunk;
        if (source == null || trunk == null || trunk.role() != TrunkRole.PBX) {
            return decision.reject(Rule.NUMBER_UNKNOWN);
        }
        decision.outside = true;
        decision.number.clear();
        decision.direction = CallDirection.OUTBOUND;
        decision.calledOut.setE164(e164);
        return decision.pass(Rule.NUMBER_OUTSIDE);
    }

    private static Rule statusRefusal(final NumberRow number, final TrunkPlan ingress) {
        return switch (NumberStatus.ofCode(number.status)) {
            case ACTIVE -> null;
            case VIRTUAL -> ingress != null && ingress.role() == TrunkRole.CARRIER ? Rule.VIRTUAL_UNREACHABLE : null;
            case DISABLED -> Rule.NUMBER_DISABLED;
            case PENDING -> Rule.NUMBER_PENDING;
            case SUSPENDED -> Rule.NUMBER_SUSPENDED;
            case DELETED -> Rule.NUMBER_DELETED;
        };
    }
}
