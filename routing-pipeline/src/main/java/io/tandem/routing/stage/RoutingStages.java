package io.tandem.routing.stage;

import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.flow.FlowsWaitedIn;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.TrunkRole;
import io.tandem.routing.number.Country;
import io.tandem.routing.number.E164;
import io.tandem.routing.policy.AddressCountries;
import io.tandem.routing.schedule.HoursVerdict;
import io.tandem.routing.schedule.OpeningBasis;
import io.tandem.routing.schedule.SchedulePlan;
import io.tandem.routing.target.DiversionReason;
import io.tandem.routing.target.RingOutcome;
import io.tandem.routing.target.TargetPlan;
import io.tandem.routing.target.TargetStep;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a new call goes: the chain of stages, in the order of decision D1. Owned by the core's thread; deterministic in the
 * request, the configuration and the ledger; allocates nothing unless a transform is tried.
 */
public final class RoutingStages {
    /** Redirects that one call may go through (D5). */
    public static final int REDIRECTS_MAX = 5;

    /** Diversions that one call may have behind it (D6). */
    public static final int DIVERSIONS_MAX = 5;

    private final AdmissionLedger ledger;
    private final StageClock clock;
    private final CallAdmission admission;
    private final StageTrace trace = new StageTrace();
    private final NumberRewriting rewriting = new NumberRewriting(trace);
    private final TargetChoice choice = new TargetChoice();
    private final RuleCounts counts = new RuleCounts();
    private RoutingPlans plans = RoutingPlans.of(InMemoryConfiguration.empty());
    private final FlowsWaitedIn flowsWaitedIn = new FlowsWaitedIn();
    private final TargetStage targets;
    private final PolicyStage policies = new PolicyStage(plans, trace);
    private final Numbering numbering = new Numbering();
    private final NumberStage numbers;
    private final OutboundStage outbound;
    private StageSettings settings = StageSettings.DEFAULT;
    private AccountPlan sourceAccount;
    private AccountPlan numberAccount;
    private TargetPlan.ToNumber forward;
    private long remote = E164.NONE;

    /** Stages over counters, without any configuration: every call is refused until {@link #use}. */
    public RoutingStages(final AdmissionLedger ledger, final CallWindows windows, final StageClock clock) {
        this.ledger = ledger;
        this.clock = clock;
        targets = new TargetStage(plans, new CountedState(ledger), flowsWaitedIn, trace);
        numbers = new NumberStage(plans, numbering, trace);
        outbound = new OutboundStage(plans, policies, targets, rewriting, numbering, trace);
        admission = new CallAdmission(ledger, windows, trace);
    }

    /** Decides by another revision from now on; calls that are up keep what they hold, and the flow that they wait in. */
    public void use(final Configuration configuration) {
        use(RoutingPlans.of(configuration));
    }

    /** The same with plans that another thread has compiled. */
    public void use(final RoutingPlans newPlans) {
        newPlans.succeed(plans);
        plans = newPlans;
        targets.use(newPlans);
        numbers.use(newPlans);
        outbound.use(newPlans);
        policies.use(newPlans);
        newPlans.settle();
    }

    /** Answers by other settings of the box from now on. */
    public void use(final StageSettings newSettings) {
        settings = newSettings;
        numbers.use(newSettings);
    }

    /** Tells countries of source addresses by another file from now on; without one no country is known. */
    public void use(final AddressCountries countries) {
        policies.use(countries);
    }

    /** The plans in use. */
    public RoutingPlans plans() {
        return plans;
    }

    /** The configuration in use. */
    public Configuration configuration() {
        return plans.configuration();
    }

    /** The trunk of an identifier, or null. */
    public TrunkPlan trunk(final long idHigh, final long idLow) {
        return plans.trunk(idHigh, idLow);
    }

    /** The trunk that an address belongs to, or null. */
    public TrunkPlan trunkOfSource(final long addressHigh, final long addressLow) {
        return plans.trunkOfSource(addressHigh, addressLow);
    }

    /** Whether whoever calls from an address gets no answer at all: no trunk has it, and the box is set so (D2). */
    public boolean leavesUnanswered(final long addressHigh, final long addressLow) {
        return settings.dropUnknownSource() && plans.trunkOfSource(addressHigh, addressLow) == null;
    }

    /** Which flows calls wait in: whoever keeps the way on of a call enters it there, and has it leave. */
    public FlowsWaitedIn flowsWaitedIn() {
        return flowsWaitedIn;
    }

