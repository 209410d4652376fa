package io.tandem.admin.http.pbx;

import io.tandem.routing.number.Country;
import io.tandem.routing.number.E164;
import io.tandem.routing.number.NumberNormaliser;
import io.tandem.routing.number.NumberingPlan;

/**
 * Telephone numbers as the clients of one account write them: with a plus international, else as they are dialled in the
 * account's country. Where no account names a country it is North America's, as at do.dev. One request, one thread.
 */
final class PbxNumbers {
    private static final int UNITED_STATES = Country.parse("US");
    private static final int NORTH_AMERICAN_CODE = 1;
    private static final int NATIONAL_DIGITS = 10;
    private static final long FIRST_NORTH_AMERICAN = 12_000_000_000L;
    private static final long LAST_NORTH_AMERICAN = 19_999_999_999L;

    private final int country;
    private NumberNormaliser normaliser;

    /** Numbers of a country; {@link Country#NONE} if none is named. */
    PbxNumbers(final int country) {
        this.country = country == Country.NONE ? UNITED_STATES : country;
    }

    /** The international number that a text stands for; {@link E164#NONE} if it is none. */
    long read(final String text) {
        if (text.indexOf('+') >= 0) {
            return E164.parse(text);
        }
        if (normaliser == null) {
            normaliser = new NumberNormaliser(NumberingPlan.shared());
        }
        if (!isNorthAmerican() || !hasNorthAmericanLength(text)) {
            return normaliser.normalise(text, country);
        }
        final long number = normaliser.normalise(text, UNITED_STATES);
        return isNorthAmerican(number) ? number : E164.NONE;
    }

    /** A stored number as it is shown: of North America within it the ten digits, everything else with a plus. */
    String shown(final String stored) {
        if (stored.isEmpty()) {
            return "";
        }
        return isNorthAmerican() && isNorthAmerican(E164.parse(stored)) ? stored.substring(1) : '+' + stored;
    }

    private boolean isNorthAmerican() {
        return NumberingPlan.shared().callingCode(country) == NORTH_AMERICAN_CODE;
    }

    /** All countries of that calling code dial one another so, whatever numbers are their own. */
    private static boolean hasNorthAmericanLength(final String text) {
        final String digits = text.replaceAll("[^0-9]", "");
        return digits.length() == NATIONAL_DIGITS
                || (digits.length() == NATIONAL_DIGITS + 1 && digits.charAt(0) == '1');
    }

    private static boolean isNorthAmerican(final long number) {
        return number >= FIRST_NORTH_AMERICAN && number <= LAST_NORTH_AMERICAN;
    }
}
