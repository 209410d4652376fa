package io.tandem.routing.target;

import io.tandem.routing.model.Forward;

/** An external forward with its overflow. Immutable. */
public record ForwardPlan(Forward forward, TargetRef overflow) {
    /** Compiles one. */
    public static ForwardPlan of(final Forward forward) {
        return new ForwardPlan(forward, TargetRef.of(forward.overflow()));
    }
}