    /** How often each rule concluded, dry runs aside. */
    public RuleCounts counts() {
        return counts;
    }

    /**
     * Decides one call.
     *
     * @param callHolds receives what the call takes; must be empty, and stays so when the call is refused or dry.
     * @return whether it was accepted; {@code decision} says the rest.
     */
    public boolean decide(final CallRequest request, final Decision decision, final Holds callHolds) {
        decision.begin(plans.configuration().revision(), request.dryRun, clock);
        if (!request.goesOn) {
            decision.wayOn.clear();
        }
        admission.begin();
        sourceAccount = null;
        numberAccount = null;
        forward = null;
        final boolean accepted = screen(request, decision)
                && identify(request, decision)
                && transformCalled(request, decision)
                && number(request, decision)
                && transformNumbers(request, decision)
                && admitCall(request, decision, callHolds)
                && way(request, decision);
        if (!accepted) {
            admission.undo(callHolds);
        } else if (!request.holdsNothing) {
            decision.recording = policies.recording(decision, numberAccount, placing(decision), remote);
        }
        count(decision, 0);
        return accepted;
    }

    /** Says what {@link #decide} and {@link #admitLeg} would conclude, and takes nothing. Allocates; not for the core's path. */
    public Explanation explain(final CallRequest request) {
        final Decision decision = new Decision();
        final List<Explanation.Considered> considered = consider(request, decision);
        final List<Explanation.CeilingLine> ceilings = new ArrayList<>();
        if (decision.reached(Stage.ADMIT_CALL)) {
            ceilings.addAll(admission.lines());
        }
        if (decision.accepted() && decision.target() != null) {
            admitLeg(decision, decision.target(), new Holds());
            ceilings.addAll(admission.lines());
        }
        return Explanation.of(decision, ceilings, considered);
    }

    /**
     * Decides one call without taking or counting anything, and says which rules of operators were looked at. Allocates; not for
     * the core's path.
     *
     * @return in the order in which they were looked at.
     */
    public List<Explanation.Considered> consider(final CallRequest request, final Decision decision) {
        final boolean dryRun = request.dryRun;
        final boolean mayWait = request.mayWait;
        request.dryRun = true;
        request.mayWait = !request.holdsNothing;
        trace.listen(true);
        try {
            decide(request, decision, new Holds());
            return trace.considered();
        } finally {
            trace.listen(false);
            request.dryRun = dryRun;
            request.mayWait = mayWait;
        }
    }

    /**
     * Asks for room in a trunk for one attempt; before every attempt.
     *
     * @param legHolds receives what the attempt takes; must be empty, and stays so when it is refused.
     */
    public boolean admitLeg(final Decision decision, final TrunkPlan trunk, final Holds legHolds) {
        decision.resume();
        final boolean admitted = admission.admitLeg(decision, trunk, legHolds);
        count(decision, decision.verdictCount() - 1);
        return admitted;
    }

    /**
     * Offers a call whose attempt failed to the next of the trunks that are left, by the revision in force. Those that
     * do not take it are passed over, each counted under its rule.
     *
     * @param decision receives that trunk as its target, and the numbers rewritten for it; room in it is still to be
     *                 asked for by {@link #admitLeg}.
     * @return false if none is left.
     */
    public boolean next(final CandidatesLeft left, final Decision decision) {
        while (left.count() > 0) {
            decision.begin(plans.configuration().revision(), false, clock);
            final boolean taken = outbound.offerNext(left, decision);
            count(decision, 0);
            if (taken) {
                return true;
            }
        }
        return false;
    }

    /** Moves what one attempt held on to the next. */
    public void handOver(final Holds from, final Holds to) {
        ledger.handOver(from, to);
    }

    /** Gives back what a call or a leg holds, once. */
    public void release(final Holds holds) {
        ledger.release(holds);
    }

