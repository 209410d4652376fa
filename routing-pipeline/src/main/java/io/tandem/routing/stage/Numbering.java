package io.tandem.routing.stage;

import io.tandem.routing.number.Country;
import io.tandem.routing.number.DialString;
import io.tandem.routing.number.E164;
import io.tandem.routing.number.NumberNormaliser;
import io.tandem.routing.number.NumberingPlan;

/** The published numbering plans, read when a call first needs them: most calls do not. Core's thread. */
final class Numbering {
    /** Longest emergency number of any country. */
    private static final int EMERGENCY_DIGITS_MAX = 6;

    private static final int NORTH_AMERICA = 1;
    private static final long NORTH_AMERICAN = 911;
    private static final long INTERNATIONAL = 112;

    private NumberNormaliser normaliser;

    /** Makes international numbers of what is dialled in a country. */
    NumberNormaliser normaliser() {
        if (normaliser == null) {
            normaliser = new NumberNormaliser(NumberingPlan.shared());
        }
        return normaliser;
    }

    /**
     * Makes a caller's number international where that is certain; leaves names, and what is no number, as they are.
     *
     * @param country whose peers show it, or {@link Country#NONE}: then only plus and separators go.
     */
    void normaliseCaller(final DialString caller, final int country) {
        if (country == Country.NONE) {
            caller.normalise();
            return;
        }
        final long number = caller.isNumber() ? normaliser().caller(caller, country) : E164.NONE;
        if (number != E164.NONE) {
            caller.setE164(number);
        }
    }

    /** Whether these are emergency digits where they were dialled (D12). */
    boolean isEmergency(final DialString dialled, final int country) {
        return !dialled.isEmpty()
                && dialled.length() <= EMERGENCY_DIGITS_MAX
                && NumberingPlan.shared().isEmergency(dialled, country);
    }

    /** What is dialled for somebody who asks for help without digits. */
    String emergencyDigits(final int country) {
        return isAmerican(country) ? "911" : "112";
    }

    /** The same as routes look at it. */
    long emergencyNumber(final int country) {
        return isAmerican(country) ? NORTH_AMERICAN : INTERNATIONAL;
    }

    /** Whether digits are the one of 112 and 911 that is not the country's: it is understood there, and means the other one. */
    boolean isForeignEmergency(final long routed, final int country) {
        return routed == (isAmerican(country) ? INTERNATIONAL : NORTH_AMERICAN);
    }

    /** Emergency numbers that a country publishes, as routes look at them; not to be changed. */
    long[] emergencyNumbers(final int country) {
        return NumberingPlan.shared().emergencyNumbers(country);
    }

    private static boolean isAmerican(final int country) {
        return NumberingPlan.shared().callingCode(country) == NORTH_AMERICA;
    }

    /** Emergency digits as routes look at them: 0 where zeros in front say more than a number can, so that no prefix fits. */
    static long routed(final DialString digits) {
        if (digits.charAt(0) == '0') {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = number * 10 + (digits.charAt(i) - '0');
        }
        return number;
    }
}
