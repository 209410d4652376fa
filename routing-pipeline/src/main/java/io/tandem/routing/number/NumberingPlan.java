package io.tandem.routing.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known about numbers of all countries: which country a number belongs to, and which numbers are emergency numbers
 * there. Made of the plans that ITU members publish, as the library libphonenumber collects them, into tables of our own; the
 * library is not asked afterwards.
 *
 * <p>Immutable; look-ups allocate nothing and may be made by any thread. Loading takes up to a second in a cold JVM and allocates
 * freely: once, at start.
 */
public final class NumberingPlan {
    /** Calling codes have at most three digits. */
    static final int CALLING_CODES = 1_000;

    private static final int CALLING_CODE_DIGITS_MAX = 3;

    private final CountryTrie countries;
    private final NationalPlan[] plans = new NationalPlan[Country.INDEXES];
    private final EmergencyNumbers[] emergencies = new EmergencyNumbers[Country.INDEXES];
    private final List<NationalPlan> all = new ArrayList<>();
    private final String[] numbersInUse = new String[CALLING_CODES];

    private NumberingPlan() {
        countries = CountryTrie.build();
        for (final int code : PhoneMetadata.callingCodes()) {
            numbersInUse[code] = PhoneMetadata.numbersInUse(code);
        }
        for (final String text : PhoneMetadata.countries()) {
            final int country = Country.parse(text);
            final NationalPlan plan = PhoneMetadata.national(text);
            plans[Country.index(country)] = plan;
            all.add(plan);
            final String emergency = PhoneMetadata.emergency(text);
            emergencies[Country.index(country)] =
                    emergency.isEmpty() ? EmergencyNumbers.EVERYWHERE : new EmergencyNumbers(emergency);
        }
    }

    /** The plans of this process, read when they are first asked for; whoever asks then waits for them. */
    public static NumberingPlan shared() {
        return Shared.PLAN;
    }

    private static final class Shared {
        private static final NumberingPlan PLAN = load();
    }

    /** Reads the published plans. */
    public static NumberingPlan load() {
        return new NumberingPlan();
    }

    /**
     * The country that a number belongs to, by its first digits alone: numbers too short or too long have one too.
     *
     * @return {@link Country#NONE} for networks without country, and for what begins with no calling code.
     */
    public int countryOf(final long e164) {
        return countries.find(e164);
    }

    /** The calling code of a country, such as 49; 0 if it has none. */
    public int callingCode(final int country) {
        final NationalPlan plan = plans[Country.index(country)];
        return plan == null ? 0 : plan.callingCode();
    }

    /** The calling code that a number begins with; 0 if with none. */
    int callingCodeOf(final long e164) {
        final int length = NumberPrefix.length(e164);
        for (int digits = 1; digits <= CALLING_CODE_DIGITS_MAX && digits < length; digits++) {
            final int code = (int) NumberPrefix.head(e164, length, digits);
            if (numbersInUse[code] != null) {
                return code;
            }
        }
        return 0;
    }

    /** An expression for the national numbers behind a calling code of the plan that are in use. */
    String numbersInUse(final int callingCode) {
        return numbersInUse[callingCode];
    }

    /**
     * Whether these are emergency digits where they were dialled (decision D12).
     *
     * @param digits as dialled: an emergency number has neither plus nor prefix.
     * @param country {@link Country#NONE} if not known.
     */
    public boolean isEmergency(final CharSequence digits, final int country) {
        final EmergencyNumbers numbers = emergencies[Country.index(country)];
        return (numbers == null ? EmergencyNumbers.EVERYWHERE : numbers).contains(digits);
    }

    /**
     * Emergency numbers that a country publishes, ascending, without those that begin with 0; not to be changed.
     *
     * @param country {@link Country#NONE} if not known, for none.
     */
    public long[] emergencyNumbers(final int country) {
        final EmergencyNumbers numbers = emergencies[Country.index(country)];
        return (numbers == null ? EmergencyNumbers.EVERYWHERE : numbers).published();
    }

    /**
     * Stands for the content: two processes whose plans differ decide differently, and this number tells. Same for every run of
     * one build.
     */
    public int fingerprint() {
        int hash = countries.hash() * 31 + Arrays.hashCode(numbersInUse);
        for (final NationalPlan plan : all) {
            hash = hash * 31 + plan.hashCode();
            for (final int number : emergencies[Country.index(plan.country())].numbers()) {
                hash = hash * 31 + number;
            }
        }
        return hash;
    }

    NationalPlan national(final int country) {
        return plans[Country.index(country)];
    }

    int trieNodes() {
        return countries.nodes();
    }
}
