package io.tandem.routing.stage;

import io.tandem.routing.admission.AdmissionCounts;
import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.Ceilings;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.DialString;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ceilings a call and a leg have to pass, and which rule refuses them when they do not: account and accounts above,
 * trunk, number, identical calls, in that order. Core's thread; allocates nothing but for explanations. This is where an
 * emergency call (D12) is to pass: with every limit unlimited, and counted all the same.
 */
final class CallAdmission {
    private final AdmissionLedger ledger;
    private final AdmissionCounts counts;
    private final Ceilings ceilings = new Ceilings();
    private final Rule[] rules = new Rule[Ceilings.COUNT_MAX];

    /**
     * Admission by a ledger, or for dry runs only by mere counts.
     *
     * @param ledger null if nothing is ever taken.
     */
    CallAdmission(final AdmissionLedger ledger, final AdmissionCounts counts) {
        this.ledger = ledger;
        this.counts = counts;
    }

    /**
     * Asks for a call.
     *
     * @param source account of the calling trunk if the call counts as one that this account places, else null.
     * @param owner account of the number, or null.
     */
    boolean admitCall(final Decision decision, final AccountPlan source, final AccountPlan owner, final Holds holds) {
        ceilings.clear();
        if (source != null) {
            addAccounts(Dimension.ACCOUNT_OUT, source);
        }
        if (owner != null) {
            addAccounts(Dimension.ACCOUNT_IN, owner);
        }
        final TrunkPlan trunk = decision.ingressTrunk;
        if (trunk != null) {
            add(Rule.TRUNK_CEILING, Dimension.TRUNK, trunk.idHigh(), trunk.idLow(), trunk.maxChannels());
        }
        if (decision.numberKnown) {
            final NumberRow number = decision.number;
            add(Rule.NUMBER_CEILING, Dimension.NUMBER, number.idHigh, number.idLow, number.maxChannels);
        }
        if (trunk != null && trunk.maxIdenticalCalls() != TrunkPlan.UNLIMITED) {
            addIdentical(trunk, decision);
        }
        return take(decision, trunk, Rule.CALL_ADMITTED, Rule.BOX_FULL, holds);
    }

    /** Asks for one attempt to send a call to a trunk. */
    boolean admitLeg(final Decision decision, final TrunkPlan trunk, final Holds holds) {
        ceilings.clear();
        add(Rule.LEG_TRUNK_CEILING, Dimension.TRUNK, trunk.idHigh(), trunk.idLow(), trunk.maxChannels());
        return take(decision, trunk, Rule.LEG_ADMITTED, Rule.LEG_BOX_FULL, holds);
    }

    /** The ceilings last looked at; for explanations. */
    List<Explanation.CeilingLine> lines() {
        final List<Explanation.CeilingLine> lines = new ArrayList<>();
        for (int i = 0; i < ceilings.count(); i++) {
            final long idHigh = ceilings.idHigh(i);
            final long idLow = ceilings.idLow(i);
            lines.add(new Explanation.CeilingLine(
                    ceilings.dimension(i),
                    new ResourceId(idHigh, idLow),
                    counts.count(ceilings.dimension(i), idHigh, idLow),
                    ceilings.limit(i)));
        }
        return lines;
    }

    private boolean take(
            final Decision decision, final TrunkPlan trunk, final Rule admitted, final Rule full, final Holds holds) {
        final int outcome = decision.dryRun ? counts.evaluate(ceilings) : ledger.take(ceilings, holds);
        if (outcome == AdmissionLedger.ADMITTED) {
            return decision.pass(admitted);
        }
        if (outcome == AdmissionLedger.FULL) {
            return decision.reject(full);
        }
        final Rule rule = rules[outcome];
        final int status =
                rule == Rule.TRUNK_CEILING || rule == Rule.LEG_TRUNK_CEILING ? trunk.overLimitStatus() : rule.status();
        return decision.reject(rule, status, ceilings.limit(outcome));
    }

    private void addAccounts(final Dimension dimension, final AccountPlan account) {
        for (int i = 0, depth = account.depth(); i < depth; i++) {
            final int limit = dimension == Dimension.ACCOUNT_IN ? account.maxIn(i) : account.maxOut(i);
            final Rule rule = i == 0 ? Rule.ACCOUNT_CEILING : Rule.ANCESTOR_CEILING;
            add(rule, dimension, account.idHigh(i), account.idLow(i), limit);
        }
    }

    private void addIdentical(final TrunkPlan trunk, final Decision decision) {
        final long high = mix(mix(trunk.idHigh(), decision.callerOut), decision.calledOut);
        final long low = mix(mix(trunk.idLow(), decision.calledOut), decision.callerOut);
        add(Rule.IDENTICAL_CALLS, Dimension.IDENTICAL, high, low, trunk.maxIdenticalCalls());
    }

    private void add(final Rule rule, final Dimension dimension, final long idHigh, final long idLow, final int limit) {
        rules[ceilings.count()] = rule;
        ceilings.add(dimension, idHigh, idLow, limit);
    }

    private static long mix(final long seed, final DialString text) {
        long hash = seed ^ text.length() * 0x9e3779b97f4a7c15L;
        for (int i = 0, length = text.length(); i < length; i++) {
            hash = (hash ^ text.byteAt(i)) * 0xd6e8feb86659fd93L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
