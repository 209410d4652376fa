package io.tandem.routing.flow;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.FlowNodeKind;
import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.FlowVariables;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.number.DialString;
import io.tandem.routing.schedule.Opening;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leads calls through flows: from node to node as long as they decide at once, then it answers a command and waits for
 * the outcome. It never waits itself, and depends on nothing but plan, run, outcome and what schedules say; owned by
 * the core's thread.
 *
 * <p>A call that waits goes on in whatever version of its flow is published when the outcome comes: its node is found
 * by identifier, so that a restart makes no difference. Editing a draft changes nothing.
 */
public final class FlowInterpreter {
    /** Most nodes that one call may see in one flow. */
    public static final int STEPS_MAX = 1000;

    /** Most requests to servers with nothing between them that speaks or rings. */
    public static final int REQUESTS_MAX = 100;

    /** Most characters that are spoken at once, variables filled in; the rest is left out. */
    public static final int SPOKEN_MAX = 4000;

    /** Most characters of a URL, variables filled in; a longer one is not asked: {@code error}. */
    public static final int URL_MAX = 4000;

    /** Most characters of what a request sends; a longer one is not asked: {@code error}. */
    public static final int BODY_MAX = 16_384;

    /** Most characters of a server's answer; a longer one is an {@code error}. */
    public static final int ANSWER_MAX = 65_536;

    private static final int LOTS = 100;

    private final FlowHours hours;
    private final FlowTrace trace;

    /** An interpreter that asks {@code hours} about schedules. */
    public FlowInterpreter(final FlowHours hours) {
        this(hours, FlowTrace.NONE);
    }

    /** The same, and it tells where calls come to. */
    public FlowInterpreter(final FlowHours hours, final FlowTrace trace) {
        this.hours = hours;
        this.trace = trace;
    }

    /**
     * Begins.
     *
     * @param run of any former call; cleared first.
     */
    public FlowCommand start(final FlowPlan plan, final FlowRun run, final FlowFacts facts) {
        run.begin(plan, facts.seed());
        facts.fill(run);
        return walk(plan, run, plan.start());
    }

    /**
     * Goes on.
     *
     * @param plan of the flow that {@code run} names, or null if it is not there any more.
     * @param outcome how the last command ended; one that the node does not know takes the default edge.
     * @param data digits, the place of a recording, or the body of an answer; empty for none.
     */
    public FlowCommand step(final FlowPlan plan, final FlowRun run, final String outcome, final String data) {
        if (!run.isWaiting()) {
            return new FlowCommand.Hangup(0, FlowEnd.ALREADY_ENDED);
        }
        final PlanNode node = plan == null ? null : plan.find(run.nodeId());
        if (node == null) {
            return hangup(run, FlowEnd.NODE_GONE);
        }
        run.version = plan.version();
        final String taken = take(node, run, outcome, data);
        final int next = node.next(taken);
        tell(plan, node, taken);
        if (next == PlanNode.NOWHERE) {
            return hangup(run, taken.equals(FlowOutcomes.ANSWERED) ? FlowEnd.ANSWERED : FlowEnd.NO_EDGE);
        }
        return walk(plan, run, next);
    }

    /** Keeps what the outcome brings, and says what outcome it is if it does not pass. */
    private static String take(final PlanNode node, final FlowRun run, final String outcome, final String data) {
        if (!outcome.equals(FlowOutcomes.DEFAULT)) {
            return outcome;
        }
        return switch (node.step()) {
            case PlanStep.Gather gather -> {
                if (!passes(gather, data)) {
                    yield FlowOutcomes.INVALID;
                }
                run.set(gather.step().variable(), data);
                yield outcome;
            }
            case PlanStep.Request request ->
                AnswerVariables.take(run, request.pointers(), data) ? outcome : FlowOutcomes.ERROR;
            case PlanStep.Command(FlowCommand.Media media)
            when media.step() instanceof FlowStep.Recording recording
                    && !recording.variable().isEmpty() -> {
                run.set(recording.variable(), data);
                yield outcome;
            }
            default -> outcome;
        };
    }

    private static boolean passes(final PlanStep.Gather gather, final String digits) {
        return digits.length() >= gather.step().minDigits()
                && digits.length() <= gather.step().maxDigits()
                && (gather.pattern() == null || gather.pattern().matches(digits));
    }

