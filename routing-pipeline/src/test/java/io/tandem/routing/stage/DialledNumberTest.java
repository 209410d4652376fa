package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Called numbers as they are dialled in a country. */
class DialledNumberTest {
    private static final String CONFIGURATION = """
            {"resource":"accounts","name":"acme","country":"%s","default_cid_number":"%n"}
            """ + StageFixture.CARRIER + StageFixture.PBX + """
            {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","provider":"carrier","proxy":"127.0.0.7"}
            {"resource":"numbers","account_id":"name:acme","e164":"%n","dest_kind":"trunk","dest_id":"name:pbx"}
            """;

    private static StageFixture call(final String country, final String number) {
        return new StageFixture(CONFIGURATION.replace("%s", country).replace("%n", number));
    }

    @ParameterizedTest
    @DisplayName("an exchange dials national numbers and international ones behind the prefix of its country")
    @CsvSource({
        "US, 12025550123, 2025550199, 12025550199",
        "US, 12025550123, 011 44 20 7183 8750, 442071838750",
        "GB, 442071838750, 020 7183 8751, 442071838751",
        "GB, 442071838750, 0012025550199, 12025550199",
        "DE, 493012345678, 030 12345679, 493012345679",
        "DE, 493012345678, +12025550199, 12025550199"
    })
    void shouldReadWhatIsDialled(final String country, final String own, final String dialled, final String called) {
        final StageFixture call = call(country, own);
        assertThat(call.from(PBX_ADDRESS, own, dialled).decide())
                .as(call.reason())
                .isTrue();
        assertThat(call.decision.target().name()).isEqualTo("out");
        assertThat(call.decision.calledOut).hasToString(called);
    }

    @Test
    @DisplayName("a number of ours is found by its national digits too, and as dialled first")
    void shouldFindANumberOfOurs() {
        final StageFixture call = call("US", "12025550123");
        for (final String dialled : new String[] {"2025550123", "12025550123", "+1 202 555 0123"}) {
            assertThat(call.from(PBX_ADDRESS, "12025550123", dialled).decideAnother())
                    .isTrue();
            assertThat(call.decision.direction()).isEqualTo(CallDirection.INTERNAL);
            assertThat(call.decision.target().name()).isEqualTo("pbx");
        }
    }

    @ParameterizedTest
    @DisplayName("the network reaches a number of ours however its country writes it")
    @CsvSource({
        "GB, 442071838750, 442071838750", "GB, 442071838750, +442071838750", "GB, 442071838750, 02071838750",
        "GB, 442071838750, 00442071838750", "GB, 442071838750, 2071838750", "US, 12025550123, 2025550123",
        "US, 12025550123, 01112025550123", "DE, 493012345678, 03012345678", "US, 14989123456, 4989123456"
    })
    void shouldReadWhatTheNetworkDials(final String country, final String own, final String dialled) {
        final StageFixture call = call(country, own);
        assertThat(call.from(CARRIER_ADDRESS, "442071838799", dialled).decide())
                .as(call.reason())
                .isTrue();
        assertThat(call.decision.dialled()).isEqualTo(Long.parseLong(own));
        assertThat(call.decision.calledOut).hasToString(own);
        assertThat(call.decision.target().name()).isEqualTo("pbx");
    }

    @Test
    @DisplayName("what the network dials is international first, by prefixes and ranges too")
    void shouldTakeWhatTheNetworkDialsAsItIs() {
        final StageFixture call =
                new StageFixture(CONFIGURATION.replace("%s", "US").replace("%n", "12025550123") + """
                {"resource":"numbers","account_id":"name:acme","e164":"202*","dest_kind":"hangup"}
                """);
        assertThat(call.from(CARRIER_ADDRESS, "442071838799", "2025550123").decide())
                .isFalse();
        assertThat(call.decision.dialled()).isEqualTo(2025550123L);
        assertThat(call.from(PBX_ADDRESS, "12025550123", "2025550123").decide()).isTrue();
        assertThat(call.decision.dialled()).isEqualTo(12025550123L);
    }

    @Test
    @DisplayName(
            "digits that are no national number in use, but an international one, are that: Munich, dialled in America")
    void shouldTellAForeignNumberFromANationalOne() {
        final StageFixture call = call("US", "12025550123");
        for (final String[] dialled : new String[][] {
            {"4989123456", "4989123456"},
            {"4795550100", "14795550100"},
            {"2025550199", "12025550199"},
            {"3051234567", "13051234567"},
            {"14989123456", "14989123456"}
        }) {
            assertThat(call.from(PBX_ADDRESS, "12025550123", dialled[0]).decideAnother())
                    .isTrue();
            assertThat(call.decision.calledOut).hasToString(dialled[1]);
        }
        final StageFixture ours = call("US", "14989123456");
        assertThat(ours.from(PBX_ADDRESS, "14989123456", "4989123456").decide()).isTrue();
        assertThat(ours.decision.dialled()).as("a number of ours comes first").isEqualTo(14989123456L);
    }

    @Test
    @DisplayName("the network dials nothing outside, and what is no number stays 484")
    void shouldLeaveTheNetworkAlone() {
        final StageFixture call = call("US", "12025550123");
        for (final String dialled : new String[] {"2025550199", "12025550199", "011442071838750"}) {
            assertThat(call.from(CARRIER_ADDRESS, "1", dialled).decide()).isFalse();
            assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_UNKNOWN);
        }
        for (final long source : new long[] {PBX_ADDRESS, CARRIER_ADDRESS}) {
            assertThat(call.from(source, "12025550123", "01").decide()).isFalse();
            assertThat(call.decision.rule()).isEqualTo(Rule.BAD_NUMBER);
            assertThat(call.decision.status()).isEqualTo(484);
            assertThat(call.from(source, "12025550123", "1234567890123456789").decide())
                    .isFalse();
            assertThat(call.decision.status()).isEqualTo(484);
            assertThat(call.from(source, "12025550123", "alice").decide()).isFalse();
            assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_UNKNOWN);
        }
    }

    @Test
    @DisplayName("without a country digits are what they are")
    void shouldNotGuessWithoutACountry() {
        final StageFixture call = new StageFixture(
                CONFIGURATION.replace("\"country\":\"%s\",", "").replace("%n", "12025550123"));
        assertThat(call.from(PBX_ADDRESS, "12025550123", "02071838750").decide())
                .isFalse();
        assertThat(call.decision.status()).isEqualTo(484);
    }
}
