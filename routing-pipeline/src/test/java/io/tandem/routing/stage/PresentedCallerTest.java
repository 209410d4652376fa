package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.policy.Finding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a call that leaves shows. */
class PresentedCallerTest {
    private static final String ACCOUNTS =
            """
            {"resource":"accounts","name":"reseller"%reseller%}
            {"resource":"accounts","name":"acme","parent_id":"name:reseller","country":"US"%acme%}
            {"resource":"accounts","name":"other"}
            """ + StageFixture.CARRIER + StageFixture.PBX.replace("\"role\"", "%pbx%\"role\"") + """
            {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound",%out%"provider":"carrier","proxy":"127.0.0.8"}
            """
                    + owned("acme", "12025550123") + owned("acme", "12025550124") + owned("acme", "12025550125")
                    + owned("acme", "12025550126") + owned("reseller", "493012345") + owned("other", "33144556677");
    private static final String CALLED = "442071838750";
    private static final String SECOND_WAY = """
            {"resource":"trunks","account_id":"name:acme","name":"second","direction":"outbound","proxy":"127.0.0.7"%s}
            {"resource":"outbound-routes","account_id":"name:acme","name":"one","match_prefix":"44","via":"trunk","trunk_id":"name:out","priority":1}
            {"resource":"outbound-routes","account_id":"name:acme","name":"two","match_prefix":"44","via":"trunk","trunk_id":"name:second","priority":2}
            """;

    private static String owned(final String account, final String number) {
        return "{\"resource\":\"numbers\",\"account_id\":\"name:" + account + "\",\"e164\":\"" + number
                + "\",\"dest_kind\":\"hangup\"}\n";
    }

    private static String rule(final String more) {
        return "{\"resource\":\"policies/caller-id-rules\",\"account_id\":\"name:acme\"," + more + "}\n";
    }

    /** Numbers of the reseller, acme, its exchange's trunk, and the trunk that takes the call; empty for none. */
    private static StageFixture call(
            final String reseller, final String acme, final String pbx, final String out, final String more) {
        return new StageFixture(ACCOUNTS.replace("%reseller%", field(",", "default_cid_number", reseller, ""))
                        .replace("%acme%", field(",", "default_cid_number", acme, ""))
                        .replace("%pbx%", field("", "cid_number", pbx, ","))
                        .replace("%out%", field("", "cid_number", out, ","))
                + more);
    }

    private static String field(final String before, final String name, final String value, final String after) {
        return value.isEmpty() ? "" : before + "\"" + name + "\":\"" + value + "\"" + after;
    }

    private static String shown(final StageFixture call, final String caller) {
        call.from(PBX_ADDRESS, caller, CALLED);
        assertThat(call.decideAnother()).as(call.reason()).isTrue();
        return call.decision.callerOut.toString();
    }

    @Test
    @DisplayName(
            "U-035 U-037 an exchange shows its number if its account owns it, else the next source takes its place")
    void shouldShowOnlyWhatTheAccountOwns() {
        final StageFixture call = call("", "12025550124", "", "", "");

        assertThat(shown(call, "12025550123")).isEqualTo("12025550123");
        assertThat(call.decision.callerChanged()).isFalse();
        for (final String foreign : new String[] {"33144556677", "18005550000", "alice", ""}) {
            assertThat(shown(call, foreign)).as(foreign).isEqualTo("12025550124");
            assertThat(call.decision.callerChanged()).isTrue();
        }
    }

    @Test
    @DisplayName("U-035 without any number that may be shown the call is refused with 403, and nothing is held")
    void shouldRefuseWithoutANumber() {
        final StageFixture call = call("", "33144556677", "18005550000", "", "");
        call.from(PBX_ADDRESS, "18005550001", CALLED);

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NO_CALLER_NUMBER);
        assertThat(call.decision.status()).isEqualTo(403);
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    @DisplayName("R-016 R-137 the trunk's cid_number comes before the account's default, that before the one above it")
    void shouldFollowThePrecedence() {
        assertThat(shown(call("493012345", "12025550124", "12025550125", "12025550126", ""), "1"))
                .isEqualTo("12025550125");
        assertThat(shown(call("493012345", "12025550124", "", "12025550126", ""), "1"))
                .isEqualTo("12025550126");
        assertThat(shown(call("493012345", "12025550124", "", "", ""), "1")).isEqualTo("12025550124");
        assertThat(shown(call("493012345", "", "", "", ""), "1")).isEqualTo("493012345");
        assertThat(shown(call("493012345", "33144556677", "", "", ""), "1"))
                .as("a default that is not owned is passed over")
                .isEqualTo("493012345");
    }

