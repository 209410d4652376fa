package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.ACME;
import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.CARRIER;
import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.NumberStatus;
import io.tandem.routing.model.ResourceKind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingStagesTest {
    @Test
    @DisplayName("N-019..N-024 D1 stages are asked in their order")
    void shouldSendACallFromTheCarrierToThePbx() {
        final StageFixture call = new StageFixture(BASE + number(""));

        assertThat(call.decide()).isTrue();
        assertThat(call.admitLeg()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        assertThat(call.decision.target().addressLow()).isEqualTo(PBX_ADDRESS);
        assertThat(call.decision.target().port()).isEqualTo(5080);
        assertThat(call.decision.calledOut).hasToString("12025550123");
        assertThat(call.decision.callerOut).hasToString("12025550100");
        assertThat(call.decision.revision()).isEqualTo(7);
        assertThat(call.decision.direction()).isEqualTo(CallDirection.INBOUND);
        assertThat(IntStream.range(0, call.decision.verdictCount()).mapToObj(call.decision::verdictRule))
                .containsExactly(
                        Rule.SOURCE_MATCHED,
                        Rule.TRUNK_IDENTIFIED,
                        Rule.CALLED_UNCHANGED,
                        Rule.NUMBER_FOUND,
                        Rule.NUMBERS_UNCHANGED,
                        Rule.CALL_ADMITTED,
                        Rule.NO_SCHEDULE,
                        Rule.TARGET_TRUNK,
                        Rule.TRUNK_CHOSEN,
                        Rule.LEG_ADMITTED);
        call.stages.release(call.callHolds);
        call.stages.release(call.legHolds);
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    @DisplayName("R-141 a source that no active inbound trunk lists is refused")
    void shouldRefuseUnknownSources() {
        final StageFixture call = new StageFixture(BASE + number(""));
        assertRefused(call.from(0xffff_7f00_0009L, "1", "12025550123"), Rule.SOURCE_UNKNOWN, 403);
        assertThat(call.stages.leavesUnanswered(0, 0xffff_7f00_0009L)).isFalse();

        final StageFixture disabled = new StageFixture(
                ACME + CARRIER.replace("\"carrier\"", "\"carrier\",\"status\":\"disabled\"") + PBX + number(""));
        assertRefused(disabled, Rule.SOURCE_UNKNOWN, 403);

        final StageFixture silent = new StageFixture(BASE + number(""), new StageSettings(404, true));
        assertRefused(silent.from(1, "1", "12025550123"), Rule.SOURCE_UNKNOWN, 403);
        assertThat(silent.stages.leavesUnanswered(0, 1)).isTrue();
        assertThat(silent.stages.leavesUnanswered(0, CARRIER_ADDRESS)).isFalse();
    }

    @Test
    @DisplayName("R-008 a suspended account, or one below a suspended account, places and receives no calls")
    void shouldRefuseSuspendedAccounts() {
        final String suspended = """
                {"resource":"accounts","name":"reseller","status":"suspended"}
                {"resource":"accounts","name":"below","parent_id":"name:reseller"}
                """;
        final String theirs = """
                {"resource":"trunks","account_id":"name:below","name":"theirs","direction":"inbound","acl":["10.0.0.1"]}
                {"resource":"numbers","account_id":"name:below","e164":"4930123456","dest_kind":"hangup"}
                """;
        final StageFixture call = new StageFixture(suspended + theirs + BASE + number(""));

        assertRefused(call.from(0xffff_0a00_0001L, "1", "12025550123"), Rule.SOURCE_ACCOUNT_SUSPENDED, 403);
        assertRefused(call.from(CARRIER_ADDRESS, "1", "4930123456"), Rule.ACCOUNT_SUSPENDED, 403);
    }

    @ParameterizedTest
    @DisplayName("N-008 V-032 D2 a number that is not in service is not found")
    @EnumSource(
            value = NumberStatus.class,
            names = {"DISABLED", "PENDING", "SUSPENDED", "DELETED"})
    void shouldNotFindNumbersOutOfService(final NumberStatus status) {
        final StageFixture call = new StageFixture(BASE + number(""));
        call.stages.use(withStatus(status));
        assertRefused(call, Rule.valueOf("NUMBER_" + status), 404);
    }

    @Test
    @DisplayName("D2 a deleted number may be answered 410")
    void shouldAnswer410ForDeletedNumbersIfSetSo() {
        final StageFixture call = new StageFixture(BASE + number(""), new StageSettings(410, false));
        call.stages.use(withStatus(NumberStatus.DELETED));
        assertRefused(call, Rule.NUMBER_DELETED, 410);
    }

    @ParameterizedTest
    @DisplayName("N-004 plus and separators do not matter")
    @ValueSource(strings = {"+12025550123", "12025550123", "+1(202)555-0123", "1.202.555.0123"})
    void shouldFindANumberInAnySpelling(final String called) {
        final StageFixture call = new StageFixture(BASE + number(""));
        assertThat(call.from(CARRIER_ADDRESS, "1", called).decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString("12025550123");
    }

    @ParameterizedTest
    @CsvSource({
        "02025550123,BAD_NUMBER,484",
        "1234567890123456,BAD_NUMBER,484",
        "12,BAD_NUMBER,484",
        "12025550999,NUMBER_UNKNOWN,404",
        "alice,NUMBER_UNKNOWN,404",
        "'',NUMBER_UNKNOWN,404"
    })
    void shouldTellBadNumbersFromUnknownOnes(final String called, final Rule rule, final int status) {
        assertRefused(new StageFixture(BASE + number("")).from(CARRIER_ADDRESS, "1", called), rule, status);
    }

    @Test
    void shouldCallANumberBadThatIsTooLongToRead() {
        final StageFixture call = new StageFixture(BASE + number(""));
        assertRefused(call.from(CARRIER_ADDRESS, "1", "1".repeat(65)), Rule.BAD_NUMBER, 484);
    }

    @Test
    @DisplayName("D15 V-027 a virtual number is reached from a PBX, not from a carrier")
    void shouldHideVirtualNumbersFromCarriers() {
        final StageFixture call = new StageFixture(BASE + number("\"status\":\"virtual\""));
        assertRefused(call, Rule.VIRTUAL_UNREACHABLE, 404);
        assertThat(call.from(PBX_ADDRESS, "1", "12025550123").decide()).isTrue();
        assertThat(call.decision.direction()).isEqualTo(CallDirection.INTERNAL);
    }

    @Test
    @DisplayName("N-015 callers who hide, or show no number, are refused with 433 where the number wants them known")
    void shouldRefuseAnonymousCallers() {
        final StageFixture call = new StageFixture(BASE + number("\"allow_anonymous\":0"));
        call.request.anonymous = true;
        assertRefused(call, Rule.ANONYMOUS_REFUSED, 433);
        assertRefused(call.from(CARRIER_ADDRESS, "", "12025550123"), Rule.ANONYMOUS_REFUSED, 433);
        assertRefused(call.from(CARRIER_ADDRESS, "unavailable", "12025550123"), Rule.ANONYMOUS_REFUSED, 433);
        assertRefused(call.from(CARRIER_ADDRESS, "+", "12025550123"), Rule.ANONYMOUS_REFUSED, 433);
        assertThat(call.from(CARRIER_ADDRESS, "1", "12025550123").decide()).isTrue();
    }

    @Test
    @DisplayName("N-014 callers who hide are taken by default")
    void shouldTakeAnonymousCallersByDefault() {
        final StageFixture call = new StageFixture(BASE + number(""));
        call.request.anonymous = true;
        assertThat(call.decide()).isTrue();
    }

    @Test
    @DisplayName("N-071 D2 number ceiling: 486, named with its limit; free again after release")
    void shouldHoldTheNumberCeiling() {
        final StageFixture call = new StageFixture(BASE + number("\"max_channels\":1"));
        assertThat(call.decide()).isTrue();
        assertThat(call.decideAnother()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_CEILING);
        assertThat(call.decision.status()).isEqualTo(486);
        assertThat(call.decision.limit()).isEqualTo(1);
        assertThat(call.reason()).isEqualTo("number ceiling 1 reached");

        call.stages.release(call.callHolds);
        assertThat(call.decideAnother()).isTrue();
    }

    @Test
    @DisplayName("R-013 N-072 account and ancestors: own ceiling named first, 480 with cause 34, no Retry-After")
    void shouldHoldTheCeilingsOfAccountAndAncestors() {
        final String reseller = """
                {"resource":"accounts","name":"reseller","max_in":1}
                """;
        final String below = ACME.replace("\"acme\"", "\"acme\",\"parent_id\":\"name:reseller\"");
        final StageFixture call = new StageFixture(reseller + below + CARRIER + PBX + number(""));
        assertThat(call.decide()).isTrue();
        assertRefused(call, Rule.ANCESTOR_CEILING, 480);
        assertThat(call.decision.q850()).isEqualTo(34);
        assertThat(Rule.ANCESTOR_CEILING.retryAfter()).isFalse();

        final String both = below.replace("\"acme\"", "\"acme\",\"max_in\":0");
        assertRefused(new StageFixture(reseller + both + CARRIER + PBX + number("")), Rule.ACCOUNT_CEILING, 480);
    }

    @Test
    @DisplayName("R-014 a call from the account's own PBX counts as one that it places")
    void shouldHoldTheOutboundCeilingForCallsOfAPbx() {
        final StageFixture call =
                new StageFixture(ACME.replace("\"acme\"", "\"acme\",\"max_out\":1") + CARRIER + PBX + number(""));
        assertThat(call.from(PBX_ADDRESS, "1", "12025550123").decide()).isTrue();
        assertRefused(call, Rule.ACCOUNT_CEILING, 480);
        assertThat(call.from(CARRIER_ADDRESS, "1", "12025550123").decideAnother())
                .as("a call from the carrier is none of its outbound calls")
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("R-136 D2 ingress trunk ceiling, answered as the trunk says")
    @CsvSource({"480", "486", "503"})
    void shouldHoldTheIngressTrunkCeiling(final int status) {
        final StageFixture call = new StageFixture(ACME
                + CARRIER.replace("\"carrier\"", "\"carrier\",\"max_channels\":0,\"over_limit_status\":" + status)
                + PBX
                + number(""));
        assertRefused(call, Rule.TRUNK_CEILING, status);
    }

    @Test
    @DisplayName("R-136 egress trunk ceiling is asked for every leg; the call keeps its own holds")
    void shouldHoldTheEgressTrunkCeiling() {
        final StageFixture call = new StageFixture(
                ACME + CARRIER + PBX.replace("\"pbx\",\"proxy\"", "\"pbx\",\"max_channels\":0,\"proxy\"") + number(""));
        assertThat(call.decide()).isTrue();
        final int held = call.callHolds.count();
        assertThat(call.admitLeg()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.LEG_TRUNK_CEILING);
        assertThat(call.decision.status()).isEqualTo(480);
        assertThat(call.legHolds.isEmpty()).isTrue();
        assertThat(call.callHolds.count()).isEqualTo(held);
    }

    @Test
    @DisplayName("D6 equal caller and called number through one trunk at the same time: 482")
    void shouldRefuseIdenticalCalls() {
        final StageFixture call = new StageFixture(
                ACME + CARRIER.replace("\"carrier\"", "\"carrier\",\"max_identical_calls\":1") + PBX + number(""));
        assertThat(call.decide()).isTrue();
        assertRefused(call, Rule.IDENTICAL_CALLS, 482);
        assertThat(call.from(CARRIER_ADDRESS, "12025550101", "12025550123").decideAnother())
                .isTrue();
    }

    @Test
    @DisplayName("D2 a full table is the box's fault: 503 with Retry-After")
    void shouldAnswer503WhenTheTableIsFull() {
        final StageFixture call = new StageFixture(BASE + number(""));
        while (call.ledger.freeCounters() > 2) {
            call.ledger.restore(new Holds(), Dimension.USER, 9, call.ledger.freeCounters());
        }
        assertRefused(call, Rule.BOX_FULL, 503);
        assertThat(Rule.BOX_FULL.retryAfter()).isTrue();
        assertThat(call.ledger.freeCounters()).isEqualTo(2);
    }

    @Test
    @DisplayName("N-052 D2 hangup answers 603, or the code given; whatever was admitted is given back")
    void shouldHangUp() {
        final String hangup = """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"hangup"%s}
                """;
        final StageFixture call = new StageFixture(BASE + hangup.replace("%s", ""));
        assertRefused(call, Rule.TARGET_HANGUP, 603);
        assertThat(call.ledger.usedCounters()).isZero();

        final StageFixture busy = new StageFixture(BASE + hangup.replace("%s", ",\"dest_xform\":{\"sip_code\":486}"));
        assertRefused(busy, Rule.TARGET_HANGUP, 486);
    }

    @Test
    @DisplayName("R-019 a number without target goes where its account says")
    void shouldUseTheDefaultOfTheAccount() {
        final String account = ACME.replace(
                "\"acme\"", "\"acme\",\"did_default_dest_kind\":\"trunk\",\"did_default_dest_id\":\"name:pbx\"");
        final StageFixture call = new StageFixture(account + CARRIER + PBX + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123"}
                """);
        assertThat(call.decide()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        assertThat(call.stages.counts().count(Rule.ACCOUNT_DEFAULT)).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName(
            "R-019 accounts inherit where unrouted numbers go from the nearest account above whose target others may use")
    @CsvSource({
        "'', '', 410",
        "'', '\"did_default_dest_kind\":\"hangup\",\"did_default_dest_xform\":{\"sip_code\":411},', 411",
        "'\"did_default_dest_kind\":\"hangup\",\"did_default_dest_xform\":{\"sip_code\":412},', '', 412",
        "'', '\"did_default_dest_kind\":\"user\",\"did_default_dest_id\":\"name:bob\",', 410"
    })
    void shouldInheritTheDefault(final String own, final String above, final int status) {
        final StageFixture call = new StageFixture("""
                {"resource":"accounts","name":"top","did_default_dest_kind":"hangup","did_default_dest_xform":{"sip_code":410}}
                {"resource":"accounts",%above%"name":"mid","parent_id":"name:top"}
                {"resource":"users","account_id":"name:mid","username":"bob"}
                """.replace("%above%", above)
                + ACME.replace("\"name\"", own + "\"parent_id\":\"name:mid\",\"name\"") + CARRIER + PBX + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123"}
                """);
        assertRefused(call, Rule.TARGET_HANGUP, status);
    }

    @Test
    @DisplayName("D2 a target that is gone falls to the account's default, else 404")
    void shouldAnswer404WhenNoTargetExists() {
        final StageFixture call = new StageFixture(BASE + number(""));
        final NumberRow row = new NumberRow();
        call.stages.configuration().number(12025550123L, row);
        row.destLow++;
        final InMemoryConfiguration.Builder builder = InMemoryConfiguration.builder("dangling", 8);
        copy(call, builder, ResourceKind.ACCOUNTS, ResourceKind.TRUNKS);
        call.stages.use(builder.number(row, new byte[0]).build());
        assertRefused(call, Rule.TARGET_MISSING, 404);
    }

    @ParameterizedTest
    @DisplayName("R-139 a trunk that is disabled, or speaks what is not built, takes no call")
    @CsvSource({"'\"status\":\"disabled\"',TRUNK_DISABLED,480", "'\"transport\":\"tls\"',TRANSPORT_NOT_BUILT,480"})
    void shouldRefuseTrunksThatCannotTakeTheCall(final String setting, final Rule rule, final int status) {
        final StageFixture call = new StageFixture(
                ACME + CARRIER + PBX.replace("\"pbx\",\"proxy\"", "\"pbx\"," + setting + ",\"proxy\"") + number(""));
        assertRefused(call, rule, status);
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    void shouldRefuseTheTrunkOfASuspendedAccount() {
        final StageFixture call = new StageFixture(BASE + """
                {"resource":"accounts","name":"gone","status":"closed"}
                {"resource":"trunks","account_id":"name:gone","name":"theirs","proxy":"10.0.0.1"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"trunk",\
                "dest_id":"name:theirs"}
                """);
        assertRefused(call, Rule.TRUNK_ACCOUNT_SUSPENDED, 403);
    }

    @Test
    @DisplayName("D5 a redirected call is one of the trunk that redirected, and is screened by nothing else")
    void shouldTakeRedirectedCallsAsThoseOfTheRedirectingTrunk() {
        final StageFixture call = new StageFixture(BASE + number(""));
        assertThat(call.from(PBX_ADDRESS, "1", "12025550123").decide()).isTrue();
        final long pbxHigh = call.decision.ingressTrunkHigh();
        final long pbxLow = call.decision.ingressTrunkLow();

        call.from(0x1234, "1", "12025550123");
        call.request.ingressTrunkHigh = pbxHigh;
        call.request.ingressTrunkLow = pbxLow;
        call.request.redirects = RoutingStages.REDIRECTS_MAX;
        assertThat(call.decideAnother()).isTrue();
        assertThat(call.decision.verdictRule(0)).isEqualTo(Rule.SOURCE_PRESET);

        call.request.redirects = RoutingStages.REDIRECTS_MAX + 1;
        assertRefused(call, Rule.REDIRECT_LOOP, 482);
        call.request.redirects = 1;
        call.request.ingressTrunkLow = pbxLow + 1;
        assertRefused(call, Rule.REDIRECTING_TRUNK_GONE, 403);
    }

    @Test
    @DisplayName("D10 the shortest of account, accounts above and trunks ends the call")
    void shouldTakeTheShortestDuration() {
        assertThat(durationOf("", "", "")).isEqualTo(Decision.UNLIMITED);
        assertThat(durationOf("\"max_call_sec\":300,", "", "")).isEqualTo(300);
        assertThat(durationOf("\"max_call_sec\":300,", "\"max_call_sec\":200,", ""))
                .isEqualTo(200);
        assertThat(durationOf("\"max_call_sec\":300,", "\"max_call_sec\":200,", "\"max_call_sec\":100,"))
                .isEqualTo(100);
    }

    private static int durationOf(final String account, final String ingress, final String egress) {
        final StageFixture call = new StageFixture(ACME.replace("\"name\"", account + "\"name\"")
                + CARRIER.replace("\"name\"", ingress + "\"name\"")
                + PBX.replace("\"name\"", egress + "\"name\"")
                + number(""));
        assertThat(call.decide()).isTrue();
        return call.decision.maxCallSec();
    }

    @Test
    void shouldCountRulesButNotInDryRuns() {
        final StageFixture call = new StageFixture(BASE + number(""));
        call.decide();
        call.request.dryRun = true;
        call.decideAnother();
        assertThat(call.stages.counts().count(Rule.NUMBER_FOUND)).isEqualTo(1);
        assertThat(call.ledger.count(Dimension.NUMBER, call.decision.numberHigh(), call.decision.numberLow()))
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseEverythingWithoutConfiguration() {
        final RoutingStages bare = new RoutingStages(new AdmissionLedger(64), new CallWindows(2, 2), StageClock.NONE);
        final StageFixture call = new StageFixture(BASE + number(""));
        assertThat(bare.decide(call.request, call.decision, call.callHolds)).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.SOURCE_UNKNOWN);
    }

    private static void assertRefused(final StageFixture call, final Rule rule, final int status) {
        final int used = call.ledger.usedCounters();
        assertThat(call.decideAnother()).isFalse();
        assertThat(call.decision.accepted()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(rule);
        assertThat(call.decision.status()).isEqualTo(status);
        assertThat(call.decision.stage()).isEqualTo(rule.stage());
        assertThat(call.ledger.usedCounters()).isEqualTo(used);
    }

    private static InMemoryConfiguration withStatus(final NumberStatus status) {
        final StageFixture call = new StageFixture(BASE + number(""));
        final NumberRow row = new NumberRow();
        call.stages.configuration().number(12025550123L, row);
        row.status = (byte) status.code();
        final InMemoryConfiguration.Builder builder = InMemoryConfiguration.builder("status", 8);
        copy(call, builder, ResourceKind.ACCOUNTS, ResourceKind.TRUNKS);
        return builder.number(row, new byte[0]).build();
    }

    private static void copy(
            final StageFixture call, final InMemoryConfiguration.Builder builder, final ResourceKind... kinds) {
        for (final ResourceKind kind : kinds) {
            call.stages.configuration().forEach(kind, (high, low, json) -> builder.resource(kind, high, low, json));
        }
    }
}
