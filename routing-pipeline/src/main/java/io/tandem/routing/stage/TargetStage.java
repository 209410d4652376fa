package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.flow.FlowCommand;
import io.tandem.routing.flow.FlowFacts;
import io.tandem.routing.flow.FlowInterpreter;
import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.flow.FlowRun;
import io.tandem.routing.flow.FlowsWaitedIn;
import io.tandem.routing.flow.KeptFlow;
import io.tandem.routing.model.CallerIdMode;
import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.RouteTarget;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.User;
import io.tandem.routing.schedule.SchedulePlan;
import io.tandem.routing.target.ConfiguredTargets;
import io.tandem.routing.target.DiversionReason;
import io.tandem.routing.target.ForwardPlan;
import io.tandem.routing.target.LiveState;
import io.tandem.routing.target.MediaAddress;
import io.tandem.routing.target.NumberPlan;
import io.tandem.routing.target.RingOutcome;
import io.tandem.routing.target.TargetCall;
import io.tandem.routing.target.TargetPath;
import io.tandem.routing.target.TargetPlan;
import io.tandem.routing.target.TargetRef;
import io.tandem.routing.target.TargetResolver;
import io.tandem.routing.target.TargetStep;
import io.tandem.routing.target.TargetVerdict;
import io.tandem.routing.target.UserPlan;

/**
 * What a target that is no trunk comes to: followed through extensions, users, groups, queues, forwards and flows until something
 * is to be done. Core's thread; allocates.
 */
final class TargetStage {
    /** Flows that one call may be led through before it rings. */
    static final int FLOWS_MAX = 10;

    /** Outcomes of commands that come to nothing at once, before a flow hangs up. */
    private static final int OUTCOMES_MAX = 100;

    private static final int NO_TIME_LIMIT_SEC = -1;
    private static final int SECOND_MS = 1000;
    private static final int DIAL_MS = 60 * SECOND_MS;

    private final ConfiguredTargets targets;
    private final TargetResolver resolver;
    private final FlowInterpreter flows;
    private final FlowsWaitedIn waited;
    private final StageTrace trace;
    private RoutingPlans plans;
    private AccountPlan account;
    private long wallMs;
    private TargetCall call;

    /** How what a flow tried last came out, for what it goes on to; null if it tried nothing. */
    private DiversionReason why;

    TargetStage(final RoutingPlans plans, final LiveState state, final FlowsWaitedIn waited, final StageTrace trace) {
        this.plans = plans;
        this.waited = waited;
        targets = new ConfiguredTargets(plans);
        resolver = new TargetResolver(targets, state, trace);
        this.trace = trace;
        flows = new FlowInterpreter(
                (high, low) -> {
                    final SchedulePlan schedule = this.plans.schedule(high, low);
                    return schedule == null ? null : schedule.at(wallMs);
                },
                trace);
    }

    void use(final RoutingPlans next) {
        keepWaitedIn(next);
        if (next.follow(plans)) {
            targets.use(next, next.edits());
        } else {
            targets.use(next);
        }
        plans = next;
    }

    /** Flows that calls wait in, of which the next revision publishes something else, are kept for them. */
    private void keepWaitedIn(final RoutingPlans next) {
        if (waited.isEmpty()) {
            return;
        }
        if (next.follow(plans)) {
            for (final ResourceEdit edit : next.edits()) {
                if (edit.kind() == ResourceKind.FLOWS && waited.isWaitedIn(edit.id())) {
                    keep(edit.id(), next);
                }
            }
        } else {
            waited.forEachWaitedIn(flow -> keep(flow, next));
        }
    }

    private void keep(final ResourceId flow, final RoutingPlans next) {
        final byte[] superseded = next.superseded(flow, plans);
        if (superseded != null) {
            waited.supersede(
                    flow,
                    superseded,
                    targets.compiledFlow(flow),
                    next.configuration().revision());
        }
    }

    /** The call that is asked about from now on. */
    void begin(final AccountPlan newAccount, final long newWallMs) {
        account = newAccount;
        wallMs = newWallMs;
        call = null;
        why = null;
    }

    private TargetCall call() {
        if (call == null) {
            call = new TargetCall(account, null, wallMs, TargetCall.UNLIMITED);
        }
        return call;
    }

