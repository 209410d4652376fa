package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.policy.Finding;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits on calls in a period, asked together with the ceilings. */
class CallLimitStageTest {
    private static String limit(final String more) {
        return "{\"resource\":\"policies/call-limits\",\"account_id\":\"name:acme\",\"period_sec\":60," + more + "}\n";
    }

    private static StageFixture call(final String... limits) {
        return new StageFixture(BASE + number("") + String.join("", limits));
    }

    private static boolean after(final StageFixture call, final int seconds) {
        call.request.nowNs = TimeUnit.SECONDS.toNanos(seconds);
        return call.decideAnother();
    }

    @Test
    @DisplayName(
            "R-157 R-158 D2 a hard limit refuses the call too many, 480 with cause 34 and no Retry-After, until the period is over")
    void shouldRefuseTheCallTooMany() {
        final StageFixture call = call(limit("\"max_count\":2"));

        assertThat(after(call, 100)).isTrue();
        assertThat(after(call, 110)).isTrue();
        final int used = call.ledger.usedCounters();
        assertThat(after(call, 159)).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.CALL_LIMIT);
        assertThat(call.decision.status()).isEqualTo(480);
        assertThat(call.decision.q850()).isEqualTo(34);
        assertThat(call.decision.rule().retryAfter()).isFalse();
        assertThat(call.reason()).isEqualTo("call limit 2 in its period reached");
        assertThat(call.ledger.usedCounters()).as("nothing is held").isEqualTo(used);
        assertThat(after(call, 160)).as("the first has left the period").isTrue();
        assertThat(after(call, 161)).isFalse();
    }

    @Test
    @DisplayName("R-158 a soft limit lets the call pass, by a rule of its own that is counted")
    void shouldFlagWhatASoftLimitWarnsOf() {
        final StageFixture call = call(limit("\"max_count\":1,\"hard\":0"));

        assertThat(after(call, 1)).isTrue();
        assertThat(call.decision.limitsExceeded()).isZero();
        assertThat(after(call, 2)).isTrue();
        assertThat(call.decision.limitsExceeded()).isEqualTo(1);
        assertThat(call.stages.counts().count(Rule.ADMITTED_OVER_LIMIT)).isEqualTo(1);
        assertThat(call.stages.counts().count(Rule.CALL_ADMITTED)).isEqualTo(1);
    }

    @Test
    @DisplayName("R-159 limits stack: burst and sustained, account and number, all have to be passed")
    void shouldStack() {
        final StageFixture call = call(
                limit("\"max_count\":3"),
                limit("\"max_count\":1").replace("60", "1"),
                limit("\"max_count\":2,\"scope_kind\":\"did\",\"scope_id\":\"name:12025550123\"")
                        .replace("60", "3600"));

        assertThat(after(call, 1)).isTrue();
        assertThat(after(call, 1)).as("burst").isFalse();
        assertThat(after(call, 2)).isTrue();
        assertThat(after(call, 70)).as("number").isFalse();
        assertThat(call.decision.limit()).isEqualTo(2);
    }

    @Test
    @DisplayName("N-072 a ceiling and a limit: neither takes anything when the other refuses")
    void shouldTakeAllOrNothing() {
        final StageFixture call = new StageFixture(BASE + number("\"max_channels\":1") + limit("\"max_count\":2"));
        call.request.nowNs = 1;

        assertThat(call.decide()).isTrue();
        assertThat(call.decideAnother()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_CEILING);
        call.stages.release(call.callHolds);
        assertThat(call.decide()).as("the refused one was not counted").isTrue();
        call.stages.release(call.callHolds);
        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.CALL_LIMIT);
        assertThat(call.callHolds.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("R-157 what a later stage refuses is taken back: it is no admission")
    void shouldTakeBackWhatALaterStageRefuses() {
        final StageFixture call = new StageFixture(BASE
                + number("").replace("\"trunk\",\"dest_id\":\"name:pbx\"", "\"hangup\"")
                + number("").replace("12025550123", "12025550124")
                + limit("\"max_count\":1"));

        assertThat(after(call, 1)).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.TARGET_HANGUP);
        assertThat(call.windows.usedMoments()).isZero();
        call.from(CARRIER_ADDRESS, "12025550100", "12025550124");
        assertThat(after(call, 2)).isTrue();
        call.from(CARRIER_ADDRESS, "12025550100", "1202555999");
        assertThat(after(call, 3)).as("refused before any limit").isFalse();
        call.from(CARRIER_ADDRESS, "12025550100", "12025550124");
        assertThat(after(call, 4)).as("and takes nothing back").isFalse();
    }

    @Test
    @DisplayName("R-156 limits for calls that go out leave those that come in alone, and internal ones too")
    void shouldCountByDirection() {
        final StageFixture call = call(limit("\"max_count\":0,\"direction\":\"out\""));

        assertThat(after(call, 1)).isTrue();
        call.from(PBX_ADDRESS, "12025550100", "12025550123");
        assertThat(after(call, 2)).isTrue();
        assertThat(call.decision.direction()).isEqualTo(CallDirection.INTERNAL);
    }

    @Test
    @DisplayName("R-156 an internal call counts once for a limit on any direction")
    void shouldCountAnInternalCallOnce() {
        final StageFixture call = call(limit("\"max_count\":2"));
        call.from(PBX_ADDRESS, "12025550100", "12025550123");

        assertThat(after(call, 1)).isTrue();
        assertThat(call.windows.usedMoments()).isEqualTo(1);
    }

    @Test
    @DisplayName("R-155 a limit on remote numbers counts each caller by itself")
    void shouldCountRemoteNumbers() {
        final StageFixture call = call(limit("\"max_count\":1,\"scope_kind\":\"number\",\"direction\":\"in\""));

        assertThat(after(call, 1)).isTrue();
        assertThat(after(call, 2)).isFalse();
        call.from(CARRIER_ADDRESS, "12025550101", "12025550123");
        assertThat(after(call, 3)).isTrue();
    }

    @Test
    void shouldExplainWithoutCountingAndNameEveryLimit() {
        final StageFixture call = call(
                limit("\"max_count\":1"),
                limit("\"max_count\":9").replace("60", "61"),
                limit("\"max_count\":1,\"hard\":0").replace("60", "62"),
                limit("\"max_count\":1,\"direction\":\"out\"").replace("60", "63"));

        for (int i = 0; i < 3; i++) {
            assertThat(call.stages.explain(call.request).accepted()).isTrue();
        }
        assertThat(call.windows.usedMoments()).isZero();
        assertThat(call.decide()).isTrue();
        final Explanation explanation = call.stages.explain(call.request);
        assertThat(explanation.status()).isEqualTo(480);
        assertThat(explanation.considered())
                .filteredOn(rule -> rule.kind() == ResourceKind.CALL_LIMITS)
                .allMatch(rule -> rule.stage() == Stage.ADMIT_CALL)
                .extracting(Explanation.Considered::finding)
                .containsExactlyInAnyOrder(
                        Finding.DECIDES.text(),
                        Finding.PASSES.text(),
                        Finding.WARNS.text(),
                        Finding.OTHER_DIRECTION.text());
    }

    @Test
    void shouldAskNoLimitForAMessage() {
        final StageFixture call = call(limit("\"max_count\":0"));
        call.request.holdsNothing = true;

        assertThat(call.decide()).isTrue();
        assertThat(call.windows.usedMoments()).isZero();
    }
}