    private boolean screen(final CallRequest request, final Decision decision) {
        if (request.redirects > REDIRECTS_MAX) {
            return decision.reject(Rule.REDIRECT_LOOP, Rule.REDIRECT_LOOP.status(), REDIRECTS_MAX);
        }
        if (request.redirects > 0 && request.diversions >= DIVERSIONS_MAX) {
            return decision.reject(Rule.REDIRECTED_TOO_LATE, Rule.REDIRECTED_TOO_LATE.status(), DIVERSIONS_MAX);
        }
        if ((request.ingressTrunkHigh | request.ingressTrunkLow) != 0) {
            final TrunkPlan trunk = plans.trunk(request.ingressTrunkHigh, request.ingressTrunkLow);
            if (trunk == null || !trunk.active()) {
                return decision.reject(Rule.REDIRECTING_TRUNK_GONE);
            }
            decision.ingressTrunk = trunk;
            return decision.pass(Rule.SOURCE_PRESET);
        }
        if (!request.sourceGiven) {
            return decision.pass(Rule.SOURCE_NOT_GIVEN);
        }
        decision.ingressTrunk = plans.trunkOfSource(request.addressHigh, request.addressLow);
        if (decision.ingressTrunk == null) {
            return decision.reject(Rule.SOURCE_UNKNOWN);
        }
        if (trace.listens()) {
            trace.tellSource(decision.ingressTrunk, request.addressHigh, request.addressLow);
        }
        return decision.pass(Rule.SOURCE_MATCHED);
    }

    private boolean identify(final CallRequest request, final Decision decision) {
        final TrunkPlan trunk = decision.ingressTrunk;
        if (trunk == null) {
            return decision.pass(Rule.CALLER_NOT_IDENTIFIED);
        }
        sourceAccount = plans.account(trunk.accountHigh(), trunk.accountLow());
        if (sourceAccount == null) {
            return decision.pass(Rule.SOURCE_ACCOUNT_MISSING);
        }
        if (trunk.role() == TrunkRole.PBX) {
            decision.direction = CallDirection.INTERNAL;
        }
        decision.limitDuration(sourceAccount.maxCallSec());
        decision.limitDuration(trunk.maxCallSec());
        if (isScreened(request) && !policies.mayComeFrom(sourceAccount, request.addressHigh, request.addressLow)) {
            return decision.reject(Rule.SOURCE_FORBIDDEN);
        }
        if (isEmergency(request, decision)) {
            return decision.pass(Rule.EMERGENCY_IDENTIFIED);
        }
        return sourceAccount.active()
                ? decision.pass(Rule.TRUNK_IDENTIFIED)
                : decision.reject(Rule.SOURCE_ACCOUNT_SUSPENDED);
    }

    /**
     * Whether somebody whom we know asks for help (D12): by name, by digits as dialled, or, from a suspended account, whose
     * numbers nobody looks at later, by digits as rewritten. Redirects have no such right.
     */
    private boolean isEmergency(final CallRequest request, final Decision decision) {
        if (request.redirects > 0) {
            return false;
        }
        decision.calledOut.set(request.called);
        if (request.emergency) {
            decision.calledOut.setAscii(numbering.emergencyDigits(sourceAccount.country()));
            return emergency(decision);
        }
        if (numbering.isEmergency(decision.calledOut, sourceAccount.country())) {
            return emergency(decision);
        }
        if (sourceAccount.active()) {
            return false;
        }
        rewriting.inboundCalled(plans, decision);
        return numbering.isEmergency(decision.calledOut, sourceAccount.country()) && emergency(decision);
    }

    /** From here on nothing stands in the way of the call; it leaves as one that its account places. */
    private static boolean emergency(final Decision decision) {
        decision.emergency = true;
        decision.outside = true;
        decision.direction = CallDirection.OUTBOUND;
        decision.maxCallSec = Decision.UNLIMITED;
        decision.number.clear();
        return true;
    }

    /** Whether the source address is that of the trunk: not where a trunk redirects somebody else's call. */
    private static boolean isScreened(final CallRequest request) {
        return request.sourceGiven && (request.ingressTrunkHigh | request.ingressTrunkLow) == 0;
    }

    private boolean transformCalled(final CallRequest request, final Decision decision) {
        if (decision.emergency) {
            return decision.pass(decision.calledChanged ? Rule.CALLED_REWRITTEN : Rule.CALLED_UNCHANGED);
        }
        decision.calledOut.set(request.called);
        return decision.pass(rewriting.inboundCalled(plans, decision) ? Rule.CALLED_REWRITTEN : Rule.CALLED_UNCHANGED);
    }

    private boolean number(final CallRequest request, final Decision decision) {
        if (decision.emergency || (sourceAccount != null && request.redirects == 0 && isEmergencyNow(decision))) {
            return decision.pass(Rule.EMERGENCY_NUMBER);
        }
        final boolean found = numbers.find(decision, sourceAccount);
        numberAccount = numbers.account();
        return found;
    }

    private boolean isEmergencyNow(final Decision decision) {
        return numbering.isEmergency(decision.calledOut, sourceAccount.country()) && emergency(decision);
    }

