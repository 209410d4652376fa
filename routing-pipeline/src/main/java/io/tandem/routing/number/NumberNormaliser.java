package io.tandem.routing.number;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what somebody dialled, or what a peer shows, into an international number. One thread; allocates only when it meets a
 * country or a calling code for the first time, and for the few that write their numbers in another order than they dial them.
 */
public final class NumberNormaliser {
    private final NumberingPlan plan;
    private final Dialling[] diallings = new Dialling[Country.INDEXES];
    private final Matcher[] inUse = new Matcher[NumberingPlan.CALLING_CODES];
    private final DialString digits = new DialString();
    private final DialString rest = new DialString();
    private boolean plus;

    /** A normaliser over the plans of all countries. */
    public NumberNormaliser(final NumberingPlan plan) {
        this.plan = plan;
    }

    /**
     * The international number that somebody in a country means by what he dials. Spaces, dots, dashes and brackets do not count.
     * In order:
     *
     * <ol>
     *   <li>with a plus, it is international;
     *   <li>behind the country's international prefix ({@code 00}, {@code 011}, ...) it is;
     *   <li>behind its national prefix it is national, if its plan has such numbers;
     *   <li>behind its own calling code it is international, if its plan has such numbers;
     *   <li>without any prefix it is national if the country's plan has such numbers, unless it could be international too: if
     *       only one of the two numbers is in use, it is that one; else it is international where national numbers are never
     *       dialled without a prefix that begins with 0 and the plan of another country has such numbers;
     *   <li>behind {@code 00} it is international, wherever that is not the country's prefix;
     *   <li>anything else is international without plus, as peers write it.
     * </ol>
     *
     * @param country {@link Country#NONE} if not known: then only plus, {@code 00} and the last rule apply.
     * @return {@link E164#NONE} if it is none of these.
     */
    public long normalise(final CharSequence text, final int country) {
        if (!read(text)) {
            return E164.NONE;
        }
        if (!plus) {
            final long number = dialled(dialling(country));
            if (number != E164.NONE) {
                return number;
            }
        }
        return E164.parse(digits);
    }

    /**
     * The international number of a caller, as peers in a country show him. What can be an international number without plus is
     * one, unless that number is not in use and the one that the country reads is. Anything else is read like what is dialled
     * there.
     *
     * @return {@link E164#NONE} if it is no number.
     */
    public long caller(final CharSequence text, final int country) {
        if (!read(text)) {
            return E164.NONE;
        }
        final long asIs = E164.parse(digits);
        final Dialling home = dialling(country);
        if (plus) {
            return asIs;
        }
        if (asIs == E164.NONE) {
            return dialled(home);
        }
        final long reading = home == null ? E164.NONE : home.reading(digits);
        return reading == E164.NONE || reading == asIs || !isInUse(reading) || isInUse(asIs) ? asIs : reading;
    }

    /** What a country makes of digits, whatever else they may be; {@link E164#NONE} for nothing, and for what has a plus. */
    public long reading(final CharSequence text, final int country) {
        final Dialling home = dialling(country);
        return home != null && read(text) && !plus ? home.reading(digits) : E164.NONE;
    }

    /** Whether the published plans have given a number, or those around it, to somebody. */
    boolean isInUse(final long e164) {
        final int code = plan.callingCodeOf(e164);
        if (code == 0) {
            return false;
        }
        Matcher matcher = inUse[code];
        if (matcher == null) {
            matcher = Pattern.compile(plan.numbersInUse(code)).matcher("");
            inUse[code] = matcher;
        }
        rest.setE164(e164);
        return matcher.reset(rest)
                .region(NumberPrefix.length(code), rest.length())
                .matches();
    }

    /** Keeps the digits of a text, and whether it has a plus; false if it is no number. */
    private boolean read(final CharSequence text) {
        plus = false;
        digits.clear();
        for (int i = 0, length = text.length(); i < length; i++) {
            final char c = text.charAt(i);
            if (E164.isDigit(c)) {
                digits.append((byte) c);
            } else if (c == '+' && !plus && digits.isEmpty()) {
                plus = true;
            } else if (!E164.isSeparator(c)) {
                return false;
            }
        }
        return !digits.isEmpty();
    }

    private long dialled(final Dialling home) {
        if (home != null) {
            final long prefixed = home.prefixed(digits);
            if (prefixed != E164.NONE) {
                return prefixed;
            }
            final long bare = home.bare(digits);
            if (bare != E164.NONE) {
                return isRatherForeign(home, bare) ? E164.NONE : bare;
            }
        }
        if (!begins00()) {
            return E164.NONE;
        }
        rest.clear();
        rest.append(digits, 2, digits.length());
        return E164.parse(rest);
    }

    /** Whether digits that may be a national number are likelier an international one without plus. */
    private boolean isRatherForeign(final Dialling home, final long national) {
        final long asIs = E164.parse(digits);
        if (asIs == E164.NONE) {
            return false;
        }
        final boolean foreign = isInUse(asIs);
        return foreign == isInUse(national) ? home.needsPrefix(digits) && isForeign(asIs) : foreign;
    }

    /** Whether some country has a number like this, calling code first. */
    private boolean isForeign(final long number) {
        final Dialling owner = dialling(plan.countryOf(number));
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