    private FlowCommand walk(final FlowPlan plan, final FlowRun run, final int first) {
        int index = first;
        while (index != PlanNode.NOWHERE) {
            if (run.steps == STEPS_MAX) {
                tell(plan, plan.node(index), FlowEnd.STEP_LIMIT);
                return hangup(run, FlowEnd.STEP_LIMIT);
            }
            run.steps++;
            final PlanNode node = plan.node(index);
            String outcome = think(node, run);
            if (outcome != null) {
                tellThought(plan, node, run, outcome);
            } else {
                final FlowCommand command = command(node, run);
                tellCommand(plan, node, command);
                if (command != null) {
                    return emit(node, run, command);
                }
                if (run.requests++ == REQUESTS_MAX) {
                    tell(plan, node, FlowEnd.REQUEST_LIMIT);
                    return hangup(run, FlowEnd.REQUEST_LIMIT);
                }
                outcome = unsent(node);
                tell(plan, node, outcome);
            }
            index = node.next(outcome);
        }
        return hangup(run, FlowEnd.NO_EDGE);
    }

    private void tell(final FlowPlan plan, final PlanNode node, final String outcome) {
        if (trace.listens()) {
            trace.onNode(plan.idHigh(), plan.idLow(), node.id(), node.kind().word() + ": " + taken(node, outcome));
        }
    }

    private void tell(final FlowPlan plan, final PlanNode node, final FlowEnd end) {
        if (trace.listens()) {
            trace.onNode(plan.idHigh(), plan.idLow(), node.id(), node.kind().word() + ": " + end.text());
        }
    }

    private void tellThought(final FlowPlan plan, final PlanNode node, final FlowRun run, final String outcome) {
        if (!trace.listens()) {
            return;
        }
        final String why =
                switch (node.step()) {
                    case PlanStep.Hours schedule -> told(schedule);
                    case PlanStep.Choose choose -> ", " + choose.why(run, lot(run.seed, node.id()));
                    case PlanStep.Assign assign -> ", " + assign.variable() + "=\"" + run.get(assign.variable()) + '"';
                    default -> "";
                };
        trace.onNode(plan.idHigh(), plan.idLow(), node.id(), node.kind().word() + ": " + taken(node, outcome) + why);
    }

    private void tellCommand(final FlowPlan plan, final PlanNode node, final FlowCommand command) {
        if (trace.listens()) {
            final String what = command == null ? "cannot be done with these variables" : told(command);
            trace.onNode(plan.idHigh(), plan.idLow(), node.id(), node.kind().word() + ": " + what);
        }
    }

    private String told(final PlanStep.Hours schedule) {
        final Opening opening = hours.at(schedule.scheduleHigh(), schedule.scheduleLow());
        return ", schedule "
                + new ResourceId(schedule.scheduleHigh(), schedule.scheduleLow()).prefixed(ResourceKind.SCHEDULES)
                + (opening == null ? " is not there" : " says " + Fields.word(opening));
    }

    private static String told(final FlowCommand command) {
        return switch (command) {
            case FlowCommand.Route route -> "hands the call to " + told(route.kind(), route.id());
            case FlowCommand.Dial dial ->
                "rings " + (dial.kind() == TargetKind.NONE ? dial.number() : told(dial.kind(), dial.id()));
            case FlowCommand.Visit visit -> "leads the call to " + told(visit.kind(), visit.id());
            case FlowCommand.Media _ -> "has the media server speak or listen";
            case FlowCommand.HttpRequest request -> "asks a server, " + request.method() + ' ' + request.url();
            case FlowCommand.Hangup _ -> "hangs up";
        };
    }

    private static String told(final TargetKind kind, final ResourceId id) {
        return kind.resources() == null ? kind.word() : kind.word() + ' ' + id.prefixed(kind.resources());
    }

    /** An outcome, and that nothing leads on where nothing does. */
    private static String taken(final PlanNode node, final String outcome) {
        return node.next(outcome) == PlanNode.NOWHERE ? outcome + ", which leads nowhere" : outcome;
    }

    /** The outcome of a node that decides at once; null for one that commands. */
    private String think(final PlanNode node, final FlowRun run) {
        return switch (node.step()) {
            case PlanStep.Pass _ -> FlowOutcomes.DEFAULT;
            case PlanStep.Assign assign -> {
                run.set(assign.variable(), assign.value().render(run::get));
                yield FlowOutcomes.DEFAULT;
            }
            case PlanStep.Hours schedule -> opening(schedule);
            case PlanStep.Choose choose -> choose(choose, run, lot(run.seed, node.id()));
            default -> null;
        };
    }

