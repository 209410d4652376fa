package io.tandem.routing.target;

import io.tandem.routing.model.TargetKind;
import io.tandem.routing.schedule.HoursVerdict;

/** Hears what a resolution passes, for explanations and counters. */
public interface TargetTrace {
    /** Hears nothing. */
    TargetTrace NONE = new TargetTrace() {
        @Override
        public void onTarget(final TargetKind kind, final long idHigh, final long idLow) {
            // nobody listens
        }

        @Override
        public void onHours(final HoursVerdict verdict) {
            // nobody listens
        }
    };

    /** A target was entered. */
    void onTarget(TargetKind kind, long idHigh, long idLow);

    /** The hours of that target were asked; not called where none are attached. */
    void onHours(HoursVerdict verdict);
}
