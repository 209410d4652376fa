package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.RateRules;
import io.tandem.routing.model.LimitDirection;
import io.tandem.routing.model.RecordingDirection;
import io.tandem.routing.model.RecordingMode;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.Country;
import io.tandem.routing.policy.CallerId;
import io.tandem.routing.policy.PolicySubject;
import io.tandem.routing.policy.RuleTrace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a configuration file to what is decided. */
class PolicyPlansTest {
    private static final String ACCOUNTS =
            """
            {"resource":"accounts","name":"reseller","country":"DE","default_cid_number":"493012345"}
            {"resource":"accounts","name":"acme","parent_id":"name:reseller"}
            """;
    private static final String POLICIES =
            """
            {"resource":"policies/acl-rules","account_id":"name:acme","rule_type":"ip_allow","value":"192.0.2.0/24"}
            {"resource":"policies/geo-policies","account_id":"name:reseller","mode":"denylist","countries":["FR"]}
            {"resource":"policies/phone-lists","account_id":"name:acme","kind":"dnc_out","entries":["1900*"]}
            {"resource":"policies/caller-id-rules","account_id":"name:acme","cid_number":"12025550123"}
            {"resource":"policies/recording-rules","account_id":"name:acme","mode":"on"}
            {"resource":"policies/call-limits","account_id":"name:acme","period_sec":60,"max_count":1}
            """;

    private final InMemoryConfiguration configuration = InMemoryConfiguration.of("policies", 1, ACCOUNTS + POLICIES);
    private final ResourceId acme = ResourceId.derived(ResourceKind.ACCOUNTS, "acme");
    private final AccountPlan account = RoutingPlans.of(configuration).account(acme.high(), acme.low());
    private final PolicySubject subject = new PolicySubject().of(account);

    @Test
    void shouldCompileEveryKind() {
        final PolicyPlans plans = PolicyPlans.of(configuration);
        final int country = account.country();
        assertThat(Country.text(country)).as("that of the account above it").isEqualTo("DE");
        assertThat(account.callerNumber(0)).isZero();
        assertThat(account.callerNumber(1)).isEqualTo(493012345);
        assertThat(plans.access()
                        .decide(subject, 0, 0xffff_c633_6401L, country, RuleTrace.NONE)
                        .allowed())
                .isFalse();
        assertThat(plans.geo().forbids(subject, Country.parse("FR"), RuleTrace.NONE)).isNotEqualTo(ResourceId.NIL);
        assertThat(plans.phoneLists().forbidsCalling(subject, 19005550123L, RuleTrace.NONE))
                .isNotEqualTo(ResourceId.NIL);
        assertThat(plans.recording()
                        .decide(subject, RecordingDirection.IN, ResourceId.NIL, RuleTrace.NONE)
                        .mode())
                .isEqualTo(RecordingMode.ON);
        final CallerId callerId = new CallerId().clear();
        plans.callerIds().addTo(callerId, subject, country, RuleTrace.NONE);
        assertThat(callerId.choose((e164, chain) -> true, account, RuleTrace.NONE)).isTrue();
        final RateRules rules = new RateRules();
        plans.callLimits().addTo(rules, subject, LimitDirection.IN, 4930123456L, RuleTrace.NONE);
        assertThat(rules.count()).isEqualTo(1);
    }

    @Test
    void shouldCompileOnlyWhatWasEdited() {
        final PolicyPlans plans = PolicyPlans.of(configuration);
        final PolicyPlans next = plans.next(
                InMemoryConfiguration.of("none", 2, ACCOUNTS),
                List.of(new ResourceEdit(ResourceKind.GEO_POLICIES, new ResourceId(1, 1), null)));
        assertThat(next.access()).isSameAs(plans.access());
        assertThat(next.callLimits()).isSameAs(plans.callLimits());
        assertThat(next.geo().forbids(subject, Country.parse("FR"), RuleTrace.NONE)).isEqualTo(ResourceId.NIL);
    }

    @Test
    void shouldGoWithTheRevisionInUse() {
        final RoutingPlans plans = RoutingPlans.of(configuration);
        assertThat(plans.policies().geo().isEmpty()).isFalse();

        final RoutingPlans next = plans.next(
                InMemoryConfiguration.of("none", 2, ACCOUNTS),
                List.of(new ResourceEdit(ResourceKind.GEO_POLICIES, new ResourceId(1, 1), null)));

        assertThat(next.policies().geo().isEmpty()).isTrue();
        assertThat(next.policies().access()).isSameAs(plans.policies().access());
    }

    @Test
    void shouldSayWhetherAnybodyConfiguredAnything() {
        final PolicyPlans none = PolicyPlans.of(InMemoryConfiguration.of("none", 2, ACCOUNTS));
        final PolicyPlans all = PolicyPlans.of(configuration);
        assertThat(List.of(
                        none.access().isEmpty(),
                        none.geo().isEmpty(),
                        none.phoneLists().isEmpty(),
                        none.callerIds().isEmpty(),
                        none.recording().isEmpty(),
                        none.callLimits().isEmpty()))
                .containsOnly(true);
        assertThat(List.of(
                        all.access().isEmpty(),
                        all.geo().isEmpty(),
                        all.phoneLists().isEmpty(),
                        all.callerIds().isEmpty(),
                        all.recording().isEmpty(),
                        all.callLimits().isEmpty()))
                .containsOnly(false);
    }
}