    /** Whether a target is there for the call. */
    boolean exists(final TargetKind kind, final long idHigh, final long idLow) {
        if (kind == TargetKind.TRUNK) {
            return targets.trunk(idHigh, idLow) != null;
        }
        return account != null && resolver.exists(TargetRef.of(kind, idHigh, idLow), call());
    }

    /** The user at a place of a call's way, or null. */
    User user(final TargetPath place) {
        final UserPlan plan = place == null ? null : targets.user(place.idHigh(), place.idLow());
        return plan == null ? null : plan.user();
    }

    /** What the target that was chosen comes to; where the call goes on is left in the decision. */
    TargetPlan resolve(final TargetChoice choice, final Decision decision, final CallRequest request) {
        return lead(resolve(reference(choice, decision.number), call(), null), decision, request);
    }

    /** What the number's flow for messages makes of a message; null if it has none that can run. */
    TargetPlan messageFlow(final Decision decision, final CallRequest request) {
        final NumberRow number = decision.number;
        final NumberPlan plan = number.noMessageFlow ? null : targets.number(number.idHigh, number.idLow);
        if (plan == null || account == null || !resolver.exists(plan.messageFlow(), call())) {
            return null;
        }
        return lead(resolve(plan.messageFlow(), call(), null), decision, request);
    }

    /** What comes after an attempt that nobody took, or after the answer of a server. */
    TargetPlan goOn(final Decision decision, final CallRequest request) {
        if (account == null) {
            return new TargetPlan.Reject(TargetVerdict.TARGET_MISSING, 0, 0);
        }
        final WayOn way = decision.wayOn;
        final RingOutcome rang = way.rang();
        if (rang == null) {
            return lead(step(way.flowPath(), way.outcome(), way.data(), decision, request), decision, request);
        }
        final TargetPath flowPath = way.flowPath();
        TargetPlan plan = new TargetPlan.Reject(TargetVerdict.FORWARD_NO_ANSWER, 0, 0);
        final ForwardPlan left = way.hasForward() ? targets.forward(way.forwardHigh(), way.forwardLow()) : null;
        if (left != null) {
            final int leftMs = TargetResolver.left(way.leftMs(), way.elapsedMs());
            plan = asked(resolver.overflow(left.overflow(), rang, way.path(), leftMs, call()));
        }
        way.arrive();
        if (plan instanceof TargetPlan.Reject && way.run().isWaiting()) {
            why = DiversionReason.of(rang);
            plan = step(flowPath, outcome(rang), "", decision, request);
        }
        return lead(plan, decision, request);
    }

    /** Follows flows until something is to be done. */
    private TargetPlan lead(final TargetPlan first, final Decision decision, final CallRequest request) {
        TargetPlan plan = first;
        for (int i = 0; plan instanceof TargetPlan.ToFlow toFlow; i++) {
            if (i == FLOWS_MAX) {
                return new TargetPlan.Reject(TargetVerdict.TARGET_HOPS, 0, FLOWS_MAX);
            }
            plan = start(toFlow, decision, request);
        }
        if (plan instanceof TargetPlan.ToNumber number) {
            decision.wayOn.ring(number);
        }
        return plan;
    }

    private TargetPlan resolve(final TargetRef target, final TargetCall asking, final TargetPath before) {
        return asked(resolver.resolve(target, asking, before, why));
    }

    /** A forward whose callee has to confirm is not rung, since nobody asks him: as if he had not answered. */
    private TargetPlan asked(final TargetPlan plan) {
        TargetPlan next = plan;
        while (next instanceof TargetPlan.ToNumber number && number.confirm()) {
            if (trace.listens()) {
                trace.onTarget(TargetKind.FORWARD, number.forwardHigh(), number.forwardLow(), TargetStep.UNCONFIRMED);
            }
            next = number.overflow().given()
                    ? resolver.follow(number, RingOutcome.NO_ANSWER, 0, call())
                    : new TargetPlan.Reject(TargetVerdict.FORWARD_UNCONFIRMED, 0, 0);
        }
        return next;
    }