    @Test
    @DisplayName("R-137 each trunk that a call is offered to is shown what that trunk shows")
    void shouldShowEachTrunkItsOwnNumber() {
        final StageFixture call =
                call("", "12025550124", "", "12025550126", SECOND_WAY.formatted(",\"cid_number\":\"12025550125\""));
        assertThat(shown(call, "1")).isEqualTo("12025550126");
        assertThat(call.decision.candidateCount()).isEqualTo(2);
        assertThat(call.decision.callerName()).isEmpty();

        final CandidatesLeft left = new CandidatesLeft();
        left.keep(call.decision);
        final Decision next = new Decision();
        assertThat(call.stages.next(left, next)).isTrue();
        assertThat(next.target().name()).isEqualTo("second");
        assertThat(next.callerOut).hasToString("12025550125");
        assertThat(next.callerChanged()).isTrue();
    }

    @Test
    @DisplayName(
            "R-137 a trunk without a number of its own shows what comes after it, not the number of the trunk before")
    void shouldNotShowTheNumberOfTheTrunkBefore() {
        final StageFixture call = call("", "12025550124", "", "12025550126", SECOND_WAY.formatted(""));
        assertThat(shown(call, "1")).isEqualTo("12025550126");

        final CandidatesLeft left = new CandidatesLeft();
        left.keep(call.decision);
        final Decision next = new Decision();
        assertThat(call.stages.next(left, next)).isTrue();
        assertThat(next.callerOut).hasToString("12025550124");
    }

