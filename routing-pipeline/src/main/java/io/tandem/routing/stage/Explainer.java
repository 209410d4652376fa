package io.tandem.routing.stage;

import io.tandem.routing.admission.AdmissionCounts;
import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.InMemoryConfiguration;

/**
 * Explains calls on a thread that is not the core's, for the console: stages of its own over the same configuration, reading
 * the core's counters without disturbing it. Of calls admitted in a period it knows nothing: limits on them refuse here only what
 * they always refuse. One thread at a time.
 */
public final class Explainer {
    private static final int WINDOWS = 2;

    private final RoutingStages stages;
    private Configuration configuration = InMemoryConfiguration.empty();

    /**
     * Explains by counters that it only reads.
     *
     * @param counts an {@link io.tandem.routing.admission.AdmissionReader} of the core's ledger.
     */
    public Explainer(final AdmissionCounts counts, final StageSettings settings, final StageClock clock) {
        stages = new RoutingStages(null, counts, new CallWindows(WINDOWS, WINDOWS), settings, clock);
    }

    /** Explains one call by a revision; compiles that revision if it is not the one asked last. */
    @SuppressWarnings("ReferenceEquality")
    public Explanation explain(final Configuration by, final CallRequest request) {
        if (by != configuration) {
            stages.use(by);
            configuration = by;
        }
        return stages.explain(request);
    }
}
