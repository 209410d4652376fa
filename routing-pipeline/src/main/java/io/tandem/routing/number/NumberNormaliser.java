package io.tandem.routing.number;

/**
 * Turns what somebody dialled, or what a peer shows, into an international number. One thread; allocates only when it meets a
 * country for the first time, and for the few that write their numbers in another order than they dial them.
 */
public final class NumberNormaliser {
    private final NumberingPlan plan;
    private final Dialling[] diallings = new Dialling[Country.INDEXES];
    private final DialString digits = new DialString();

    /** A normaliser over the plans of all countries. */
    public NumberNormaliser(final NumberingPlan plan) {
        this.plan = plan;
    }

    /**
     * The international number that a text stands for in a country. Spaces, dots, dashes and brackets do not count. In order:
     *
     * <ol>
     *   <li>with a plus, it is international;
     *   <li>behind the country's international prefix ({@code 00}, {@code 011}, ...) it is;
     *   <li>behind its national prefix it is national, if its plan has such numbers;
     *   <li>behind its own calling code it is international, if its plan has such numbers;
     *   <li>without any prefix it is national if the country's plan has such numbers, and international if the plan of another
     *       country does; if both do, it is international where national numbers are never dialled without a prefix that
     *       begins with 0, else national;
     *   <li>behind {@code 00} it is international, wherever that is not the country's prefix;
     *   <li>anything else is international without plus, as peers write it.
     * </ol>
     *
     * @param country {@link Country#NONE} if not known: then only plus, {@code 00} and the last rule apply.
     * @return {@link E164#NONE} if it is none of these.
     */
    public long normalise(final CharSequence text, final int country) {
        boolean plus = false;
        digits.clear();
        for (int i = 0, length = text.length(); i < length; i++) {
            final char c = text.charAt(i);
            if (E164.isDigit(c)) {
                digits.append((byte) c);
            } else if (c == '+' && !plus && digits.isEmpty()) {
                plus = true;
            } else if (!E164.isSeparator(c)) {
                return E164.NONE;
            }
        }
        if (!plus && !digits.isEmpty()) {
            final long number = dialled(dialling(country));
            if (number != E164.NONE) {
                return number;
            }
        }
        return E164.parse(digits);
    }

    private long dialled(final Dialling home) {
        if (home != null) {
            final long prefixed = home.prefixed(digits);
            if (prefixed != E164.NONE) {
                return prefixed;
            }
            final long bare = home.bare(digits);
            if (bare != E164.NONE) {
                return home.needsPrefix(digits) && isForeign() ? E164.NONE : bare;
            }
        }
        return begins00() ? E164.parse(digits.subSequence(2, digits.length())) : E164.NONE;
    }

    /** Whether some country has this number, calling code first. */
    private boolean isForeign() {
        final long number = E164.parse(digits);
        final Dialling owner = number == E164.NONE ? null : dialling(plan.countryOf(number));
        return owner != null && owner.ownCode(digits);
    }

    private boolean begins00() {
        return digits.length() > 2 && digits.charAt(0) == '0' && digits.charAt(1) == '0';
    }

    private Dialling dialling(final int country) {
        final int index = Country.index(country);
        if (diallings[index] == null && plan.national(country) != null) {
            diallings[index] = plan.national(country).dialling();
        }
        return diallings[index];
    }
}
