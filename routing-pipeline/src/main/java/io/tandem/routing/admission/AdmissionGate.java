package io.tandem.routing.admission;

/**
 * Ceilings on simultaneous calls and rules on calls in a period, passed all or none: if any of them refuses, neither a counter
 * nor a window changes. Core's thread.
 */
public final class AdmissionGate {
    /** Outcomes from here on are indices of rate rules. */
    public static final int FIRST_RATE_RULE = Ceilings.COUNT_MAX;

    private final AdmissionLedger ledger;
    private final CallWindows windows;

    /** A gate over both. */
    public AdmissionGate(final AdmissionLedger ledger, final CallWindows windows) {
        this.ledger = ledger;
        this.windows = windows;
    }

    /**
     * Whether a call would pass; changes nothing but the flags of {@code rules}.
     *
     * @return {@link AdmissionLedger#ADMITTED}; {@link AdmissionLedger#FULL}; the index of the first ceiling that fails; or
     *     {@link #FIRST_RATE_RULE} plus the index of the first hard rate rule that refuses, when all ceilings were passed.
     */
    public int evaluate(final Ceilings ceilings, final RateRules rules, final long nowNs) {
        final int ceiling = ledger.evaluate(ceilings);
        final int rule = windows.evaluate(rules, nowNs);
        return ceiling != AdmissionLedger.ADMITTED
                ? ceiling
                : rule == CallWindows.PASSED ? AdmissionLedger.ADMITTED : FIRST_RATE_RULE + rule;
    }

    /**
     * Takes every ceiling and remembers the call under every rate rule, or does neither.
     *
     * @param holds receives what was taken; must be empty, and stays so when the call is refused.
     * @return as {@link #evaluate}.
     */
    public int take(final Ceilings ceilings, final RateRules rules, final Holds holds, final long nowNs) {
        final int rule = windows.evaluate(rules, nowNs);
        if (rule != CallWindows.PASSED) {
            final int ceiling = ledger.evaluate(ceilings);
            return ceiling == AdmissionLedger.ADMITTED ? FIRST_RATE_RULE + rule : ledger.take(ceilings, holds);
        }
        final int outcome = ledger.take(ceilings, holds);
        if (outcome == AdmissionLedger.ADMITTED) {
            windows.record(rules, nowNs);
        }
        return outcome;
    }

    /** Undoes a {@link #take} that admitted, for a call that a later stage refuses in the same turn. */
    public void undo(final RateRules rules, final Holds holds) {
        windows.retract(rules);
        ledger.release(holds);
    }
}