    private boolean transformNumbers(final CallRequest request, final Decision decision) {
        decision.callerOut.set(request.caller);
        numbering.normaliseCaller(decision.callerOut, callerCountry(decision));
        if (!decision.number.allowAnonymous && (request.anonymous || !decision.callerOut.isNumber())) {
            return decision.reject(Rule.ANONYMOUS_REFUSED);
        }
        final boolean called = rewriting.ownCalled(plans, decision);
        final boolean caller = rewriting.inboundCaller(plans, decision);
        if (numberAccount != null
                && policies.isCallerBlocked(numberAccount, decision.number, decision.callerOut.e164())) {
            return decision.reject(Rule.CALLER_BLOCKED);
        }
        remote = decision.direction == CallDirection.OUTBOUND ? decision.calledOut.e164() : decision.callerOut.e164();
        return decision.pass(called || caller ? Rule.NUMBERS_REWRITTEN : Rule.NUMBERS_UNCHANGED);
    }

    /** Country whose peers show the caller: that of the account called, for a call of the network; else that of the trunk's. */
    private int callerCountry(final Decision decision) {
        final TrunkPlan trunk = decision.ingressTrunk;
        final boolean exchange = trunk != null && trunk.role() == TrunkRole.PBX;
        if (!exchange && numberAccount != null && numberAccount.country() != Country.NONE) {
            return numberAccount.country();
        }
        return sourceAccount == null ? Country.NONE : sourceAccount.country();
    }

    private boolean admitCall(final CallRequest request, final Decision decision, final Holds holds) {
        if (request.holdsNothing) {
            return decision.pass(Rule.HOLDS_NOTHING);
        }
        if (request.goesOn) {
            return decision.pass(Rule.STILL_ADMITTED);
        }
        return admission.admitCall(
                decision, placing(decision), numberAccount, plans.policies().callLimits(), request.nowNs, holds);
    }

    /** The account that places the call; null for one that comes from the network. */
    private AccountPlan placing(final Decision decision) {
        return decision.direction == CallDirection.INBOUND ? null : sourceAccount;
    }

    /** Target and trunk; what cannot be reached gives way to what follows it, as if nobody had answered there. */
    private boolean way(final CallRequest request, final Decision decision) {
        boolean found = (decision.outside || destination(request, decision)) && reached(request, decision);
        for (int i = 0; !found && i < TargetStage.FLOWS_MAX && decision.wayOn.leadsOn(); i++) {
            decision.backToBeforeTarget();
            forward = null;
            decision.wayOn.ended(RingOutcome.UNREACHABLE, 0);
            found = settled(request, decision, targets.goOn(decision, request)) && reached(request, decision);
        }
        return found;
    }

    private boolean reached(final CallRequest request, final Decision decision) {
        return decision.question != null || outbound.choose(request, decision, forward, sourceAccount, numberAccount);
    }

    /** What the number leads to, or what comes next on the way that the call is on already. */
    private boolean destination(final CallRequest request, final Decision decision) {
        if (request.goesOn) {
            targets.begin(numberAccount, request.wallMs);
            return settled(request, decision, targets.goOn(decision, request));
        }
        if (request.holdsNothing) {
            targets.begin(numberAccount, request.wallMs);
            final TargetPlan flow = targets.messageFlow(decision, request);
            if (flow != null) {
                return settled(request, decision, flow);
            }
        }
        return schedule(request, decision) && target(request, decision);
    }

    private boolean schedule(final CallRequest request, final Decision decision) {
        final NumberRow number = decision.number;
        choice.normal(number);
        if ((number.scheduleHigh | number.scheduleLow) == 0) {
            return decision.pass(Rule.NO_SCHEDULE);
        }
        decision.scheduleHigh = number.scheduleHigh;
        decision.scheduleLow = number.scheduleLow;
        final HoursVerdict verdict = HoursVerdict.at(
                plans.schedule(number.scheduleHigh, number.scheduleLow),
                number.closedKind != 0,
                number.holidayKind != 0,
                request.wallMs);
        switch (verdict.choice()) {
            case CLOSED -> choice.closed(number);
            case HOLIDAY -> choice.holiday(number);
            case NORMAL -> {}
        }
        if (trace.listens()) {
            final SchedulePlan schedule = plans.schedule(number.scheduleHigh, number.scheduleLow);
            trace.tellHours(
                    Stage.SCHEDULE,
                    number.scheduleHigh,
                    number.scheduleLow,
                    verdict,
                    schedule == null ? OpeningBasis.NO_RULE : schedule.basis(request.wallMs));
        }
        return decision.pass(Rule.of(verdict));
    }

