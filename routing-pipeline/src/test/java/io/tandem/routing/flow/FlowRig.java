package io.tandem.routing.flow;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.schedule.Opening;
import java.util.Map;

/** One call at a time in a flow, with a schedule that says what the test wants. */
final class FlowRig {
    /** Whatever a graph refers to. */
    static final ResourceId ID = new ResourceId(0, 1);

    /** What every schedule says; null when it is missing. */
    Opening opening = Opening.OPEN;

    /** Which schedule was asked last. */
    long askedHigh;

    long askedLow;
    final FlowRun run = new FlowRun();

    private final FlowInterpreter interpreter = new FlowInterpreter((high, low) -> {
        askedHigh = high;
        askedLow = low;
        return opening;
    });

    /** The call begins. */
    FlowCommand start(final FlowPlan plan) {
        return start(plan, facts(Map.of()));
    }

    FlowCommand start(final FlowPlan plan, final FlowFacts facts) {
        return interpreter.start(plan, run, facts);
    }

    /** The last command came to something. */
    FlowCommand step(final FlowPlan plan, final String outcome, final String data) {
        return interpreter.step(plan, run, outcome, data);
    }

    /** A call with variables of its hop. */
    static FlowFacts facts(final Map<String, String> hop) {
        return new FlowFacts("12025550199", "12025550123", ID, "call-7", "inbound", hop, 42);
    }

    /** A call of somebody. */
    static FlowFacts caller(final String number) {
        return new FlowFacts(number, "1", ID, "c", "inbound", Map.of(), 0);
    }

    /** A flow that says something and hangs up. */
    static FlowPlan say(final String text) {
        return new GraphText()
                .node("in", "entry")
                .node("say", "say", "'text':'" + text + "'")
                .node("bye", "hangup")
                .edge("in", "say")
                .edge("say", "bye")
                .plan();
    }

    /** What a command has the media trunk say. */
    static String spoken(final FlowCommand command) {
        return ((FlowCommand.Media) command).text();
    }
}