    @Test
    @DisplayName("U-035 a trunk that nothing may be shown to is passed over for one that has a number of the account")
    void shouldPassOverATrunkWithoutANumber() {
        final StageFixture call =
                call("", "", "", "33144556677", SECOND_WAY.formatted(",\"cid_number\":\"12025550125\""));
        assertThat(shown(call, "1")).isEqualTo("12025550125");
        assertThat(call.decision.target().name()).isEqualTo("second");
        assertThat(call.decision.candidateCount()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "R-160 a rule for the called country comes before what the exchange shows, with its name; unowned is passed over")
    void shouldApplyRules() {
        final StageFixture call = call(
                "",
                "",
                "",
                "",
                rule("\"match_country\":\"FR\",\"cid_number\":\"12025550126\"")
                        + rule("\"match_country\":\"GB\",\"cid_number\":\"33144556677\",\"priority\":1")
                        + rule(
                                "\"match_country\":\"GB\",\"cid_number\":\"12025550124\",\"cid_name\":\"Acme\",\"priority\":2"));

        assertThat(shown(call, "12025550123")).isEqualTo("12025550124");
        assertThat(call.decision.callerName()).isEqualTo("Acme");
        assertThat(call.stages.explain(call.request).considered())
                .filteredOn(rule -> rule.kind() == ResourceKind.CALLER_ID_RULES)
                .extracting(Explanation.Considered::finding)
                .containsExactlyInAnyOrder(
                        Finding.OTHER_COUNTRY.text(), Finding.NUMBER_NOT_OWNED.text(), Finding.DECIDES.text());
    }

    @Test
    @DisplayName("an exchange may show its number as it is written in its country")
    void shouldReadANationalCaller() {
        assertThat(shown(call("", "12025550124", "", "", ""), "(202) 555-0123")).isEqualTo("12025550123");
    }

    @Test
    @DisplayName("a caller that hides stays hidden, one that hides behind a number not its own does not")
    void shouldKeepAHiddenCaller() {
        final StageFixture call = call("", "12025550124", "", "", "");
        call.from(PBX_ADDRESS, "", CALLED);
        call.request.anonymous = true;
        assertThat(call.decideAnother()).isTrue();
        assertThat(call.decision.callerOut.isEmpty()).isTrue();
        assertThat(call.decision.callerChanged()).isFalse();

        call.from(PBX_ADDRESS, "18005550000", CALLED);
        call.request.anonymous = true;
        assertThat(call.decideAnother()).isTrue();
        assertThat(call.decision.callerOut).hasToString("12025550124");
    }

    @Test
    @DisplayName(
            "R-028 R-105 U-035 a custom number that the account does not own gives way to that of the user who forwards")
    void shouldShowTheUserThatForwards() {
        final String custom = """
                {"resource":"forwards","account_id":"name:acme","name":"mobile","number":"442071838750","cid_mode":"custom","cid_number":"%s"}
                {"resource":"users","account_id":"name:acme","username":"carol","out_cid_number":"12025550125","out_cid_name":"Carol",\
                "fwd_always_kind":"forward","fwd_always_id":"name:mobile"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550199","dest_kind":"user","dest_id":"name:carol"}
                """;
        final StageFixture unowned = call("", "12025550124", "", "12025550126", custom.formatted("33144556677"));
        assertThat(unowned.from(CARRIER_ADDRESS, "18005550000", "12025550199").decide())
                .as(unowned.reason())
                .isTrue();
        assertThat(unowned.decision.callerOut).hasToString("12025550125");
        assertThat(unowned.decision.callerName()).isEqualTo("Carol");

        final StageFixture owned = call("", "12025550124", "", "12025550126", custom.formatted("12025550123"));
        assertThat(owned.from(CARRIER_ADDRESS, "18005550000", "12025550199").decide())
                .isTrue();
        assertThat(owned.decision.callerOut).hasToString("12025550123");
        assertThat(owned.decision.callerName()).isEmpty();

        final StageFixture ruled = call(
                "",
                "12025550124",
                "",
                "",
                custom.formatted("33144556677")
                        + rule("\"scope_kind\":\"user\",\"scope_id\":\"name:carol\",\"cid_number\":\"12025550126\""));
        assertThat(ruled.from(CARRIER_ADDRESS, "18005550000", "12025550199").decide())
                .isTrue();
        assertThat(ruled.decision.callerOut).as("a rule of the user").hasToString("12025550126");
    }

    @Test
    @DisplayName(
            "R-105 passthrough shows a caller of the network as it came, and an exchange only with a number of its own")
    void shouldPassACallerOfTheNetworkThrough() {
        final StageFixture call = call("", "12025550124", "", "", """
                {"resource":"forwards","account_id":"name:acme","name":"mobile","number":"442071838750"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550199","dest_kind":"forward","dest_id":"name:mobile"}
                """);

        assertThat(call.from(CARRIER_ADDRESS, "18005550000", "12025550199").decideAnother())
                .isTrue();
        assertThat(call.decision.callerOut).hasToString("18005550000");
        assertThat(call.decision.callerChanged()).isFalse();
        assertThat(call.from(PBX_ADDRESS, "18005550000", "12025550199").decideAnother())
                .isTrue();
        assertThat(call.decision.callerOut).hasToString("12025550124");
        assertThat(call.from(PBX_ADDRESS, "12025550123", "12025550199").decideAnother())
                .isTrue();
        assertThat(call.decision.callerOut).hasToString("12025550123");
    }

    @Test
    @DisplayName("D5 what an exchange redirects keeps its caller if that came from the network")
    void shouldKeepTheCallerOfARedirectedCall() {
        final StageFixture call = call("", "12025550124", "", "", "");
        final var pbx = call.stages.trunkOfSource(0, PBX_ADDRESS);
        call.from(CARRIER_ADDRESS, "18005550000", CALLED);
        call.request.redirects = 1;
        call.request.ingressTrunkHigh = pbx.idHigh();
        call.request.ingressTrunkLow = pbx.idLow();

        assertThat(call.decideAnother()).as(call.reason()).isTrue();
        assertThat(call.decision.callerOut).hasToString("18005550000");
    }

    @Test
    @DisplayName(
            "R-148 N-083 N-084 outbound transforms run for the number, the route that was chosen, its trunk and its account")
    void shouldRunTheTransformsOfTheRoute() {
        final StringBuilder transforms = new StringBuilder();
        final String[][] scopes = {
            {"account", "name:acme", "d"},
            {"trunk", "name:out", "c"},
            {"route", "name:britain", "b"},
            {"route", "name:france", "x"},
            {"did", "name:12025550199", "a"}
        };
        for (final String[] scope : scopes) {
            for (final String direction : new String[] {"outbound_dst", "outbound_cid"}) {
                transforms.append(
                        """
                        {"resource":"number-transforms","account_id":"name:acme","scope_kind":"%s","scope_id":"%s","direction":"%s",\
                        "match_regex":"%s","replacement":"%s"}
                        """.formatted(scope[0], scope[1], direction, scope[2].equals("x") ? "^" : "$", scope[2]));
            }
        }
        final StageFixture call = call("", "", "", "", """
                {"resource":"outbound-routes","account_id":"name:acme","name":"britain","match_prefix":"44","via":"trunk","trunk_id":"name:out"}
                {"resource":"outbound-routes","account_id":"name:acme","name":"france","match_prefix":"33","via":"trunk","trunk_id":"name:out"}
                {"resource":"forwards","account_id":"name:acme","name":"mobile","number":"442071838750","cid_mode":"did"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550199","dest_kind":"forward","dest_id":"name:mobile"}
                """ + transforms);

        assertThat(shown(call, "12025550123")).isEqualTo("12025550123bcd");
        assertThat(call.decision.calledOut).hasToString("442071838750bcd");
        assertThat(call.from(CARRIER_ADDRESS, "18005550000", "12025550199").decideAnother())
                .as(call.reason())
                .isTrue();
        assertThat(call.decision.calledOut).hasToString("442071838750abcd");
        assertThat(call.decision.callerOut).hasToString("12025550199abcd");
    }
}
