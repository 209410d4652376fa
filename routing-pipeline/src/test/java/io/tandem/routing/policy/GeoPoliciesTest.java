package io.tandem.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.GeoPolicy;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.Country;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoPoliciesTest {
    private final PolicySubject subject = new PolicySubject().of(Chain.of(Reading.ACME, Reading.OTHER));

    @ParameterizedTest
    @DisplayName("R-168 an allowlist lets calls to its countries pass, a denylist those to all others")
    @CsvSource({
        "allowlist, DE, true", "allowlist, FR, true", "allowlist, US, false", "allowlist, '', false",
        "denylist, DE, false", "denylist, FR, false", "denylist, US, true", "denylist, '', true"
    })
    void shouldGoByTheList(final String mode, final String country, final boolean passes) {
        final GeoPolicy policy = policy("'mode':'" + mode + "','countries':['FR','DE']");
        assertThat(forbidding(country, policy)).isEqualTo(passes ? ResourceId.NIL : policy.id());
    }

    @Test
    void shouldLetNothingOutByAnEmptyAllowlistAndEverythingWithoutPolicies() {
        final GeoPolicy policy = policy("'mode':'allowlist'");
        assertThat(forbidding("DE", policy)).isEqualTo(policy.id());
        assertThat(forbidding("DE")).isEqualTo(ResourceId.NIL);
    }

    @Test
    void shouldAskEveryScopeThatTheCallMeets() {
        final GeoPolicy account = policy("'mode':'allowlist','countries':['DE','FR']");
        final GeoPolicy reseller =
                Reading.ofOther(ResourceKind.GEO_POLICIES, "'mode':'denylist','countries':['FR']").resource();
        final ResourceId alice = Reading.id(ResourceKind.USERS, "alice");
        final GeoPolicy user =
                policy("'scope_kind':'user','scope_id':'name:alice','mode':'denylist','countries':['DE']");
        assertThat(forbidding("DE", account, reseller, user)).isEqualTo(ResourceId.NIL);
        assertThat(forbidding("FR", account, reseller, user)).as("a reseller binds").isEqualTo(reseller.id());
        subject.user(alice.high(), alice.low());
        assertThat(forbidding("DE", account, reseller, user)).isEqualTo(user.id());

        final TracedRules trace = new TracedRules();
        final GeoPolicies policies = GeoPolicies.of(List.of(account, reseller, user));
        policies.forbids(subject, Country.parse("US"), trace);
        assertThat(trace.of(user)).isEqualTo(Finding.PASSES);
        assertThat(trace.of(account)).isEqualTo(Finding.DECIDES);
        assertThat(trace.of(reseller)).isEqualTo(Finding.PASSES);
    }

    private ResourceId forbidding(final String country, final GeoPolicy... policies) {
        return GeoPolicies.of(List.of(policies)).forbids(subject, Country.parse(country), RuleTrace.NONE);
    }

    private static GeoPolicy policy(final String fields) {
        return Reading.of(ResourceKind.GEO_POLICIES, fields).resource();
    }
}
