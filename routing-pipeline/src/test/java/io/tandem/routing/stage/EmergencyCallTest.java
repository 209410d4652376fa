package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.Dimension;
import io.tandem.routing.model.ResourceKind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Emergency calls (decision D12). */
class EmergencyCallTest {
    private static final String ACCOUNTS = """
            {"resource":"accounts","name":"acme","country":"US","default_cid_number":"12025550124"}
            """ + StageFixture.CARRIER + StageFixture.PBX;
    private static final String NUMBERS = """
            {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"hangup"}
            {"resource":"numbers","account_id":"name:acme","e164":"12025550124","dest_kind":"hangup"}
            """;
    private static final String WAYS_OUT = """
            {"resource":"trunks","account_id":"name:acme","name":"psap","direction":"outbound","proxy":"127.0.0.8"}
            {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","proxy":"127.0.0.9"}
            {"resource":"trunks","account_id":"name:acme","name":"wholesale","direction":"outbound","provider":"carrier","proxy":"127.0.0.7"}
            """;
    private static final String ROUTES = """
            {"resource":"outbound-routes","account_id":"name:acme","name":"emergency","match_prefix":"911","via":"trunk","trunk_id":"name:psap","priority":9}
            {"resource":"outbound-routes","account_id":"name:acme","name":"all","via":"trunk","trunk_id":"name:out"}
            """;
    private static final String ALL = ACCOUNTS + NUMBERS + WAYS_OUT + ROUTES;

    private static StageFixture dialled(final String configuration, final String digits) {
        return new StageFixture(configuration).from(PBX_ADDRESS, "12025550123", digits);
    }

    private static void assertEmergency(final StageFixture call, final String trunk, final String digits) {
        assertThat(call.decide()).as(call.reason()).isTrue();
        assertThat(call.decision.emergency()).isTrue();
        assertThat(call.decision.direction()).isEqualTo(CallDirection.OUTBOUND);
        assertThat(call.decision.target().name()).isEqualTo(trunk);
        assertThat(call.decision.calledOut).hasToString(digits);
        assertThat(call.stages.counts().count(Rule.EMERGENCY_NUMBER)).isEqualTo(1);
        assertThat(call.admitLeg()).isTrue();
    }

    @ParameterizedTest
    @DisplayName(
            "D12 emergency digits of the account's country take the route for them, else any route, else the wholesale carrier")
    @CsvSource({"US, 911, psap", "GB, 999, out", "GB, 911, psap", "FR, 15, out", "AU, 000, out"})
    void shouldRouteEmergencyDigits(final String country, final String digits, final String trunk) {
        assertEmergency(dialled(ALL.replace("\"US\"", '"' + country + '"'), digits), trunk, digits);
        assertEmergency(
                dialled((ACCOUNTS + NUMBERS + WAYS_OUT).replace("\"US\"", '"' + country + '"'), digits),
                "wholesale",
                digits);
    }

    private static StageFixture routed(final String country, final String prefix, final String digits) {
        return dialled(
                ALL.replace("\"US\"", '"' + country + '"')
                        .replace("\"match_prefix\":\"911\"", "\"match_prefix\":\"" + prefix + "\""),
                digits);
    }

