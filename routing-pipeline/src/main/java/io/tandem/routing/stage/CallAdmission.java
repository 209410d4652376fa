package io.tandem.routing.stage;

import io.tandem.routing.admission.AdmissionGate;
import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.CallLimits;
import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.admission.Ceilings;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.admission.RateRules;
import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.LimitDirection;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.DialString;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.PolicySubject;
import io.tandem.routing.policy.RuleTrace;
import io.tandem.routing.target.TargetPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ceilings and call limits a call and a leg have to pass, and which rule refuses them when they do not: account and
 * accounts above, trunk, number, identical calls, then the limits on calls in a period, in that order. Core's thread; allocates
 * nothing but for explanations. An emergency call (D12) passes with every ceiling unlimited and every limit a warning, and is
 * counted all the same; when the table of counters is full it passes uncounted.
 */
final class CallAdmission {
    private final AdmissionLedger ledger;
    private final CallWindows windows;
    private final AdmissionGate gate;
    private final StageTrace trace;
    private final PolicySubject subject = new PolicySubject();
    private final Ceilings ceilings = new Ceilings();
    private final RateRules rates = new RateRules();
    private final Rule[] rules = new Rule[Ceilings.COUNT_MAX];
    private boolean unlimited;

    CallAdmission(final AdmissionLedger ledger, final CallWindows windows, final StageTrace trace) {
        this.ledger = ledger;
        this.windows = windows;
        this.trace = trace;
        gate = new AdmissionGate(ledger, windows);
    }

    /** A call begins to be decided: nothing is remembered of it yet that {@link #undo} could take back. */
    void begin() {
        rates.clear();
    }

    /** Takes back what an admitted call was given, since a later stage refused it. */
    void undo(final Holds holds) {
        gate.undo(rates, holds);
    }

    /**
     * Asks for a call.
     *
     * @param source account of the calling trunk if the call counts as one that this account places, else null.
     * @param owner account of the number, or null.
     * @param limits that may apply.
     */
    boolean admitCall(
            final Decision decision,
            final AccountPlan source,
            final AccountPlan owner,
            final CallLimits limits,
            final long nowNs,
            final Holds holds) {
        begin(decision);
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
        if (!limits.isEmpty()) {
            addLimits(limits, decision, source, owner);
        }
        if (decision.emergency) {
            rates.soften();
        }
        final int outcome = decision.dryRun ? evaluate(nowNs) : gate.take(ceilings, rates, holds, nowNs);
        tellCeilings(outcome, decision);
        tellLimits(outcome);
        if (outcome >= AdmissionGate.FIRST_RATE_RULE) {
            final int rate = outcome - AdmissionGate.FIRST_RATE_RULE;
            return decision.reject(Rule.CALL_LIMIT, Rule.CALL_LIMIT.status(), rates.maxCount(rate));
        }
        if (outcome != AdmissionLedger.ADMITTED && !(outcome == AdmissionLedger.FULL && decision.emergency)) {
            return conclude(outcome, decision, trunk, Rule.CALL_ADMITTED, Rule.BOX_FULL);
        }
        decision.limitsExceeded = rates.softExceeded();
        if (decision.emergency) {
            return decision.pass(Rule.EMERGENCY_ADMITTED);
        }
        return decision.limitsExceeded == 0
                ? decision.pass(Rule.CALL_ADMITTED)
                : decision.pass(Rule.ADMITTED_OVER_LIMIT, decision.limitsExceeded);
    }

    private void begin(final Decision decision) {
        ceilings.clear();
        unlimited = decision.emergency;
    }

    private int evaluate(final long nowNs) {
        final int rate = windows.evaluate(rates, nowNs);
        final int ceiling = ledger.evaluate(ceilings);
        return ceiling != AdmissionLedger.ADMITTED || rate == CallWindows.PASSED
                ? ceiling
                : AdmissionGate.FIRST_RATE_RULE + rate;
    }

    /** Limits of the account that places the call and of the one that receives it; one of both counts once. */
    private void addLimits(
            final CallLimits limits, final Decision decision, final AccountPlan source, final AccountPlan owner) {
        final boolean internal = decision.direction == CallDirection.INTERNAL;
        final RuleTrace listener = trace.at(Stage.ADMIT_CALL, ResourceKind.CALL_LIMITS);
        if (source != null) {
            limits.addTo(
                    rates,
                    subject.of(source),
                    internal ? LimitDirection.ANY : LimitDirection.OUT,
                    decision.calledOut.e164(),
                    listener);
        }
        if (owner != null) {
            limits.addTo(
                    rates,
                    subject.of(owner).did(decision.number.idHigh, decision.number.idLow),
                    internal ? LimitDirection.ANY : LimitDirection.IN,
                    decision.callerOut.e164(),
                    listener);
        }
    }

