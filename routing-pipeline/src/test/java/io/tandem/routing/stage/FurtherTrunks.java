package io.tandem.routing.stage;

import io.tandem.routing.configuration.TrunkPlan;
import java.util.function.IntSupplier;

/** Gives every call more trunks to try: those with identifiers 2, 3 and 2, 4 and so on, as many as are said to be. */
public final class FurtherTrunks {
    private static final long ID_HIGH = 2;
    private static final long FIRST_ID_LOW = 3;

    private FurtherTrunks() {}

    /** From now on, in these stages; the count is asked for each call. */
    public static void add(final RoutingStages stages, final IntSupplier count) {
        stages.furtherCandidates((plans, decision) -> {
            for (int i = 0; i < count.getAsInt(); i++) {
                final TrunkPlan trunk = plans.trunk(ID_HIGH, FIRST_ID_LOW + i);
                if (trunk != null) {
                    decision.addCandidate(trunk);
                }
            }
        });
    }
}