    @ParameterizedTest
    @DisplayName(
            "D12 without a route of its own a number takes that of the country, else that of another one that it publishes")
    @CsvSource({
        "US, 911, 112, 911",
        "DE, 112, 911, 112",
        "DE, 110, 112, 112",
        "DE, 112, 110, 110",
        "GB, 999, 112, 112",
        "GB, 112, 999, 999",
        "FR, 112, 15, 15",
        "AU, 112, 000, 000",
        "US, 112, 911, 911"
    })
    void shouldTakeARouteOfTheCountry(
            final String country, final String prefix, final String digits, final String called) {
        final StageFixture call = routed(country, prefix, digits);
        assertEmergency(call, "psap", called);
        assertThat(call.decision.candidateCount()).as("and any other behind it").isEqualTo(2);
        assertThat(call.decision.candidate(1).name()).isEqualTo("out");
        assertThat(call.stages.explain(call.request).considered())
                .filteredOn(rule -> rule.kind() == ResourceKind.OUTBOUND_ROUTES)
                .hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("D12 other digits than those of the country, and routes that cannot be used, do not count")
    @CsvSource({"GB, 911, 999", "US, 9, 911", "US, 9, 112", "DE, 11, 112"})
    void shouldNotTakeARouteOfElsewhere(final String country, final String prefix, final String digits) {
        final StageFixture call = routed(country, prefix, digits);
        assertThat(call.decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString(digits);
        final StageFixture disabled =
                dialled(ALL.replace("\"name\":\"psap\"", "\"name\":\"psap\",\"status\":\"disabled\""), "112");
        assertEmergency(disabled, "out", "112");
    }

    @Test
    @DisplayName("D12 the route of an account above comes before one of its own that is not for emergency calls")
    void shouldTakeTheRouteOfAnAccountAbove() {
        final String above = """
                {"resource":"accounts","name":"reseller"}
                """
                + ALL.replace(
                                "\"name\":\"acme\",\"country\"",
                                "\"name\":\"acme\",\"parent_id\":\"name:reseller\",\"country\"")
                        .replace(
                                "{\"resource\":\"outbound-routes\",\"account_id\":\"name:acme\",\"name\":\"emergency\"",
                                "{\"resource\":\"outbound-routes\",\"account_id\":\"name:reseller\",\"name\":\"emergency\"")
                        .replace(
                                "\"account_id\":\"name:acme\",\"name\":\"psap\"",
                                "\"account_id\":\"name:reseller\",\"name\":\"psap\"");
        for (final String digits : new String[] {"911", "112"}) {
            final StageFixture call = dialled(above, digits);
            assertEmergency(call, "psap", "911");
            assertThat(call.decision.candidate(1).name()).isEqualTo("out");
        }
    }

    @Test
    @DisplayName("D12 digits that are an emergency number elsewhere are none here")
    void shouldKnowTheCountry() {
        assertThat(dialled(ALL, "999").decide()).isTrue();
        final StageFixture call = dialled(ALL, "999");
        call.decide();
        assertThat(call.decision.emergency()).isFalse();
    }

    @Test
    @DisplayName("D12 urn:service:sos becomes the number of the country")
    void shouldDialForAService() {
        final StageFixture america = dialled(ALL, "urn:service:sos");
        america.request.emergency = true;
        assertEmergency(america, "psap", "911");
        final StageFixture germany = dialled(ALL.replace("\"US\"", "\"DE\""), "urn:service:sos.fire");
        germany.request.emergency = true;
        assertEmergency(germany, "out", "112");
    }

    @Test
    @DisplayName("D12 nothing shadows an emergency number: neither a number of ours nor a transform")
    void shouldComeBeforeAnythingElse() {
        final String shadows = """
                {"resource":"numbers","account_id":"name:acme","e164":"911","dest_kind":"hangup"}
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"account","direction":"inbound_dst",\
                "match_regex":"^911$","replacement":"12025550123"}
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"account","direction":"outbound_dst",\
                "match_regex":"^911$","replacement":"12025550123"}
                """;
        assertEmergency(dialled(ALL + shadows, "911"), "psap", "911");
        final String outsideLine = """
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"trunk","scope_id":"name:pbx",\
                "direction":"inbound_dst","match_regex":"^9(911)$","replacement":"$1"}
                """;
        assertEmergency(dialled(ALL + outsideLine, "9911"), "psap", "911");
        assertEmergency(
                dialled(ALL.replace("\"US\"", "\"US\",\"status\":\"suspended\"") + outsideLine, "9911"), "psap", "911");
        final String forTheRoute = """
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"route","scope_id":"name:emergency",\
                "direction":"outbound_dst","match_regex":"^911$","replacement":"933"}
                """;
        assertEmergency(dialled(ALL + forTheRoute, "911"), "psap", "933");
    }

    @Test
    @DisplayName(
            "D12 an emergency call passes every ceiling, call limit, geo policy and list, and is counted all the same")
    void shouldPassEverythingAndCount() {
        final StageFixture call = dialled(
                ALL.replace("\"country\"", "\"max_out\":0,\"max_call_sec\":60,\"country\"")
                                .replace(
                                        "\"name\":\"pbx\"",
                                        "\"name\":\"pbx\",\"max_channels\":0,\"max_identical_calls\":1")
                                .replace("\"name\":\"psap\"", "\"name\":\"psap\",\"max_channels\":0")
                        + """
                        {"resource":"policies/call-limits","account_id":"name:acme","period_sec":60,"max_count":0}
                        {"resource":"policies/geo-policies","account_id":"name:acme","mode":"allowlist","countries":[]}
                        {"resource":"policies/phone-lists","account_id":"name:acme","kind":"dnc_out","entries":["911","9*"]}
                        """,
                "911");
        call.request.nowNs = TimeUnit.SECONDS.toNanos(1);

        assertEmergency(call, "psap", "911");
        assertThat(call.decideAnother()).as("the same call once more").isTrue();
        assertThat(call.decision.maxCallSec()).isEqualTo(Decision.UNLIMITED);
        assertThat(call.stages.counts().count(Rule.EMERGENCY_ADMITTED)).isEqualTo(2);
        assertThat(call.ledger.count(Dimension.ACCOUNT_OUT, call.decision.accountHigh(), call.decision.accountLow()))
                .isEqualTo(2);
        assertThat(call.windows.usedMoments()).isPositive();
        assertThat(call.from(PBX_ADDRESS, "12025550123", "12025550199").decideAnother())
                .as("the ceilings are there for everybody else")
                .isFalse();
    }

    @Test
    @DisplayName("D12 a suspended account still calls for help, over its own trunk")
    void shouldPassSuspension() {
        final String suspended = ALL.replace("\"US\"", "\"US\",\"status\":\"suspended\"");
        assertEmergency(dialled(suspended, "911"), "psap", "911");
        assertThat(dialled(suspended, "12025550123").decide()).isFalse();
        final StageFixture other = dialled(suspended, "911");
        other.decide();
        assertThat(other.from(PBX_ADDRESS, "1", "442071838750").decideAnother()).isFalse();
        assertThat(other.decision.rule()).isEqualTo(Rule.SOURCE_ACCOUNT_SUSPENDED);
    }

    @Test
    @DisplayName("D12 it passes when the table of counters is full")
    void shouldPassAFullTable() {
        final StageFixture call = dialled(ALL, "911");
        for (long id = 1; call.ledger.freeCounters() > 0; id++) {
            call.ledger.restore(new io.tandem.routing.admission.Holds(), Dimension.USER, id, id);
        }
        assertThat(call.decide()).isTrue();
        assertThat(call.callHolds.isEmpty()).isTrue();
        assertThat(call.admitLeg()).isTrue();
        call.stages.release(call.callHolds);
    }

    @Test
    @DisplayName("D12 it shows the caller's number, else one of the account, and goes on without any")
    void shouldShowANumberToCallBack() {
        final StageFixture call = dialled(ALL, "911");
        assertThat(call.decideAnother()).isTrue();
        assertThat(call.decision.callerOut).hasToString("12025550123");
        assertThat(call.from(PBX_ADDRESS, "18005550000", "911").decideAnother()).isTrue();
        assertThat(call.decision.callerOut).hasToString("12025550124");
        final StageFixture nothing =
                dialled(ALL.replace(NUMBERS, "").replace(",\"default_cid_number\":\"12025550124\"", ""), "911");
        assertThat(nothing.decide()).isTrue();
        assertThat(nothing.decision.callerOut).hasToString("12025550123");
    }

    private static String flagged(final String... numbers) {
        String configuration =
                ALL.replace("\"name\":\"psap\"", "\"name\":\"psap\",\"cid_number\":\"12025550126\"") + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550125","dest_kind":"hangup"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550126","dest_kind":"hangup"}
                {"resource":"policies/caller-id-rules","account_id":"name:acme","cid_number":"12025550125","cid_name":"Acme"}
                """;
        for (final String number : numbers) {
            configuration = configuration.replace(
                    "\"e164\":\"" + number + "\"", "\"e164\":\"" + number + "\",\"emergency_enabled\":1");
        }
        return configuration;
    }

    private static void assertCallBack(final String shown, final String caller, final String... numbers) {
        final StageFixture call = dialled(flagged(numbers), "911").from(PBX_ADDRESS, caller, "911");
        call.request.anonymous = caller.isEmpty();
        assertThat(call.decide()).isTrue();
        assertThat(call.decision.callerOut)
                .as("%s of %s", caller, (Object) numbers)
                .hasToString(shown);
    }

    @Test
    @DisplayName(
            "V-019 D12 it shows the first number that is flagged for it: the caller's own, rule, trunk, account; else as other calls")
    void shouldShowANumberThatIsFlagged() {
        final String own = "12025550123";
        final String ofAccount = "12025550124";
        final String ofRule = "12025550125";
        final String ofTrunk = "12025550126";
        assertCallBack(own, own, own, ofAccount, ofRule, ofTrunk);
        assertCallBack(own, "2025550123", own, ofAccount);
        assertCallBack(ofRule, own, ofAccount, ofRule, ofTrunk);
        assertCallBack(ofTrunk, own, ofAccount, ofTrunk);
        assertCallBack(ofAccount, own, ofAccount);
        assertCallBack(ofRule, own);
        assertCallBack(ofAccount, "", ofAccount);
        assertCallBack(ofRule, "");
        final StageFixture usual = dialled(flagged(ofAccount), "442071838750");
        assertThat(usual.decide()).isTrue();
        assertThat(usual.decision.callerOut).as("other calls").hasToString(ofRule);
    }

    @Test
    @DisplayName("D12 a caller who hides and has no number at all still calls for help")
    void shouldGoOnWithoutAnyNumber() {
        final StageFixture call =
                dialled(ALL.replace(NUMBERS, "").replace(",\"default_cid_number\":\"12025550124\"", ""), "911");
        call.from(PBX_ADDRESS, "", "911");
        call.request.anonymous = true;
        assertThat(call.decide()).isTrue();
        assertThat(call.decision.callerOut.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("D12 without any way out it is answered 404 by a rule of its own")
    void shouldSayThatNothingTakesIt() {
        final StageFixture call = dialled(ACCOUNTS + NUMBERS, "911");
        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NO_EMERGENCY_ROUTE);
        assertThat(call.decision.status()).isEqualTo(404);
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    @DisplayName("D12 only whom we know has the right: an unknown source, a denied one, and a redirect have not")
    void shouldRefuseWhomWeDoNotKnow() {
        final StageFixture call = dialled(ALL, "911");
        assertThat(call.from(0xffff_7f00_0009L, "1", "911").decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.SOURCE_UNKNOWN);

        final StageFixture denied = dialled(ALL + """
                        {"resource":"policies/acl-rules","account_id":"name:acme","rule_type":"ip_deny","value":"127.0.0.3/32"}
                        """, "911");
        assertThat(denied.decide()).isFalse();
        assertThat(denied.decision.rule()).isEqualTo(Rule.SOURCE_FORBIDDEN);

        final StageFixture redirected = dialled(ALL.replace("\"US\"", "\"US\",\"max_out\":0"), "911");
        redirected.request.redirects = 1;
        assertThat(redirected.decide()).isFalse();
        assertThat(redirected.decision.emergency()).isFalse();
        assertThat(redirected.decision.rule()).isEqualTo(Rule.ACCOUNT_CEILING);
    }
}
