package io.tandem.perf.simulation;

import java.util.function.Function;

/**
 * Finds the fewest calls with which a seed still breaks something. A run with fewer calls is the beginning of a run with
 * more, so the last call placed in the smallest failing run is the one to look at.
 */
final class Shrinking {
    private Shrinking() {}

    /**
     * The smallest failing run.
     *
     * @param failed a run that broke an invariant.
     * @param runs   runs a plan.
     */
    static SimulationResult smallest(
            final SimulationResult failed, final Function<SimulationPlan, SimulationResult> runs) {
        SimulationResult smallest = failed;
        int most = failed.calls();
        int least = 1;
        while (least < most) {
            final int middle = (least + most) / 2;
            final SimulationPlan plan = failed.plan();
            final SimulationResult result = runs.apply(new SimulationPlan(plan.seed(), middle, plan.profile()));
            if (result.isClean()) {
                least = middle + 1;
            } else {
                smallest = result;
                most = middle;
            }
        }
        return smallest;
    }
}
