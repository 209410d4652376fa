package io.tandem.routing.number;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata;
import com.google.i18n.phonenumbers.Phonemetadata.NumberFormat;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import com.google.i18n.phonenumbers.metadata.source.MetadataSource;
import com.google.i18n.phonenumbers.metadata.source.RegionMetadataSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The published numbering plans, as far as they are needed here; the one class that knows the library which brings them. */
final class PhoneMetadata {
    private static final MetadataSource PLANS =
            DefaultMetadataDependenciesProvider.getInstance().getPhoneNumberMetadataSource();
    private static final RegionMetadataSource SHORT_NUMBERS =
            DefaultMetadataDependenciesProvider.getInstance().getShortNumberMetadataSource();
    private static final String NOTHING = "(?!)";
    private static final String SHORT_NUMBER_FILE = "data/ShortNumberMetadataProto_";

    private PhoneMetadata() {}

    /** Country codes of the plan such as 1, 44 or 800, ascending. */
    static List<Integer> callingCodes() {
        return List.copyOf(new TreeSet<>(PhoneNumberUtil.getInstance().getSupportedCallingCodes()));
    }

    /** Countries that share a calling code, the main one first; of networks without country none. */
    static List<String> countries(final int callingCode) {
        return PhoneNumberUtil.getInstance().getRegionCodesForCountryCode(callingCode).stream()
                .filter(region -> Country.parse(region) != Country.NONE)
                .toList();
    }

    /** Every country that has a plan, by letters. */
    static List<String> countries() {
        return List.copyOf(new TreeSet<>(PhoneNumberUtil.getInstance().getSupportedRegions()));
    }

    /**
     * An expression for the national numbers of a country among those with its calling code: what they begin with where the
     * plan says so; else all of its kinds if it is the main one, and those kinds that countries have to themselves if not.
     * Toll-free and premium numbers are in the plans of all of them.
     *
     * @param earlier expressions of the countries before it, to which this one adds its own: they have those numbers already.
     * @return an expression that matches nothing if no numbers are left.
     */
    static String ownNumbers(final String country, final boolean main, final Set<String> earlier) {
        final Phonemetadata.PhoneMetadata plan = PLANS.getMetadataForRegion(country);
        if (plan.hasLeadingDigits()) {
            return "(?:" + plan.getLeadingDigits() + ")\\d*";
        }
        final String numbers = (main ? kinds(plan) : ofOneCountry(plan))
                .map(PhoneMetadata::pattern)
                .filter(pattern -> !pattern.isEmpty() && earlier.add(pattern))
                .collect(Collectors.joining("|"));
        return numbers.isEmpty() ? NOTHING : numbers;
    }

    /**
     * An expression for the national numbers behind a calling code that are in use: those of all kinds, of all countries that
     * share it, or of the network that it stands for.
     */
    static String numbersInUse(final int callingCode) {
        final List<String> countries = countries(callingCode);
        final Stream<Phonemetadata.PhoneMetadata> plans = countries.isEmpty()
                ? Stream.of(PLANS.getMetadataForNonGeographicalRegion(callingCode))
                : countries.stream().map(PLANS::getMetadataForRegion);
        return plans.flatMap(PhoneMetadata::kinds)
                .map(PhoneMetadata::pattern)
                .filter(pattern -> !pattern.isEmpty())
                .distinct()
                .collect(Collectors.joining("|"));
    }

    private static Stream<PhoneNumberDesc> kinds(final Phonemetadata.PhoneMetadata plan) {
        return Stream.concat(ofOneCountry(plan), ofAll(plan));
    }

    /** Kinds of numbers that countries have to themselves. */
    private static Stream<PhoneNumberDesc> ofOneCountry(final Phonemetadata.PhoneMetadata plan) {
        return Stream.of(plan.getFixedLine(), plan.getMobile(), plan.getPager(), plan.getVoip());
    }

    /** Kinds of numbers that are in the plans of all countries with one calling code. */
    private static Stream<PhoneNumberDesc> ofAll(final Phonemetadata.PhoneMetadata plan) {
        return Stream.of(
                plan.getTollFree(),
                plan.getPremiumRate(),
                plan.getSharedCost(),
                plan.getPersonalNumber(),
                plan.getUan(),
                plan.getVoicemail());
    }

    /** How a country dials. */
    static NationalPlan national(final String country) {
        final Phonemetadata.PhoneMetadata plan = PLANS.getMetadataForRegion(country);
        return new NationalPlan(
                Country.parse(country),
                plan.getCountryCode(),
                pattern(plan.getGeneralDesc()),
                plan.getInternationalPrefix(),
                plan.getNationalPrefix(),
                plan.getNationalPrefixForParsing(),
                plan.getNationalPrefixTransformRule(),
                plan.getNumberFormatList().stream()
                        .map(format -> form(format, plan.getNationalPrefix()))
                        .toList());
    }

    private static NationalPlan.Form form(final NumberFormat format, final String prefix) {
        final int patterns = format.getLeadingDigitsPatternCount();
        return new NationalPlan.Form(
                patterns == 0 ? "" : format.getLeadingDigitsPattern(patterns - 1),
                format.getPattern(),
                !prefix.isEmpty() && format.getNationalPrefixFormattingRule().contains(prefix));
    }

    /** An expression for the emergency numbers of a country; empty if it publishes none. */
    static String emergency(final String country) {
        if (PhoneNumberUtil.class.getResource(SHORT_NUMBER_FILE + country) == null) {
            return "";
        }
        final Phonemetadata.PhoneMetadata plan = SHORT_NUMBERS.getMetadataForRegion(country);
        return plan.hasEmergency() ? pattern(plan.getEmergency()) : "";
    }

    private static String pattern(final PhoneNumberDesc numbers) {
        return numbers.hasNationalNumberPattern() ? numbers.getNationalNumberPattern() : "";
    }
}
