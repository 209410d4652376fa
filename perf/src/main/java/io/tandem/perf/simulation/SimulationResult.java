package io.tandem.perf.simulation;

import io.tandem.perf.simulation.check.BrokenInvariant;
import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.network.Unkindness;

/**
 * How a run went.
 *
 * @param calls    calls placed.
 * @param events   events executed.
 * @param messages messages checked, in and out.
 * @param crashes  lives of the system that were ended.
 * @param unkindness what the network did to messages.
 * @param virtualSeconds how long it took in the simulated world.
 * @param lastCall the call placed last, or null; what a failure of no call in particular is shown with.
 * @param broken   the first broken invariant, or null.
 */
public record SimulationResult(
        SimulationPlan plan,
        int calls,
        long events,
        long messages,
        int crashes,
        Unkindness unkindness,
        long virtualSeconds,
        CallTrace lastCall,
        BrokenInvariant broken) {

    public boolean isClean() {
        return broken == null;
    }

    /** For people: what broke, where, the call's messages, how to see it again. */
    public String report(final boolean wholeMessages) {
        if (broken == null) {
            return "seed=" + plan.seed() + " profile=" + plan.profile() + " fine";
        }
        final StringBuilder text = new StringBuilder();
        text.append("seed=").append(plan.seed()).append(" profile=").append(plan.profile());
        text.append(" event=")
                .append(events)
                .append(" calls placed=")
                .append(calls)
                .append('\n');
        text.append(broken.getMessage()).append('\n');
        text.append("rule: ").append(broken.invariant().rule()).append('\n');
        final CallTrace call = broken.call() == null ? lastCall : broken.call();
        if (call != null) {
            text.append(broken.call() == null ? "last call placed: " : "call ").append(call.serial());
            text.append(" to ").append(call.calledNumber());
            text.append(" (").append(call.label()).append(")\n");
            text.append(call.ladder().format(wholeMessages));
        }
        if (broken.getCause() != null) {
            final java.io.StringWriter trace = new java.io.StringWriter();
            broken.getCause().printStackTrace(new java.io.PrintWriter(trace, true));
            text.append(trace);
        }
        return text.append("again: ").append(plan.command()).append('\n').toString();
    }
}
