package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.CallLimit;
import io.tandem.routing.model.LimitDirection;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.E164;
import io.tandem.routing.policy.Chain;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.PolicySubject;
import io.tandem.routing.policy.RuleTrace;
import io.tandem.routing.policy.TracedRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLimitsTest {
    private static final ResourceId ALICE = Reading.id(ResourceKind.USERS, "alice");
    private static final ResourceId DID = Reading.id(ResourceKind.NUMBERS, "12025550123");
    private static final long REMOTE = 4930123456L;

    private final CallWindows windows = new CallWindows(64, 1_024);
    private final RateRules rules = new RateRules();
    private final PolicySubject subject = new PolicySubject().of(Chain.of(Reading.ACME, Reading.OTHER));

    @Test
    @DisplayName("R-155 limits of the account, those above it, the number, the user and the remote number")
    void shouldMeetEveryScope() {
        final CallLimit account = limit("");
        final CallLimit reseller =
                Reading.ofOther(ResourceKind.CALL_LIMITS, "'period_sec':60,'max_count':1").resource();
        final CallLimit did = limit("'scope_kind':'did','scope_id':'name:12025550123',");
        final CallLimit user = limit("'scope_kind':'user','scope_id':'name:alice',");
        final CallLimit number = limit("'scope_kind':'number',");
        final List<CallLimit> all = List.of(number, user, did, reseller, account);
        assertThat(met(all, LimitDirection.IN, REMOTE)).containsExactly(account.id(), reseller.id(), number.id());
        subject.user(ALICE.high(), ALICE.low()).did(DID.high(), DID.low());
        assertThat(met(all, LimitDirection.IN, REMOTE))
                .containsExactly(account.id(), reseller.id(), did.id(), user.id(), number.id());
        subject.of(Chain.of(Reading.OTHER));
        assertThat(met(all, LimitDirection.IN, REMOTE)).containsExactly(reseller.id());
    }

    @ParameterizedTest
    @DisplayName("R-156 a limit counts calls of its direction")
    @CsvSource({
        "in, IN, true", "in, OUT, false", "in, DIALER, false", "in, ANY, false", "out, OUT, true", "out, IN, false",
        "dialer, DIALER, true", "dialer, OUT, false", "any, IN, true", "any, OUT, true", "any, DIALER, true",
        "any, ANY, true"
    })
    void shouldGoByDirection(final String limited, final LimitDirection call, final boolean met) {
        final CallLimit limit = limit("'direction':'" + limited + "',");
        assertThat(met(List.of(limit), call, REMOTE)).hasSize(met ? 1 : 0);
        final TracedRules trace = new TracedRules();
        CallLimits.of(List.of(limit)).addTo(rules, subject, call, REMOTE, trace);
        assertThat(trace.of(limit)).isEqualTo(met ? null : Finding.OTHER_DIRECTION);
    }

    @Test
    @DisplayName("R-155 a limit on remote numbers counts each by itself, or those with a prefix together")
    void shouldCountRemoteNumbers() {
        final CallLimit each = limit("'scope_kind':'number',");
        assertThat(call(each, REMOTE)).isTrue();
        assertThat(call(each, REMOTE)).isFalse();
        assertThat(call(each, REMOTE + 1)).isTrue();
        assertThat(call(each, E164.NONE)).as("without number").isTrue();
        assertThat(call(each, E164.NONE)).isFalse();

        final CallLimit germans = limit("'scope_kind':'number','scope_id':'+49',");
        assertThat(call(germans, REMOTE + 2)).isTrue();
        assertThat(call(germans, REMOTE + 3)).isFalse();
        assertThat(call(germans, 12025550123L)).isTrue();
        assertThat(call(germans, 12025550123L)).isTrue();
    }

    @Test
    void shouldNotCountARuleTwice() {
        final CallLimit account = limit("");
        rules.clear();
        CallLimits.of(List.of(account)).addTo(rules, subject, LimitDirection.ANY, REMOTE, RuleTrace.NONE);
        CallLimits.of(List.of(account)).addTo(rules, subject, LimitDirection.ANY, REMOTE, RuleTrace.NONE);
        assertThat(rules.count()).isEqualTo(1);
    }

    private boolean call(final CallLimit limit, final long remote) {
        rules.clear();
        CallLimits.of(List.of(limit)).addTo(rules, subject, LimitDirection.IN, remote, RuleTrace.NONE);
        final boolean passed = windows.evaluate(rules, 5) == CallWindows.PASSED;
        if (passed) {
            windows.record(rules, 5);
        }
        return passed;
    }

    private List<ResourceId> met(final List<CallLimit> limits, final LimitDirection direction, final long remote) {
        rules.clear();
        CallLimits.of(limits).addTo(rules, subject, direction, remote, RuleTrace.NONE);
        final List<ResourceId> met = new ArrayList<>();
        for (int i = 0; i < rules.count(); i++) {
            met.add(new ResourceId(rules.ruleHigh(i), rules.ruleLow(i)));
        }
        return met;
    }

    private static CallLimit limit(final String fields) {
        return Reading.of(ResourceKind.CALL_LIMITS, fields + "'period_sec':60,'max_count':1").resource();
    }
}
