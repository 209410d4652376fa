package io.tandem.routing.number;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables against the library that they were made with, and against numbers that everybody knows. */
class NumberingPlanTest {
    private static final NumberingPlan PLAN = NumberingPlan.load();
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    @ParameterizedTest
    @CsvSource({
        "12025550123, US", "16135550123, CA", "18765550123, JM", "17875550123, PR", "16645550123, MS",
        "74951234567, RU", "77272501234, KZ", "442079460018, GB", "441481123456, GG", "447781123456, GG",
        "441534123456, JE", "441624123456, IM", "4930123456, DE", "390669812345, VA", "390612345678, IT",
        "33612345678, FR", "4779123456, SJ", "4721234567, NO", "358181234567, AX", "899100000001, ''",
        "80012345678, ''", "881612345678, ''", "38349123456, XK", "1, US", "44, GB", "3, ''"
    })
    void shouldKnowTheCountryOfANumber(final long e164, final String country) {
        assertThat(Country.text(PLAN.countryOf(e164))).isEqualTo(country);
    }

    @Test
    void shouldAgreeWithThePublishedExamplesOfEveryCountryAndKind() {
        final List<String> differences = new ArrayList<>();
        int compared = 0;
        for (final String region : new TreeSet<>(LIBRARY.getSupportedRegions())) {
            for (final PhoneNumberType type : PhoneNumberType.values()) {
                final PhoneNumber example = LIBRARY.getExampleNumberForType(region, type);
                if (example != null && type != PhoneNumberType.UAN) {
                    final String expected = LIBRARY.getRegionCodeForNumber(example);
                    final String e164 = LIBRARY.format(example, PhoneNumberFormat.E164).substring(1);
                    final String found = Country.text(PLAN.countryOf(Long.parseLong(e164)));
                    compared++;
                    if (!found.equals(expected)) {
                        differences.add(e164 + " " + type + " expected " + expected + " found " + found);
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1_000);
        assertThat(differences).isEmpty();
    }

    @Test
    void shouldListTheEmergencyNumbersOfEveryCountry() {
        for (final String region : new TreeSet<>(LIBRARY.getSupportedRegions())) {
            final int country = Country.parse(region);
            for (int number = 0; number < 10_000; number++) {
                final String digits = Integer.toString(number);
                final boolean expected = number == 112
                        || number == 911
                        || ShortNumberInfo.getInstance().isEmergencyNumber(digits, region);
                assertThat(PLAN.isEmergency(digits, country)).as(region + " " + digits).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "112, DE, true", "110, DE, true", "911, DE, true", "999, GB, true", "999, DE, false", "000, AU, true",
        "112, '', true", "911, '', true", "110, '', false", "9112, US, false", "+112, DE, false", "1-1-2, DE, false",
        "'', DE, false", "1234567, DE, false", "01, DE, false"
    })
    void shouldTakeEmergencyDigitsExactly(final String digits, final String country, final boolean emergency) {
        assertThat(PLAN.isEmergency(digits, Country.parse(country))).isEqualTo(emergency);
    }

    @ParameterizedTest
    @CsvSource({
        "urn:service:sos, true", "URN:Service:SOS, true", "urn:service:sos.fire, true", "urn:service:sosx, false",
        "urn:service:so, false", "urn:service:counseling, false", "sip:112@example.com, false"
    })
    void shouldKnowTheEmergencyUrn(final String address, final boolean emergency) {
        assertThat(EmergencyUrn.matches(address)).isEqualTo(emergency);
    }

    @Test
    void shouldBeTheSameTwice() {
        assertThat(NumberingPlan.load().fingerprint()).isEqualTo(PLAN.fingerprint());
    }

    @Test
    void shouldStaySmall() {
        assertThat(PLAN.trieNodes()).as("of 40 bytes each").isBetween(100, 2_000);
    }

    @Test
    void shouldAllocateNothingWhenAsked() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final DialString dialled = new DialString();
        dialled.setAscii("112");
        final int germany = Country.parse("DE");
        long sum = 0;
        long before = 0;
        for (int round = 0; round < 40_000; round++) {
            if (round == 20_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            sum += PLAN.countryOf(16135550123L + round) + (PLAN.isEmergency(dialled, germany) ? 1 : 0);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(sum).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"US, US", "us, US", "XK, XK", "XX, ''", "USA, ''", "U1, ''", "'', ''"})
    void shouldReadCountries(final String text, final String country) {
        assertThat(Country.text(Country.parse(text))).isEqualTo(country);
    }
}
