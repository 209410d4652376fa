package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers as peers in a country show them. */
class CallerNumberTest {
    private static final String CONFIGURATION = """
            {"resource":"accounts","name":"acme","country":"%s"}
            """ + StageFixture.CARRIER + StageFixture.PBX + StageFixture.number("");

    private static StageFixture call(final String country, final String more) {
        return new StageFixture(CONFIGURATION.replace("%s", country) + more);
    }

    private static void assertCaller(
            final StageFixture call, final long source, final String shown, final String caller) {
        assertThat(call.from(source, shown, "12025550123").decideAnother())
                .as(call.reason())
                .isTrue();
        assertThat(call.decision.callerOut).hasToString(caller);
        assertThat(call.decision.callerChanged()).as("nobody rewrote it").isFalse();
    }

    @ParameterizedTest
    @DisplayName("N-074 a caller is normalised by the country of the account")
    @CsvSource({
        "GB, 442071838750, 442071838750",
        "GB, 02071838750, 442071838750",
        "GB, 00442071838750, 442071838750",
        "GB, +44 20 7183 8750, 442071838750",
        "GB, 2071838750, 442071838750",
        "GB, 0012025550100, 12025550100",
        "US, 2025550100, 12025550100",
        "US, (202) 555-0100, 12025550100",
        "US, 12025550100, 12025550100",
        "US, 011442071838750, 442071838750",
        "US, 442071838750, 442071838750",
        "DE, 030 12345678, 493012345678",
        "DE, 3012345678, 493012345678",
        "RU, 8 495 123 45 67, 84951234567",
        "RU, 8 343 123 45 67, 73431234567",
        "US, 4989123456, 4989123456",
        "US, 4795550100, 4795550100",
        "US, 3051234567, 3051234567",
        "US, 201, 201",
        "US, alice, alice",
        "US, 01, 01",
        "GB, 0000, 0000"
    })
    void shouldNormaliseByTheCountry(final String country, final String shown, final String caller) {
        final StageFixture call = call(country, "");
        assertCaller(call, CARRIER_ADDRESS, shown, caller);
        assertCaller(call, PBX_ADDRESS, shown, caller);
    }

    @Test
    @DisplayName("N-074 the country is that of the account called, then that of the trunk's; of an exchange its own")
    void shouldAskTheAccountCalledFirst() {
        final String tenant = """
                {"resource":"accounts","name":"tenant"%s}
                """;
        final String number = """
                {"resource":"numbers","account_id":"name:tenant","e164":"12025550124","dest_kind":"trunk","dest_id":"name:pbx"}
                """;
        final StageFixture british = call("DE", tenant.formatted(",\"country\":\"GB\"") + number);
        assertThat(british.from(CARRIER_ADDRESS, "02071838750", "12025550124").decideAnother())
                .isTrue();
        assertThat(british.decision.callerOut).hasToString("442071838750");
        assertThat(british.from(PBX_ADDRESS, "03012345678", "12025550124").decideAnother())
                .isTrue();
        assertThat(british.decision.callerOut).hasToString("493012345678");

        final StageFixture nowhere = call("DE", tenant.formatted("") + number);
        assertThat(nowhere.from(CARRIER_ADDRESS, "03012345678", "12025550124").decideAnother())
                .isTrue();
        assertThat(nowhere.decision.callerOut).hasToString("493012345678");
    }

    @Test
    @DisplayName("N-074 without a country only plus and separators go")
    void shouldNotGuessWithoutACountry() {
        final StageFixture call = new StageFixture(CONFIGURATION.replace(",\"country\":\"%s\"", ""));
        assertCaller(call, CARRIER_ADDRESS, "02071838750", "02071838750");
        assertCaller(call, CARRIER_ADDRESS, "+44 20 7183 8750", "442071838750");
        assertCaller(call, CARRIER_ADDRESS, "2025550100", "2025550100");
    }

    @Test
    @DisplayName("N-074 N-075 lists and transforms see the normalised caller")
    void shouldShowTheNumberToListsAndTransforms() {
        final StageFixture listed = call("GB", """
                {"resource":"policies/phone-lists","account_id":"name:acme","kind":"dnc_in","entries":["442071838750"]}
                """);
        assertThat(listed.from(CARRIER_ADDRESS, "02071838750", "12025550123").decide())
                .isFalse();
        assertThat(listed.decision.rule()).isEqualTo(Rule.CALLER_BLOCKED);

        final StageFixture rewritten = call("GB", """
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"account","direction":"inbound_cid",\
                "match_regex":"^44","replacement":"0"}
                """);
        assertThat(rewritten
                        .from(CARRIER_ADDRESS, "00442071838750", "12025550123")
                        .decide())
                .isTrue();
        assertThat(rewritten.decision.callerOut).hasToString("02071838750");
    }
}
