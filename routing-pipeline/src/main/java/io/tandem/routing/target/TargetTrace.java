package io.tandem.routing.target;

import io.tandem.routing.model.TargetKind;
import io.tandem.routing.schedule.HoursVerdict;
import io.tandem.routing.schedule.OpeningBasis;

/** Hears what a resolution passes, for explanations. */
public interface TargetTrace {
    /** Hears nothing. */
    TargetTrace NONE = new TargetTrace() {
        @Override
        public boolean listens() {
            return false;
        }

        @Override
        public void onTarget(final TargetKind kind, final long idHigh, final long idLow, final TargetStep step) {
            // nobody listens
        }

        @Override
        public void onHours(
                final long scheduleHigh, final long scheduleLow, final HoursVerdict verdict, final OpeningBasis basis) {
            // nobody listens
        }
    };

    /** Whether anybody wants to know: nothing is told, and nothing worked out for it, otherwise. */
    default boolean listens() {
        return true;
    }

    /** A call came to a target, and this became of it there. What it goes on to is told next. */
    void onTarget(TargetKind kind, long idHigh, long idLow, TargetStep step);

    /**
     * The hours of the target that is told next were asked; not called where none are attached.
     *
     * @param basis the kind of rule that decided.
     */
    void onHours(long scheduleHigh, long scheduleLow, HoursVerdict verdict, OpeningBasis basis);
}