    /** The target with the variables of its hop, which are no part of the number's row. */
    private TargetRef reference(final TargetChoice choice, final NumberRow number) {
        final TargetRef bare = TargetRef.of(choice.kind(), choice.idHigh(), choice.idLow());
        if (!number.hasXform || choice.isStandard()) {
            return bare;
        }
        final NumberPlan plan = targets.number(number.idHigh, number.idLow);
        if (plan == null) {
            return bare;
        }
        return switch (choice.hours()) {
            case NORMAL -> plan.normal();
            case CLOSED -> plan.closed();
            case HOLIDAY -> plan.holiday();
        };
    }

    private TargetPlan start(final TargetPlan.ToFlow toFlow, final Decision decision, final CallRequest request) {
        final FlowPlan plan = targets.flow(toFlow.idHigh(), toFlow.idLow());
        final FlowCommand command = flows.start(plan, decision.wayOn.run(), facts(toFlow, decision, request.seed));
        decision.wayOn.run().begunBy(plans.configuration().revision());
        return carryOut(plan, command, toFlow.path(), decision, request);
    }

    /** The flow that waits hears what came of its last command, in the version that it began with. */
    private TargetPlan step(
            final TargetPath path,
            final String outcome,
            final String data,
            final Decision decision,
            final CallRequest request) {
        final FlowRun run = decision.wayOn.run();
        final KeptFlow kept = waited.find(run.where());
        final FlowPlan plan = kept == null ? targets.flow(run.flowHigh(), run.flowLow()) : kept.plan();
        return carryOut(plan, flows.step(plan, run, outcome, data), path, decision, request);
    }

    /** What a flow wants done, with the targets that the call had passed when it came there, the flow included. */
    private TargetPlan carryOut(
            final FlowPlan plan,
            final FlowCommand first,
            final TargetPath path,
            final Decision decision,
            final CallRequest request) {
        decision.flow = plan;
        decision.wayOn.in(path);
        FlowCommand command = first;
        for (int i = 0; i < OUTCOMES_MAX; i++) {
            final TargetPlan next = carriedOut(plan, command, path, decision, request);
            if (!(next instanceof TargetPlan.Reject reject) || command.ends()) {
                return next;
            }
            why = why(reject.verdict());
            command = flows.step(plan, decision.wayOn.run(), outcome(command, reject.verdict()), "");
        }
        return new TargetPlan.Reject(TargetVerdict.TARGET_HOPS, 0, OUTCOMES_MAX);
    }

    private FlowFacts facts(final TargetPlan.ToFlow toFlow, final Decision decision, final long callSeed) {
        return new FlowFacts(
                decision.callerOut.toString(),
                Long.toString(decision.number.e164),
                new ResourceId(account.idHigh(0), account.idLow(0)),
                Long.toString(callSeed),
                decision.direction.name().toLowerCase(java.util.Locale.ROOT),
                toFlow.variables(),
                callSeed);
    }

    /** What a command of a flow comes to; a refusal is the outcome that the flow goes on with. */
    private TargetPlan carriedOut(
            final FlowPlan plan,
            final FlowCommand command,
            final TargetPath path,
            final Decision decision,
            final CallRequest request) {
        return switch (command) {
            case FlowCommand.Route route -> resolve(reference(route), call(), path);
            case FlowCommand.Dial dial -> dial.kind() == TargetKind.NONE ? number(dial) : called(dial, path, decision);
            case FlowCommand.Visit visit -> resolve(TargetRef.of(visit.kind(), visit.id()), call(), path);
            case FlowCommand.Media media ->
                request.holdsNothing
                        ? new TargetPlan.Reject(TargetVerdict.TARGET_NEEDS_MEDIA, 0, TargetKind.FLOW.code())
                        : media(plan, media);
            case FlowCommand.HttpRequest question ->
                request.mayWait
                        ? new TargetPlan.Ask(question)
                        : new TargetPlan.Reject(TargetVerdict.TARGET_MISSING, 0, 0);
            case FlowCommand.Hangup hangup -> new TargetPlan.Reject(TargetVerdict.TARGET_HANGUP, hangup.sipCode(), 0);
        };
    }

    private static TargetRef reference(final FlowCommand.Route route) {
        final int sipCode = route.kind() == TargetKind.HANGUP ? RouteTarget.sipCode(route.variables()) : 0;
        return new TargetRef(route.kind(), route.id().high(), route.id().low(), "", sipCode, route.variables());
    }

