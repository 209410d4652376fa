package io.tandem.perf.simulation;

import io.tandem.perf.simulation.network.Profile;

/**
 * One run.
 *
 * @param seed    everything follows from it.
 * @param calls   calls to place, stray requests included.
 */
public record SimulationPlan(long seed, int calls, Profile profile) {
    /** The command that does the same again and shows every message. */
    public String command() {
        return "tandem simulate --seed " + seed + " --seeds 1 --calls " + calls + " --profile "
                + profile.name().toLowerCase(java.util.Locale.ROOT) + " --ladder";
    }
}