    private String opening(final PlanStep.Hours schedule) {
        return switch (hours.at(schedule.scheduleHigh(), schedule.scheduleLow())) {
            case CLOSED -> FlowOutcomes.OUT_OF_HOURS;
            case HOLIDAY -> FlowOutcomes.HOLIDAY;
            case OPEN, BROKEN -> FlowOutcomes.IN_HOURS;
            case null -> FlowOutcomes.IN_HOURS;
        };
    }

    private static String choose(final PlanStep.Choose choose, final FlowRun run, final int lot) {
        for (int i = 0; i < choose.tests().size(); i++) {
            if (choose.tests().get(i).holds(run, lot)) {
                return choose.ways().get(i);
            }
        }
        return choose.ways().getLast();
    }

    /** What is to be done; null if it cannot be, with these variables. */
    private static FlowCommand command(final PlanNode node, final FlowRun run) {
        return switch (node.step()) {
            case PlanStep.Command command -> command.command();
            case PlanStep.Speak speak ->
                new FlowCommand.Media(node.id(), speak.step(), spoken(speak.step(), run), speak.choices());
            case PlanStep.Gather gather ->
                gather.command() != null
                        ? gather.command()
                        : new FlowCommand.Media(node.id(), gather.step(), spoken(gather.step(), run), List.of());
            case PlanStep.Request request -> request(request, run);
            case PlanStep.DialNumber dial -> dial(dial, run);
            case PlanStep.HandOver over -> handOver(over.step(), run);
            case PlanStep.Pass _ -> null;
            case PlanStep.Assign _ -> null;
            case PlanStep.Hours _ -> null;
            case PlanStep.Choose _ -> null;
        };
    }

    /** How a command that cannot be given ends. */
    private static String unsent(final PlanNode node) {
        return node.kind() == FlowNodeKind.HTTP ? FlowOutcomes.ERROR : FlowOutcomes.FAILED;
    }

    private static FlowCommand emit(final PlanNode node, final FlowRun run, final FlowCommand command) {
        if (command.ends()) {
            run.end();
            return command;
        }
        if (node.kind().pace() != FlowNodeKind.Pace.ASKS) {
            run.requests = 0;
        } else if (run.requests++ == REQUESTS_MAX) {
            return hangup(run, FlowEnd.REQUEST_LIMIT);
        }
        run.waitAt(node.id());
        return command;
    }

    private static String spoken(final FlowStep.Media media, final FlowRun run) {
        final String text = media.spoken().render(run::get);
        if (text.length() <= SPOKEN_MAX) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(SPOKEN_MAX - 1)) ? SPOKEN_MAX - 1 : SPOKEN_MAX);
    }

    private static FlowCommand request(final PlanStep.Request request, final FlowRun run) {
        final FlowStep.Http http = request.step();
        final String url = http.url().renderUrl(run::get);
        if (url.length() > URL_MAX) {
            return null;
        }
        final String body = http.method().equals("POST") ? AnswerVariables.object(run, http.send()) : "";
        if (body.length() > BODY_MAX) {
            return null;
        }
        return new FlowCommand.HttpRequest(
                http.method(),
                url,
                body,
                http.timeoutMs(),
                List.copyOf(http.variables().values()));
    }

    private static FlowCommand dial(final PlanStep.DialNumber dial, final FlowRun run) {
        final String number = dial.number().render(run::get);
        final int bytes = number.getBytes(StandardCharsets.UTF_8).length;
        return bytes == 0 || bytes > DialString.LENGTH_MAX
                ? null
                : new FlowCommand.Dial(TargetKind.NONE, ResourceId.NIL, number, dial.timeoutSec());
    }

    private static FlowCommand handOver(final FlowStep.Route route, final FlowRun run) {
        final Map<String, String> variables = new LinkedHashMap<>();
        route.variables().forEach((name, value) -> variables.put(name, FlowVariables.cut(value.render(run::get))));
        return new FlowCommand.Route(route.target(), route.id(), Collections.unmodifiableMap(variables));
    }

    private static FlowCommand hangup(final FlowRun run, final FlowEnd reason) {
        run.end();
        return new FlowCommand.Hangup(0, reason);
    }

    /** The lot that a call draws at a node, 0 to 99: always the same, and another at another node. */
    private static int lot(final long seed, final String nodeId) {
        long mixed = seed;
        for (int i = 0; i < nodeId.length(); i++) {
            mixed = (mixed ^ nodeId.charAt(i)) * 0x100000001b3L;
        }
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, LOTS);
    }
}