    /** Whoever is called rings no longer than the node says, also behind a trunk. */
    private TargetPlan called(final FlowCommand.Dial dial, final TargetPath path, final Decision decision) {
        final TargetPlan plan = resolve(TargetRef.of(dial.kind(), dial.id()), within(dial.timeoutSec()), path);
        if (plan instanceof TargetPlan.ToTrunk && dial.timeoutSec() != NO_TIME_LIMIT_SEC) {
            decision.wayOn.ring(dial.timeoutSec() * SECOND_MS);
        }
        return plan;
    }

    /** The call, with so many seconds to ring together. */
    private TargetCall within(final int timeoutSec) {
        return timeoutSec == NO_TIME_LIMIT_SEC ? call() : new TargetCall(account, null, wallMs, timeoutSec * SECOND_MS);
    }

    private TargetPlan number(final FlowCommand.Dial dial) {
        return new TargetPlan.ToNumber(
                0,
                0,
                dial.number(),
                CallerIdMode.PASSTHROUGH,
                "",
                dial.timeoutSec() == NO_TIME_LIMIT_SEC ? DIAL_MS : dial.timeoutSec() * SECOND_MS,
                false,
                TargetRef.NONE,
                TargetCall.UNLIMITED,
                null,
                why == null ? DiversionReason.UNCONDITIONAL : why);
    }

    private TargetPlan media(final FlowPlan plan, final FlowCommand.Media media) {
        final TrunkPlan trunk = targets.trunk(account.mediaTrunkHigh(), account.mediaTrunkLow());
        return trunk == null || !trunk.active() || !trunk.takesCalls()
                ? new TargetPlan.Reject(TargetVerdict.TARGET_NEEDS_MEDIA, 0, TargetKind.FLOW.code())
                : new MediaAddress(account, trunk)
                        .dialogue(new ResourceId(plan.idHigh(), plan.idLow()), media.nodeId(), media.text());
    }

    /** How a flow hears of an attempt that nobody took. */
    private static String outcome(final RingOutcome rang) {
        return switch (rang) {
            case BUSY -> FlowOutcomes.BUSY;
            case NO_ANSWER -> FlowOutcomes.NO_ANSWER;
            case UNREACHABLE -> FlowOutcomes.FAILED;
        };
    }

    /** Why a call goes on that a target refused; null if nobody was asked to take it. */
    private static DiversionReason why(final TargetVerdict verdict) {
        return switch (verdict) {
            case USER_NOT_DISTURBED -> DiversionReason.DO_NOT_DISTURB;
            case USER_BUSY, GROUP_BUSY, FORWARD_BUSY, QUEUE_FULL -> DiversionReason.USER_BUSY;
            case USER_NO_ANSWER, GROUP_NO_ANSWER, FORWARD_NO_ANSWER, FORWARD_UNCONFIRMED, QUEUE_TIMEOUT ->
                DiversionReason.NO_ANSWER;
            case USER_UNREACHABLE, GROUP_UNREACHABLE, QUEUE_NO_AGENTS -> DiversionReason.UNAVAILABLE;
            default -> null;
        };
    }

    /** How a flow hears of a refusal. */
    private static String outcome(final FlowCommand command, final TargetVerdict verdict) {
        if (command instanceof FlowCommand.HttpRequest) {
            return FlowOutcomes.ERROR;
        }
        return switch (verdict) {
            case USER_BUSY, USER_NOT_DISTURBED, GROUP_BUSY, FORWARD_BUSY -> FlowOutcomes.BUSY;
            case USER_NO_ANSWER,
                    USER_UNREACHABLE,
                    GROUP_NO_ANSWER,
                    GROUP_UNREACHABLE,
                    FORWARD_NO_ANSWER,
                    FORWARD_UNCONFIRMED -> FlowOutcomes.NO_ANSWER;
            case QUEUE_FULL -> "queue_full";
            case QUEUE_NO_AGENTS -> "no_agents";
            case QUEUE_TIMEOUT -> FlowOutcomes.TIMEOUT;
            case CONFERENCE_FULL -> "full";
            default -> FlowOutcomes.FAILED;
        };
    }
}
