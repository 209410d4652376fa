package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Called numbers as exchanges dial them in their country. */
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
    void shouldReadWhatIsDialled(
            final String country, final String own, final String dialled, final String called) {
        final StageFixture call = call(country, own);
        assertThat(call.from(PBX_ADDRESS, own, dialled).decide()).as(call.reason()).isTrue();
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

    @Test
    @DisplayName("the network dials no national numbers, and what is no number stays 484")
    void shouldLeaveTheNetworkAlone() {
        final StageFixture call = call("US", "12025550123");
        assertThat(call.from(CARRIER_ADDRESS, "1", "2025550123").decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_UNKNOWN);
        assertThat(call.from(PBX_ADDRESS, "12025550123", "01").decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.BAD_NUMBER);
        assertThat(call.decision.status()).isEqualTo(484);
        assertThat(call.from(PBX_ADDRESS, "12025550123", "1234567890123456789").decide())
                .isFalse();
        assertThat(call.decision.status()).isEqualTo(484);
        assertThat(call.from(PBX_ADDRESS, "12025550123", "alice").decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_UNKNOWN);
    }

    @Test
    @DisplayName("without a country digits are what they are")
    void shouldNotGuessWithoutACountry() {
        final StageFixture call = new StageFixture(CONFIGURATION
                .replace("\"country\":\"%s\",", "")
                .replace("%n", "12025550123"));
        assertThat(call.from(PBX_ADDRESS, "12025550123", "02071838750").decide())
                .isFalse();
        assertThat(call.decision.status()).isEqualTo(484);
    }
}