    private boolean target(final CallRequest request, final Decision decision) {
        targets.begin(numberAccount, request.wallMs);
        final Rule found = choice.settle(targets, decision.number, numberAccount);
        tellChoice(decision.number, found);
        if (found.rejects()) {
            return decision.reject(found);
        }
        if (choice.kind() == TargetKind.TRUNK) {
            decision.addCandidate(plans.trunk(choice.idHigh(), choice.idLow()));
            return decision.pass(found);
        }
        if (choice.kind() == TargetKind.HANGUP) {
            final int code = choice.sipCode();
            return decision.reject(Rule.TARGET_HANGUP, code == 0 ? Rule.TARGET_HANGUP.status() : code, 0);
        }
        return settled(request, decision, targets.resolve(choice, decision, request));
    }

    /** Tells which of a number's targets counts if it is not its normal one, and the trunk where it is one. */
    private void tellChoice(final NumberRow number, final Rule found) {
        if (!trace.listens()) {
            return;
        }
        if (found != Rule.TARGET_TRUNK) {
            final ResourceId id = new ResourceId(number.idHigh, number.idLow);
            trace.tell(Stage.TARGET, ResourceKind.NUMBERS, id, found.text(), found.rejects());
        }
        if (!found.rejects() && choice.kind() == TargetKind.TRUNK) {
            trace.onTarget(TargetKind.TRUNK, choice.idHigh(), choice.idLow(), TargetStep.TAKES);
        }
    }

    /** What a plan makes of the decision. */
    private boolean settled(final CallRequest request, final Decision decision, final TargetPlan plan) {
        if (decision.wayOn.leadsOn()) {
            decision.keepBeforeTarget();
        }
        final Rule rule = Rule.of(plan.verdict());
        return switch (plan) {
            case TargetPlan.ToTrunk toTrunk -> {
                decision.addCandidate(toTrunk.trunk());
                yield diverted(request, decision, toTrunk.diverted()) && decision.pass(rule);
            }
            case TargetPlan.ToMedia media -> toMedia(decision, media, rule);
            case TargetPlan.Wait wait -> toMedia(decision, wait.music(), rule);
            case TargetPlan.Page page -> toMedia(decision, page.mixer(), rule);
            case TargetPlan.Park park ->
                park.music() == null
                        ? decision.reject(
                                Rule.TARGET_NEEDS_MEDIA, Rule.TARGET_NEEDS_MEDIA.status(), TargetKind.PARKING.code())
                        : toMedia(decision, park.music(), rule);
            case TargetPlan.ToNumber number -> {
                decision.outside = true;
                forward = number;
                decision.calledOut.setAscii(number.number());
                decision.calledChanged = true;
                yield diverted(request, decision, number.diverted()) && decision.pass(rule);
            }
            case TargetPlan.Ask ask -> {
                decision.question = ask.request();
                yield decision.pass(rule);
            }
            case TargetPlan.Reject reject ->
                decision.reject(rule, reject.sipCode() == 0 ? rule.status() : reject.sipCode(), reject.limit());
            case TargetPlan.Ring ring -> notBuilt(decision, ring.kind());
            case TargetPlan.Feature feature -> notBuilt(decision, TargetKind.FEATURE);
            case TargetPlan.ToFlow flow -> notBuilt(decision, TargetKind.FLOW);
        };
    }

    /** Notes why the call is sent on, if it is; false if that has happened to it too often already (D6). */
    private static boolean diverted(final CallRequest request, final Decision decision, final DiversionReason why) {
        decision.diverted = why;
        final int before = request.diversions + (request.redirects > 0 ? 1 : 0);
        return why == null
                || before < DIVERSIONS_MAX
                || decision.reject(Rule.DIVERTED_TOO_OFTEN, Rule.DIVERTED_TOO_OFTEN.status(), DIVERSIONS_MAX);
    }

    private static boolean toMedia(final Decision decision, final TargetPlan.ToMedia media, final Rule rule) {
        decision.media = media;
        decision.addCandidate(media.trunk());
        return decision.pass(rule);
    }

    private static boolean notBuilt(final Decision decision, final TargetKind kind) {
        return decision.reject(Rule.TARGET_KIND_NOT_BUILT, Rule.TARGET_KIND_NOT_BUILT.status(), kind.code());
    }

    private void count(final Decision decision, final int from) {
        if (!decision.dryRun) {
            for (int i = from, end = decision.verdictCount(); i < end; i++) {
                counts.increment(decision.verdictRule(i));
            }
        }
    }
}
