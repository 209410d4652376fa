package io.tandem.routing.number;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberNormaliserTest {
    private static final NumberNormaliser NORMALISER = new NumberNormaliser(NumberingPlan.load());
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    @ParameterizedTest
    @DisplayName("digits are read as somebody in the country dials them")
    @CsvSource({
        "US, (202) 555-0123, 12025550123",
        "US, 1 202 555 0123, 12025550123",
        "US, 011 49 30 123456, 4930123456",
        "US, +49 30 123456, 4930123456",
        "US, 0049 30 123456, 4930123456",
        "DE, 030 123456, 4930123456",
        "DE, 0049 30 123456, 4930123456",
        "DE, 49 30 123456, 4930123456",
        "DE, 001 202 555 0123, 12025550123",
        "GB, 020 7946 0018, 442079460018",
        "IT, 06 1234 5678, 390612345678",
        "RU, 8 495 123 45 67, 74951234567",
        "RU, 8 10 1 202 555 0123, 12025550123",
        "HU, 06 30 123 4567, 36301234567",
        "GG, 223456, 441481223456",
        "AR, 0 11 15 2345 6789, 5491123456789",
        "AU, 0011 1 202 555 0123, 12025550123",
        "ES, 612 345 678, 34612345678",
        "FR, 612345678, 33612345678",
        "US, 2025550123, 12025550123",
        "DE, 301234, 49301234",
        "CN, 131 2345 6789, 8613123456789",
        "US, 4989123456, 4989123456",
        "US, 498 912 3456, 4989123456",
        "US, 4795550100, 14795550100",
        "JP, 010 1 202 555 0123, 12025550123",
        "BR, 0 21 11 96123 4567, 5511961234567",
        "DE, 12025550123, 12025550123",
        "'', 12025550123, 12025550123",
        "'', +1 202 555 0123, 12025550123",
        "'', 0012025550123, 12025550123",
        "'', 030123456, -1",
        "US, alice, -1",
        "US, '', -1",
        "US, +, -1",
        "DE, 0, -1",
        "US, *97, -1"
    })
    void shouldMakeNumbersInternational(final String country, final String text, final long expected) {
        assertThat(NORMALISER.normalise(text, Country.parse(country))).isEqualTo(expected);
    }

    @Test
    @DisplayName("numbers in use are those that the library calls valid")
    void shouldAgreeWhichNumbersAreInUse() throws NumberParseException {
        final Random random = new Random(17);
        int inUse = 0;
        for (int i = 0; i < 50_000; i++) {
            final long number = random.nextLong(1_000_000_000L, 1_000_000_000_000L);
            final PhoneNumber parsed;
            try {
                parsed = LIBRARY.parse("+" + number, null);
            } catch (NumberParseException unknown) {
                assertThat(NORMALISER.isInUse(number)).as("%d", number).isFalse();
                continue;
            }
            if (!LIBRARY.format(parsed, PhoneNumberFormat.E164).equals("+" + number)) {
                continue; // it took a national prefix off
            }
            final boolean expected = LIBRARY.isValidNumber(parsed);
            inUse += expected ? 1 : 0;
            assertThat(NORMALISER.isInUse(number)).as("%d", number).isEqualTo(expected);
        }
        assertThat(inUse).isGreaterThan(4_000);
    }

    @Test
    void shouldReadThePublishedExamplesOfEveryCountryHoweverTheyAreDialled() {
        final List<String> differences = new ArrayList<>();
        int compared = 0;
        for (final String region : new TreeSet<>(LIBRARY.getSupportedRegions())) {
            for (final PhoneNumberType type : PhoneNumberType.values()) {
                final PhoneNumber example = LIBRARY.getExampleNumberForType(region, type);
                if (example == null) {
                    continue;
                }
                final String e164 = LIBRARY.format(example, PhoneNumberFormat.E164);
                if (e164.length() > 16) {
                    continue;
                }
                final long expected = Long.parseLong(e164.substring(1));
                final String abroad = "US".equals(region) ? "DE" : "US";
                final String[][] diallings = {
                    {region, LIBRARY.format(example, PhoneNumberFormat.INTERNATIONAL)},
                    {region, e164},
                    {region, LIBRARY.format(example, PhoneNumberFormat.NATIONAL)},
                    {abroad, LIBRARY.formatOutOfCountryCallingNumber(example, abroad)}
                };
                for (final String[] dialling : diallings) {
                    compared++;
                    final long found = NORMALISER.normalise(plain(dialling[1]), Country.parse(dialling[0]));
                    if (found != expected) {
                        differences.add(dialling[0] + " dials " + dialling[1] + " (" + type + "): expected " + expected
                                + " found " + found);
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(4_000);
        assertThat(differences).isEmpty();
    }

    /** The library groups some numbers with slashes. */
    private static String plain(final String dialled) {
        return dialled.replace('/', ' ').replace('~', ' ');
    }
}
