package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransformStageTest {
    @Test
    @DisplayName("R-149 inbound_dst of trunk, then account, before the look-up")
    void shouldRewriteTheCalledNumberBeforeTheLookUp() {
        final StageFixture call = new StageFixture(BASE
                + number("")
                + transform("account", "", "inbound_dst", "^9(.*)$", "1$1")
                + transform("trunk", "name:carrier", "inbound_dst", "^7(.*)$", "9$1"));

        assertThat(call.from(CARRIER_ADDRESS, "1", "72025550123").decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString("12025550123");
        assertThat(call.decision.calledChanged()).isTrue();
        assertThat(call.decision.callerChanged()).isFalse();
        assertThat(call.stages.counts().count(Rule.CALLED_REWRITTEN)).isEqualTo(1);
    }

    @Test
    @DisplayName("R-152 a rule that stops ends its direction for the scopes behind it too")
    void shouldStopAcrossScopes() {
        final StageFixture call = new StageFixture(BASE
                + number("")
                + transform("trunk", "name:carrier", "inbound_dst", "^7(.*)$", "1$1")
                        .replace("\"direction\"", "\"stop_on_match\":1,\"direction\"")
                + transform("account", "", "inbound_dst", "^1", "9")
                + transform("did", "name:+12025550123", "inbound_dst", "^1", "8"));

        assertThat(call.from(CARRIER_ADDRESS, "1", "72025550123").decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString("12025550123");
    }

    @Test
    @DisplayName("D1 the number's own inbound_dst runs after the look-up and changes what is sent, not what was found")
    void shouldRewriteTheCalledNumberForItsOwner() {
        final StageFixture call = new StageFixture(
                BASE + number("") + transform("did", "name:12025550123", "inbound_dst", "^1202555(.*)$", "$1"));

        assertThat(call.decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString("0123");
    }

    @Test
    @DisplayName("N-074 N-075 the caller is normalised, then rewritten by trunk, number and account in this order")
    void shouldRewriteTheCaller() {
        final StageFixture call = new StageFixture(BASE
                + number("")
                + transform("account", "", "inbound_cid", "$", "c")
                + transform("did", "name:12025550123", "inbound_cid", "$", "b")
                + transform("trunk", "name:carrier", "inbound_cid", "$", "a"));

        assertThat(call.from(CARRIER_ADDRESS, "+1 (202) 555-0100", "12025550123")
                        .decide())
                .isTrue();
        assertThat(call.decision.callerOut).hasToString("12025550100abc");
        assertThat(call.decision.callerChanged()).isTrue();
    }

    @Test
    void shouldLeaveACallerAloneThatIsNoNumber() {
        final StageFixture call = new StageFixture(BASE + number(""));
        assertThat(call.from(CARRIER_ADDRESS, "alice", "12025550123").decide()).isTrue();
        assertThat(call.decision.callerOut).hasToString("alice");
        assertThat(call.decision.callerChanged()).isFalse();
    }

    @Test
    @DisplayName("N-083 N-084 outbound numbers are rewritten by number, trunk and account in this order")
    void shouldRewriteBothNumbersOnTheirWayOut() {
        final StageFixture call = new StageFixture(BASE
                + number("")
                + transform("account", "", "outbound_dst", "$", "c")
                + transform("trunk", "name:pbx", "outbound_dst", "$", "b")
                + transform("did", "name:12025550123", "outbound_dst", "^", "+")
                + transform("trunk", "name:pbx", "outbound_cid", "^1", "+1")
                + transform("trunk", "name:carrier", "outbound_cid", "^", "not mine".replace(" ", "-")));

        assertThat(call.decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString("+12025550123bc");
        assertThat(call.decision.callerOut).hasToString("+12025550100");
        assertThat(call.decision.rule()).isEqualTo(Rule.OUTBOUND_REWRITTEN);
    }

    @Test
    @DisplayName(
            "R-148 a rule belongs to a scope of its kind: a number with the identifier of a trunk has none of its rules")
    void shouldTellScopesOfDifferentKindsApart() {
        final String ulid = "01j35sg7ss05vztd33pbd18f1h";
        final StageFixture call = new StageFixture(BASE
                + number("\"id\":\"did_" + ulid + "\"")
                + """
                {"resource":"trunks","id":"tr_%s","account_id":"name:acme","name":"other","direction":"inbound",\
                "acl":["198.51.100.0/24"]}
                """.replace("%s", ulid)
                + transform("trunk", "name:other", "inbound_dst", "^", "7"));

        assertThat(call.decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString("12025550123");
    }

    private static String transform(
            final String scope,
            final String scopeId,
            final String direction,
            final String regex,
            final String replacement) {
        return """
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"%s",%i"direction":"%d",\
                "match_regex":"%m","replacement":"%r"}
                """.replace("%s", scope)
                .replace("%i", scopeId.isEmpty() ? "" : "\"scope_id\":\"" + scopeId + "\",")
                .replace("%d", direction)
                .replace("%m", regex)
                .replace("%r", replacement);
    }
}
