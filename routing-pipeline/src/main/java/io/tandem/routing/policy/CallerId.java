package io.tandem.routing.policy;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.E164;

/**
 * Which number an external call shows: of some candidates, added in order of precedence, the first that the account may show.
 * One that it may not show is passed over, so that the next takes its place; when none is left the call is refused (403).
 * Filled for each call and reused; core's thread; allocates nothing.
 */
public final class CallerId {
    /** Most candidates; those behind them are not looked at. */
    public static final int CANDIDATES_MAX = 32;

    private final CallerIdSource[] sources = new CallerIdSource[CANDIDATES_MAX];
    private final long[] numbers = new long[CANDIDATES_MAX];
    private final String[] names = new String[CANDIDATES_MAX];
    private final ResourceId[] rules = new ResourceId[CANDIDATES_MAX];
    private final boolean[] verified = new boolean[CANDIDATES_MAX];
    private int count;
    private int chosen;

    /** Forgets all. */
    public CallerId clear() {
        count = 0;
        chosen = -1;
        return this;
    }

    /**
     * Adds a candidate behind the others.
     *
     * @param e164 {@link E164#NONE} or 0, for a field that is not set, is left out.
     */
    public CallerId add(final CallerIdSource source, final long e164) {
        return add(source, e164, "", ResourceId.NIL, false);
    }

    /** The same with a name to show beside it. */
    public CallerId add(final CallerIdSource source, final long e164, final String name) {
        return add(source, e164, name, ResourceId.NIL, false);
    }

    /** Adds a number that needs no proof: the caller's own that a forward passes through, shown as it was shown to us. */
    public CallerId addVerified(final CallerIdSource source, final long e164) {
        return add(source, e164, "", ResourceId.NIL, true);
    }

    /**
     * Chooses.
     *
     * @return whether there is a number to show; if not, the call is to be refused.
     */
    public boolean choose(final CallerNumbers owned, final AccountChain account, final RuleTrace trace) {
        chosen = -1;
        for (int i = 0; i < count; i++) {
            final boolean allowed = verified[i] || owned.mayShow(numbers[i], account);
            if (allowed && chosen < 0) {
                chosen = i;
            }
            if (!rules[i].isNil()) {
                trace.onRule(
                        rules[i],
                        !allowed
                                ? Finding.NUMBER_NOT_OWNED
                                : chosen == i ? Finding.DECIDES : Finding.COMES_LATER);
            }
        }
        return chosen >= 0;
    }

    /** The number to show, or {@link E164#NONE}. */
    public long number() {
        return chosen < 0 ? E164.NONE : numbers[chosen];
    }

    /** The name to show; empty for none. */
    public String name() {
        return chosen < 0 ? "" : names[chosen];
    }

    /** Where it comes from, or null. */
    public CallerIdSource source() {
        return chosen < 0 ? null : sources[chosen];
    }

    /** The caller-ID rule that it comes from, or {@link ResourceId#NIL}. */
    public ResourceId rule() {
        return chosen < 0 ? ResourceId.NIL : rules[chosen];
    }

    /** Whether a candidate before it was passed over. */
    public boolean substituted() {
        return chosen > 0;
    }

    CallerId add(
            final CallerIdSource source,
            final long e164,
            final String name,
            final ResourceId rule,
            final boolean needsNoProof) {
        if (e164 > 0 && count < CANDIDATES_MAX) {
            sources[count] = source;
            numbers[count] = e164;
            names[count] = name;
            rules[count] = rule;
            verified[count] = needsNoProof;
            count++;
        }
        return this;
    }
}
