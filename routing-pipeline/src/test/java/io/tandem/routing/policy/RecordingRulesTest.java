package io.tandem.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.Reading;
import io.tandem.routing.model.RecordingDirection;
import io.tandem.routing.model.RecordingMode;
import io.tandem.routing.model.RecordingRule;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordingRulesTest {
    private static final ResourceId ALICE = Reading.id(ResourceKind.USERS, "alice");
    private static final ResourceId DID = Reading.id(ResourceKind.NUMBERS, "12025550123");

    private final PolicySubject subject = new PolicySubject()
            .of(Chain.of(Reading.ACME, Reading.OTHER))
            .user(ALICE.high(), ALICE.low())
            .did(DID.high(), DID.low());

    @Test
    @DisplayName("R-162 a rule records calls of its direction, off, on or on demand, in stereo or not")
    void shouldGoByDirection() {
        final RecordingRule in = rule("'direction':'in','mode':'on','stereo':1");
        final RecordingRule any = rule("'mode':'on_demand'");
        assertThat(decide(RecordingDirection.IN, in, any))
                .isEqualTo(new Recording(RecordingMode.ON, true, in.id()));
        assertThat(decide(RecordingDirection.OUT, in, any))
                .isEqualTo(new Recording(RecordingMode.ON_DEMAND, false, any.id()));
        assertThat(decide(RecordingDirection.ANY, in)).as("internal").isEqualTo(Recording.NO_RULE);
        final RecordingRule off = rule("'direction':'out','mode':'off'");
        assertThat(decide(RecordingDirection.OUT, off, any).mode()).isEqualTo(RecordingMode.OFF);
    }

    @Test
    void shouldLetTheMostSpecificScopeDecide() {
        final RecordingRule reseller =
                Reading.ofOther(ResourceKind.RECORDING_RULES, "'mode':'on','stereo':1").resource();
        final RecordingRule account = rule("'mode':'on'");
        final RecordingRule did = rule("'scope_kind':'did','scope_id':'name:12025550123','mode':'on_demand'");
        final RecordingRule user = rule("'scope_kind':'user','scope_id':'name:alice','mode':'off'");
        assertThat(decide(RecordingDirection.IN, reseller).rule()).isEqualTo(reseller.id());
        assertThat(decide(RecordingDirection.IN, reseller, account).rule()).isEqualTo(account.id());
        assertThat(decide(RecordingDirection.IN, reseller, account, did).rule()).isEqualTo(did.id());
        assertThat(decide(RecordingDirection.IN, reseller, account, did, user).rule())
                .isEqualTo(user.id());

        final TracedRules trace = new TracedRules();
        RecordingRules.of(List.of(reseller, account, did, user))
                .decide(subject, RecordingDirection.IN, ResourceId.NIL, trace);
        assertThat(trace.of(user)).isEqualTo(Finding.DECIDES);
        assertThat(trace.of(account)).isEqualTo(Finding.COMES_LATER);
        assertThat(trace.count()).isEqualTo(4);
    }

    @Test
    @DisplayName("R-166 a do-not-record list turns recording off, whatever the rules say")
    void shouldBeTurnedOffByAList() {
        final RecordingRule on = rule("'mode':'on','stereo':1");
        final ResourceId list = Reading.id(ResourceKind.PHONE_LISTS, "private");
        assertThat(RecordingRules.of(List.of(on)).decide(subject, RecordingDirection.IN, list, RuleTrace.NONE))
                .isEqualTo(new Recording(RecordingMode.OFF, false, list));
        assertThat(RecordingRules.of(List.of()).decide(subject, RecordingDirection.IN, list, RuleTrace.NONE))
                .isEqualTo(Recording.NO_RULE);
    }

    private Recording decide(final RecordingDirection direction, final RecordingRule... rules) {
        return RecordingRules.of(List.of(rules)).decide(subject, direction, ResourceId.NIL, RuleTrace.NONE);
    }

    private static RecordingRule rule(final String fields) {
        return Reading.of(ResourceKind.RECORDING_RULES, fields).resource();
    }
}
