package io.tandem.routing.stage;

import io.tandem.routing.number.NumberNormaliser;
import io.tandem.routing.number.NumberingPlan;

/** The published numbering plans, read when a call first needs them: most calls do not. Core's thread. */
final class Numbering {
    private NumberNormaliser normaliser;

    /** Makes international numbers of what is dialled in a country. */
    NumberNormaliser normaliser() {
        if (normaliser == null) {
            normaliser = new NumberNormaliser(NumberingPlan.shared());
        }
        return normaliser;
    }
}
