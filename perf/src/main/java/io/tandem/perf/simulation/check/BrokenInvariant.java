package io.tandem.perf.simulation.check;

/** An invariant did not hold; ends the run of its seed. */
public final class BrokenInvariant extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;
    private final transient CallTrace call;

    BrokenInvariant(final Invariant invariant, final String what, final CallTrace call) {
        super(invariant + ": " + what);
        this.invariant = invariant;
        this.call = call;
    }

    /** An exception out of the system, or out of the simulation itself. */
    public static BrokenInvariant of(final RuntimeException cause) {
        final BrokenInvariant broken = new BrokenInvariant(Invariant.NO_EXCEPTION, cause.toString(), null);
        broken.initCause(cause);
        return broken;
    }

    public Invariant invariant() {
        return invariant;
    }

    /** The call it happened in, or null when it concerns none. */
    public CallTrace call() {
        return call;
    }
}
