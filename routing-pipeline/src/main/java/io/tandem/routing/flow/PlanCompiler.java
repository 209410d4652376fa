package io.tandem.routing.flow;

import io.tandem.routing.expression.Expression;
import io.tandem.routing.model.FlowBranch;
import io.tandem.routing.model.FlowNode;
import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.FlowTemplate;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.TargetKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;

/** Prepares what nodes do. Commands that are the same for every call are made once. */
final class PlanCompiler {
    private static final int ALREADY_CHECKED = Integer.MAX_VALUE;

    private PlanCompiler() {}

    static PlanStep compile(final FlowNode node, final List<String> choices) {
        return switch (node.step()) {
            case FlowStep.Entry _ -> new PlanStep.Pass();
            case FlowStep.SetVariable set -> new PlanStep.Assign(set.variable(), set.value());
            case FlowStep.TimeCondition time ->
                new PlanStep.Hours(time.scheduleId().high(), time.scheduleId().low());
            case FlowStep.Condition condition -> choose(condition);
            case FlowStep.Http http -> request(http);
            case FlowStep.Collect collect -> gather(node.id(), collect);
            case FlowStep.Media media -> speak(node.id(), media, choices);
            case FlowStep.Visit visit -> new PlanStep.Command(new FlowCommand.Visit(visit.target(), visit.id()));
            case FlowStep.Dial dial -> dial(dial);
            case FlowStep.Route route -> route(route);
            case FlowStep.Hangup hangup ->
                new PlanStep.Command(new FlowCommand.Hangup(hangup.sipCode(), FlowEnd.HANGUP_NODE));
        };
    }

    private static PlanStep choose(final FlowStep.Condition condition) {
        if (condition.branches().isEmpty()) {
            return new PlanStep.Choose(
                    List.of(PlanTest.compile(condition.test(), 0)), List.of(FlowOutcomes.TRUE, FlowOutcomes.FALSE));
        }
        final List<PlanTest> tests = new ArrayList<>();
        final List<String> ways = new ArrayList<>();
        int from = 0;
        for (final FlowBranch branch : condition.branches()) {
            tests.add(PlanTest.compile(branch.test(), from));
            ways.add(branch.name());
            from += branch.test().percent();
        }
        ways.add(FlowOutcomes.DEFAULT);
        return new PlanStep.Choose(List.copyOf(tests), List.copyOf(ways));
    }

    private static PlanStep request(final FlowStep.Http http) {
        final Map<String, JsonPointer> pointers = new LinkedHashMap<>();
        http.variables().forEach((variable, pointer) -> pointers.put(variable, JsonPointer.compile(pointer)));
        return new PlanStep.Request(http, pointers);
    }

    private static PlanStep gather(final String nodeId, final FlowStep.Collect collect) {
        final FlowCommand command = collect.spoken().isConstant()
                ? new FlowCommand.Media(nodeId, collect, collect.spoken().text(), List.of())
                : null;
        return new PlanStep.Gather(
                collect,
                collect.regex().isEmpty() ? null : Expression.compile(collect.regex(), ALREADY_CHECKED),
                command);
    }

    private static PlanStep speak(final String nodeId, final FlowStep.Media media, final List<String> choices) {
        return media.spoken().isConstant()
                ? new PlanStep.Command(
                        new FlowCommand.Media(nodeId, media, media.spoken().text(), choices))
                : new PlanStep.Speak(media, choices);
    }

    private static PlanStep dial(final FlowStep.Dial dial) {
        return dial.target() == TargetKind.NONE
                ? new PlanStep.DialNumber(dial.number(), dial.timeoutSec())
                : new PlanStep.Command(new FlowCommand.Dial(dial.target(), dial.id(), "", dial.timeoutSec()));
    }

    private static PlanStep route(final FlowStep.Route route) {
        if (!route.variables().values().stream().allMatch(FlowTemplate::isConstant)) {
            return new PlanStep.HandOver(route);
        }
        final Map<String, String> variables = new LinkedHashMap<>();
        route.variables().forEach((name, value) -> variables.put(name, value.text()));
        final ResourceId id = route.id();
        return new PlanStep.Command(new FlowCommand.Route(route.target(), id, Collections.unmodifiableMap(variables)));
    }
}