    /** What a ceiling of a call stands at. */
    private static ResourceKind counted(final Dimension dimension) {
        return switch (dimension) {
            case NUMBER -> ResourceKind.NUMBERS;
            case TRUNK, IDENTICAL -> ResourceKind.TRUNKS;
            case CONFERENCE -> ResourceKind.CONFERENCES;
            case QUEUE -> ResourceKind.QUEUES;
            case USER -> ResourceKind.USERS;
            case ACCOUNT_IN, ACCOUNT_OUT, ACCOUNT_DIALER -> ResourceKind.ACCOUNTS;
        };
    }

    /** Every ceiling that has a limit, as far as the first that is reached. */
    private void tellCeilings(final int outcome, final Decision decision) {
        if (!trace.listens()) {
            return;
        }
        for (int i = 0; i < ceilings.count(); i++) {
            final Dimension dimension = ceilings.dimension(i);
            final boolean refuses = outcome == i;
            if (ceilings.limit(i) != Ceilings.UNLIMITED) {
                final boolean identical = dimension == Dimension.IDENTICAL;
                final long idHigh = identical ? decision.ingressTrunkHigh() : ceilings.idHigh(i);
                final long idLow = identical ? decision.ingressTrunkLow() : ceilings.idLow(i);
                final int now = ledger.count(dimension, ceilings.idHigh(i), ceilings.idLow(i));
                trace.tell(
                        Stage.ADMIT_CALL,
                        counted(dimension),
                        new ResourceId(idHigh, idLow),
                        now + " of " + ceilings.limit(i) + (identical ? " identical calls" : " calls")
                                + (refuses ? ", reached" : ""),
                        refuses);
            }
            if (refuses) {
                return;
            }
        }
    }

    private void tellLimits(final int outcome) {
        final RuleTrace listener = trace.at(Stage.ADMIT_CALL, ResourceKind.CALL_LIMITS);
        for (int i = 0; listener.listens() && i < rates.count(); i++) {
            final boolean refuses = outcome == AdmissionGate.FIRST_RATE_RULE + i;
            listener.onRule(
                    new ResourceId(rates.ruleHigh(i), rates.ruleLow(i)),
                    refuses
                            ? Finding.DECIDES
                            : !rates.isExceeded(i)
                                    ? Finding.PASSES
                                    : rates.isHard(i) ? Finding.COMES_LATER : Finding.WARNS);
        }
    }

    /** Asks for one attempt to send a call to a trunk. */
    boolean admitLeg(final Decision decision, final TrunkPlan trunk, final Holds holds) {
        begin(decision);
        add(Rule.LEG_TRUNK_CEILING, Dimension.TRUNK, trunk.idHigh(), trunk.idLow(), trunk.maxChannels());
        addGathering(decision.media);
        final int outcome = decision.dryRun ? ledger.evaluate(ceilings) : ledger.take(ceilings, holds);
        if (outcome == AdmissionLedger.FULL && decision.emergency) {
            return decision.pass(Rule.LEG_ADMITTED);
        }
        return conclude(outcome, decision, trunk, Rule.LEG_ADMITTED, Rule.LEG_BOX_FULL);
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
                    ledger.count(ceilings.dimension(i), idHigh, idLow),
                    ceilings.limit(i)));
        }
        return lines;
    }

    private boolean conclude(
            final int outcome, final Decision decision, final TrunkPlan trunk, final Rule admitted, final Rule full) {
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

    /** Members and waiting callers are counted; whether there was room for one more was asked when the target was resolved. */
    private void addGathering(final TargetPlan.ToMedia media) {
        if (media == null) {
            return;
        }
        switch (media.kind()) {
            case CONFERENCE ->
                add(Rule.CONFERENCE_FULL, Dimension.CONFERENCE, media.idHigh(), media.idLow(), Ceilings.UNLIMITED);
            case QUEUE -> add(Rule.QUEUE_FULL, Dimension.QUEUE, media.idHigh(), media.idLow(), Ceilings.UNLIMITED);
            default -> {}
        }
    }

    private void addIdentical(final TrunkPlan trunk, final Decision decision) {
        final long high = mix(mix(trunk.idHigh(), decision.callerOut), decision.calledOut);
        final long low = mix(mix(trunk.idLow(), decision.calledOut), decision.callerOut);
        add(Rule.IDENTICAL_CALLS, Dimension.IDENTICAL, high, low, trunk.maxIdenticalCalls());
    }

    private void add(final Rule rule, final Dimension dimension, final long idHigh, final long idLow, final int limit) {
        rules[ceilings.count()] = rule;
        ceilings.add(dimension, idHigh, idLow, unlimited ? Ceilings.UNLIMITED : limit);
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
