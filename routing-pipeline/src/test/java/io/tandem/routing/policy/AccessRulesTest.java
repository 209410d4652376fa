package io.tandem.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.address.IpLiteral;
import io.tandem.routing.model.AclRule;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.Country;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    private final PolicySubject subject = new PolicySubject().of(Chain.of(Reading.ACME, Reading.OTHER));

    @ParameterizedTest
    @DisplayName("R-161 rules allow and deny addresses and countries; deny beats allow, and any allow denies the rest")
    @CsvSource(
            delimiter = '|',
            value = {
                "|192.0.2.1|DE|true",
                "ip_deny 192.0.2.0/24|192.0.2.1|DE|false",
                "ip_deny 192.0.2.0/24|192.0.3.1|DE|true",
                "ip_allow 192.0.2.0/24|192.0.2.1|DE|true",
                "ip_allow 192.0.2.0/24|192.0.3.1|DE|false",
                "ip_allow 192.0.2.0/24,ip_deny 192.0.2.7|192.0.2.7|DE|false",
                "ip_deny 192.0.0.0/16,ip_allow 192.0.2.7|192.0.2.7|DE|false",
                "geo_deny DE|192.0.2.1|DE|false",
                "geo_deny DE|192.0.2.1|FR|true",
                "geo_deny DE|192.0.2.1||true",
                "geo_allow DE|192.0.2.1|DE|true",
                "geo_allow DE|192.0.2.1|FR|false",
                "geo_allow DE|192.0.2.1||false",
                "geo_allow DE,ip_deny 192.0.2.0/24|192.0.2.1|DE|false",
                "geo_allow DE,ip_allow 192.0.2.0/24|192.0.2.1|FR|true",
                "geo_allow DE,ip_allow 192.0.2.0/24|192.0.3.1|FR|false",
                "ip_allow 192.0.2.0/24,geo_deny DE|192.0.2.1|DE|false",
                "ip_allow 2001:db8::/32|2001:db8::7|JP|true",
                "ip_allow ::/0|192.0.2.1|DE|false",
                "ip_allow 0.0.0.0/0|192.0.2.1|DE|true"
            })
    void shouldDecide(final String rules, final String address, final String country, final boolean allowed) {
        final List<AclRule> all = new ArrayList<>();
        if (rules != null) {
            for (final String rule : rules.split(",", -1)) {
                final String[] words = rule.split(" ", -1);
                all.add(rule(words[0], words[1]));
            }
        }
        assertThat(decide(all, address, country == null ? "" : country, RuleTrace.NONE).allowed())
                .isEqualTo(allowed);
    }

    @Test
    void shouldAskEveryScopeByItself() {
        final AclRule own = rule("ip_allow", "192.0.2.0/24");
        final AclRule reseller = Reading.ofOther(
                        ResourceKind.ACL_RULES, "'rule_type':'geo_deny','value':'fr'")
                .resource();
        assertThat(decide(List.of(own, reseller), "192.0.2.1", "DE", RuleTrace.NONE))
                .isEqualTo(new AccessVerdict(true, own.id()));
        assertThat(decide(List.of(own, reseller), "192.0.2.1", "FR", RuleTrace.NONE))
                .isEqualTo(new AccessVerdict(false, reseller.id()));
        assertThat(decide(List.of(own, reseller), "198.51.100.1", "DE", RuleTrace.NONE))
                .isEqualTo(AccessVerdict.DENIED_BY_DEFAULT);
    }

    @Test
    void shouldSayWhatBecameOfEachRule() {
        final AclRule wide = rule("ip_allow", "192.0.2.0/24");
        final AclRule one = rule("ip_deny", "192.0.2.7");
        final AclRule elsewhere = rule("ip_allow", "198.51.100.0/24");
        final AclRule abroad = rule("geo_deny", "FR");
        final TracedRules trace = new TracedRules();
        assertThat(decide(List.of(wide, one, elsewhere, abroad), "192.0.2.7", "DE", trace).rule())
                .isEqualTo(one.id());
        assertThat(trace.of(one)).isEqualTo(Finding.DECIDES);
        assertThat(trace.of(wide)).isEqualTo(Finding.COMES_LATER);
        assertThat(trace.of(elsewhere)).isEqualTo(Finding.OTHER_ADDRESS);
        assertThat(trace.of(abroad)).isEqualTo(Finding.OTHER_COUNTRY);
    }

    @Test
    void shouldSayWhetherCountriesAreNeeded() {
        assertThat(AccessRules.of(List.of()).needsCountry()).isFalse();
        assertThat(AccessRules.of(List.of(rule("ip_deny", "192.0.2.7"))).needsCountry())
                .isFalse();
        assertThat(AccessRules.of(List.of(rule("geo_deny", "DE"))).needsCountry()).isTrue();
        assertThat(rule("geo_deny", "de").value()).isEqualTo("DE");
        assertThat(rule("geo_deny", "DE").id()).isNotEqualTo(ResourceId.NIL);
    }

    private AccessVerdict decide(
            final List<AclRule> rules, final String address, final String country, final RuleTrace trace) {
        final IpLiteral literal = IpLiteral.parse(address);
        return AccessRules.of(rules).decide(subject, literal.high(), literal.low(), Country.parse(country), trace);
    }

    private static AclRule rule(final String type, final String value) {
        return Reading.of(ResourceKind.ACL_RULES, "'rule_type':'" + type + "','value':'" + value + "'").resource();
    }
}
