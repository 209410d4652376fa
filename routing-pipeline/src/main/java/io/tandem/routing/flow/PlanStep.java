package io.tandem.routing.flow;

import com.google.re2j.Pattern;
import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.FlowTemplate;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;

/** What a node does, with all prepared that can be. Immutable. */
sealed interface PlanStep {
    /** Goes on. */
    record Pass() implements PlanStep {}

    /** Gives a variable a value. */
    record Assign(String variable, FlowTemplate value) implements PlanStep {}

    /** Asks a schedule. */
    record Hours(long scheduleHigh, long scheduleLow) implements PlanStep {}

    /**
     * Takes the way of the first question that holds.
     *
     * @param ways outcomes, one for each question, and behind them the one for when none holds.
     */
    record Choose(List<PlanTest> tests, List<String> ways) implements PlanStep {
        /** Every question as far as the first that holds, with its answer; for explanations. */
        String why(final FlowRun run, final int lot) {
            final StringBuilder text = new StringBuilder();
            for (final PlanTest test : tests) {
                text.append(text.isEmpty() ? "" : "; ").append(test.told(run, lot));
                if (test.holds(run, lot)) {
                    return text.toString();
                }
            }
            return text.toString();
        }
    }

    /** The same command for every call. */
    record Command(FlowCommand command) implements PlanStep {}

    /** Speaks a text with variables in it. */
    record Speak(FlowStep.Media step, List<String> choices) implements PlanStep {}

    /**
     * Asks for digits.
     *
     * @param pattern null for any digits.
     * @param command null if the prompt has variables in it.
     */
    record Gather(FlowStep.Collect step, Pattern pattern, FlowCommand command) implements PlanStep {}

    /** Asks a server. */
    record Request(FlowStep.Http step, Map<String, JsonPointer> pointers) implements PlanStep {}

    /** Dials a number with variables in it. */
    record DialNumber(FlowTemplate number, int timeoutSec) implements PlanStep {}

    /** Hands over with variables that depend on the call. */
    record HandOver(FlowStep.Route step) implements PlanStep {}
}
