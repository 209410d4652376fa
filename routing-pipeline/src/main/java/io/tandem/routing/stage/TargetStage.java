package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.flow.FlowCommand;
import io.tandem.routing.flow.FlowFacts;
import io.tandem.routing.flow.FlowInterpreter;
import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.flow.FlowRun;
import io.tandem.routing.model.CallerIdMode;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.RouteTarget;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.User;
import io.tandem.routing.schedule.SchedulePlan;
import io.tandem.routing.target.ConfiguredTargets;
import io.tandem.routing.target.LiveState;
import io.tandem.routing.target.MediaAddress;
import io.tandem.routing.target.TargetCall;
import io.tandem.routing.target.TargetPath;
import io.tandem.routing.target.TargetPlan;
import io.tandem.routing.target.TargetRef;
import io.tandem.routing.target.TargetResolver;
import io.tandem.routing.target.TargetTrace;
import io.tandem.routing.target.TargetVerdict;
import io.tandem.routing.target.UserPlan;
import java.util.Map;

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
    private static final int DIAL_MS = 60_000;

    private final ConfiguredTargets targets;
    private final TargetResolver resolver;
    private final FlowInterpreter flows;
    private final FlowRun run = new FlowRun();
    private RoutingPlans plans;
    private AccountPlan account;
    private long wallMs;
    private TargetCall call;

    TargetStage(final RoutingPlans plans, final LiveState state) {
        this.plans = plans;
        targets = new ConfiguredTargets(plans);
        resolver = new TargetResolver(targets, state, TargetTrace.NONE);
        flows = new FlowInterpreter((high, low) -> {
            final SchedulePlan schedule = this.plans.schedule(high, low);
            return schedule == null ? null : schedule.at(wallMs);
        });
    }

    void use(final RoutingPlans next) {
        if (next.follow(plans)) {
            targets.use(next, next.edits());
        } else {
            targets.use(next);
        }
        plans = next;
    }

    /** The call that is asked about from now on. */
    void begin(final AccountPlan newAccount, final long newWallMs) {
        account = newAccount;
        wallMs = newWallMs;
        call = null;
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

    /** What the target that was chosen comes to. */
    TargetPlan resolve(final TargetChoice choice, final Decision decision, final long callSeed) {
        TargetPlan plan = resolver.resolve(reference(choice, decision.number), call());
        for (int i = 0; plan instanceof TargetPlan.ToFlow toFlow; i++) {
            if (i == FLOWS_MAX) {
                return new TargetPlan.Reject(TargetVerdict.TARGET_HOPS, 0, FLOWS_MAX);
            }
            plan = follow(toFlow, decision, callSeed);
        }
        return plan;
    }

    /** The target with the variables of its hop, which stand in the number's resource. */
    private TargetRef reference(final TargetChoice choice, final NumberRow number) {
        final TargetRef bare = TargetRef.of(choice.kind(), choice.idHigh(), choice.idLow());
        if (!number.hasXform || choice.isStandard()) {
            return bare;
        }
        final PhoneNumber resource = ResourceReader.number(
                plans.configuration().resource(ResourceKind.NUMBERS, number.idHigh, number.idLow));
        if (resource == null) {
            return bare;
        }
        for (final RouteTarget target : new RouteTarget[] {
            resource.target(), resource.closedTarget(), resource.holidayTarget()
        }) {
            if (target.kind() == bare.kind()
                    && target.id().high() == bare.idHigh()
                    && target.id().low() == bare.idLow()) {
                return TargetRef.of(target);
            }
        }
        return bare;
    }

    private TargetPlan follow(final TargetPlan.ToFlow toFlow, final Decision decision, final long callSeed) {
        final FlowPlan plan = targets.flow(toFlow.idHigh(), toFlow.idLow());
        FlowCommand command = flows.start(plan, run, facts(toFlow, decision, callSeed));
        for (int i = 0; i < OUTCOMES_MAX; i++) {
            final TargetPlan next = carriedOut(plan, command);
            if (!(next instanceof TargetPlan.Reject reject) || command.ends()) {
                return next;
            }
            command = flows.step(plan, run, outcome(command, reject.verdict()), "");
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
    private TargetPlan carriedOut(final FlowPlan plan, final FlowCommand command) {
        return switch (command) {
            case FlowCommand.Route route -> resolver.resolve(reference(route), call());
            case FlowCommand.Dial dial ->
                dial.kind() == TargetKind.NONE
                        ? number(dial)
                        : resolver.resolve(TargetRef.of(dial.kind(), dial.id()), call());
            case FlowCommand.Visit visit -> resolver.resolve(TargetRef.of(visit.kind(), visit.id()), call());
            case FlowCommand.Media media -> media(plan, media);
            // nobody asks outside servers yet: the flow goes on as if none had answered
            case FlowCommand.HttpRequest request -> new TargetPlan.Reject(TargetVerdict.TARGET_MISSING, 0, 0);
            case FlowCommand.Hangup hangup ->
                new TargetPlan.Reject(TargetVerdict.TARGET_HANGUP, hangup.sipCode(), 0);
        };
    }

    private static TargetRef reference(final FlowCommand.Route route) {
        return new TargetRef(
                route.kind(), route.id().high(), route.id().low(), "", 0, Map.copyOf(route.variables()));
    }

    private static TargetPlan number(final FlowCommand.Dial dial) {
        return new TargetPlan.ToNumber(
                0,
                0,
                dial.number(),
                CallerIdMode.PASSTHROUGH,
                "",
                dial.timeoutSec() == NO_TIME_LIMIT_SEC ? DIAL_MS : dial.timeoutSec() * 1000,
                false,
                TargetRef.NONE,
                TargetCall.UNLIMITED,
                null);
    }

    private TargetPlan media(final FlowPlan plan, final FlowCommand.Media media) {
        final TrunkPlan trunk = targets.trunk(account.mediaTrunkHigh(), account.mediaTrunkLow());
        return trunk == null
                ? new TargetPlan.Reject(TargetVerdict.TARGET_NEEDS_MEDIA, 0, TargetKind.FLOW.code())
                : new MediaAddress(account, trunk)
                        .dialogue(new ResourceId(plan.idHigh(), plan.idLow()), media.nodeId(), media.text());
    }

    /** How a flow hears of a refusal. */
    private static String outcome(final FlowCommand command, final TargetVerdict verdict) {
        if (command instanceof FlowCommand.HttpRequest) {
            return "error";
        }
        return switch (verdict) {
            case USER_BUSY, USER_NOT_DISTURBED, GROUP_BUSY, FORWARD_BUSY -> "busy";
            case USER_NO_ANSWER, USER_UNREACHABLE, GROUP_NO_ANSWER, GROUP_UNREACHABLE, FORWARD_NO_ANSWER ->
                "no_answer";
            case QUEUE_FULL -> "queue_full";
            case QUEUE_NO_AGENTS -> "no_agents";
            case QUEUE_TIMEOUT -> "timeout";
            case CONFERENCE_FULL -> "full";
            default -> "failed";
        };
    }
}
