package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyFieldsTest {
    @Test
    @DisplayName("R-142..R-146 a route has match_prefix, match_country, via, trunk_id and priority")
    void shouldReadRoutes() {
        final Reading reading = Reading.of(
                ResourceKind.OUTBOUND_ROUTES,
                "'name':'de','match_prefix':'+49 (30)','match_country':'de','via':'trunk','trunk_id':'name:pbx','priority':7");
        assertThat(reading.json())
                .containsPattern("\"id\":\"route_[0-7][0-9a-hjkmnp-tv-z]{25}\"")
                .contains("\"match_prefix\":\"4930\"", "\"match_country\":\"DE\"", "\"via\":\"trunk\"")
                .containsPattern("\"trunk_id\":\"tr_[0-7][0-9a-hjkmnp-tv-z]{25}\"")
                .contains("\"priority\":7");
        final OutboundRoute route = reading.resource();
        assertThat(Beside.stored(ResourceKind.OUTBOUND_ROUTES, route.json())).isEqualTo(route);
        assertThat(route.names()).singleElement().satisfies(name -> assertThat(name.name()).isEqualTo("de"));

        final OutboundRoute carrier = Reading.of(ResourceKind.OUTBOUND_ROUTES, "'via':'carrier'").resource();
        assertThat(carrier.matchPrefix()).isEmpty();
        assertThat(carrier.matchCountry()).isEmpty();
        assertThat(carrier.priority()).isZero();
        assertThat(carrier.trunkId()).isEqualTo(ResourceId.NIL);
        assertThat(carrier.names()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("R-154 every policy belongs to an account, a user or a number by scope_kind and scope_id")
    @EnumSource(
            names = {
                "CALL_LIMITS",
                "CALLER_ID_RULES",
                "ACL_RULES",
                "RECORDING_RULES",
                "PHONE_LISTS",
                "GEO_POLICIES"
            })
    void shouldHaveAScope(final ResourceKind kind) {
        final String fields = fields(kind);
        for (final String scope : List.of(
                "",
                ",'scope_kind':'account'",
                ",'scope_kind':'account','scope_id':'name:acme'")) {
            assertThat(Reading.of(kind, fields + scope).json())
                    .contains("\"scope_kind\":\"account\",\"scope_id\":\"" + Reading.ACME.prefixed("acc_") + '"');
        }
        assertThat(Reading.of(kind, fields + ",'scope_kind':'user','scope_id':'name:alice'").json())
                .contains("\"scope_kind\":\"user\",\"scope_id\":\"us_");
        final Reading did = Reading.of(kind, fields + ",'scope_kind':'did','scope_id':'name:12025550123'");
        assertThat(did.json()).contains("\"scope_kind\":\"did\",\"scope_id\":\"did_");
        final Resource stored = did.resource();
        assertThat(Beside.stored(kind, stored.json())).isEqualTo(stored);
        assertThat(Reading.of(kind, fields + ",'scope_kind':'user'").wrong()).containsExactly("scope_id");
        assertThat(Reading.of(kind, fields + ",'scope_kind':'trunk'").wrong()).contains("scope_kind");
        assertThat(kind.fields()).extracting(FieldRule::name).contains("scope_kind", "scope_id", "account_id", "id");
    }

    @Test
    @DisplayName("R-155..R-158 a call limit has its scope, a direction, period_sec, max_count and hard")
    void shouldReadCallLimits() {
        final CallLimit limit = Reading.of(
                        ResourceKind.CALL_LIMITS,
                        "'scope_kind':'number','scope_id':'+49','direction':'out','period_sec':60,'max_count':10,'hard':0")
                .resource();
        assertThat(limit.scope()).isEqualTo(CallLimitScope.NUMBER);
        assertThat(limit.numbers()).isEqualTo("49");
        assertThat(limit.direction()).isEqualTo(LimitDirection.OUT);
        assertThat(limit.periodSec()).isEqualTo(60);
        assertThat(limit.maxCount()).isEqualTo(10);
        assertThat(limit.hard()).isFalse();
        assertThat(Beside.stored(ResourceKind.CALL_LIMITS, limit.json())).isEqualTo(limit);
        final CallLimit plain =
                Reading.of(ResourceKind.CALL_LIMITS, "'period_sec':1,'max_count':0").resource();
        assertThat(plain.direction()).isEqualTo(LimitDirection.ANY);
        assertThat(plain.hard()).isTrue();
    }

    @Test
    @DisplayName("R-160..R-163 R-168 fields of caller-ID, access and recording rules, phone lists and geo policies")
    void shouldReadPolicies() {
        final CallerIdRule caller = Reading.of(
                        ResourceKind.CALLER_ID_RULES,
                        "'match_country':'us','cid_number':'+1 202 555 0123','cid_name':'Acme','priority':3")
                .resource();
        assertThat(new String(caller.json(), StandardCharsets.UTF_8))
                .contains("\"match_country\":\"US\",\"cid_number\":\"12025550123\",\"cid_name\":\"Acme\",\"priority\":3");
        assertThat(Reading.of(ResourceKind.ACL_RULES, "'rule_type':'geo_deny','value':'de'").json())
                .contains("\"rule_type\":\"geo_deny\",\"value\":\"DE\"");
        assertThat(Reading.of(ResourceKind.RECORDING_RULES, "'direction':'in','mode':'on_demand','stereo':1").json())
                .contains("\"direction\":\"in\",\"mode\":\"on_demand\",\"stereo\":1");
        assertThat(Reading.of(
                                ResourceKind.PHONE_LISTS,
                                "'name':'no','kind':'dnc_out','entries':['+1 900 555 0123','1900*','1900*','112']")
                        .json())
                .contains("\"name\":\"no\"", "\"kind\":\"dnc_out\",\"entries\":[\"112\",\"1900*\",\"19005550123\"]");
        assertThat(Reading.of(ResourceKind.GEO_POLICIES, "'mode':'denylist','countries':['fr','DE','FR']").json())
                .contains("\"mode\":\"denylist\",\"countries\":[\"DE\",\"FR\"]");
        assertThat(Reading.of(ResourceKind.GEO_POLICIES, "'mode':'allowlist'").warned()).containsExactly("countries");
    }

    @ParameterizedTest
    @DisplayName("what routes and policies do not take")
    @CsvSource(
            delimiter = '|',
            value = {
                "OUTBOUND_ROUTES|'via':'trunk'|trunk_id",
                "OUTBOUND_ROUTES|'via':'carrier','trunk_id':'name:pbx'|trunk_id",
                "OUTBOUND_ROUTES|'match_prefix':'49'|via",
                "OUTBOUND_ROUTES|'via':'radio'|via",
                "OUTBOUND_ROUTES|'via':'carrier','match_prefix':'049'|match_prefix",
                "OUTBOUND_ROUTES|'via':'carrier','match_prefix':'49x'|match_prefix",
                "OUTBOUND_ROUTES|'via':'carrier','match_prefix':'1234567890123456'|match_prefix",
                "OUTBOUND_ROUTES|'via':'carrier','match_country':'XX'|match_country",
                "OUTBOUND_ROUTES|'via':'carrier','match_country':'USA'|match_country",
                "OUTBOUND_ROUTES|'via':'carrier','priority':-1|priority",
                "OUTBOUND_ROUTES|'via':'carrier','priority':1000001|priority",
                "CALL_LIMITS|'max_count':1|period_sec",
                "CALL_LIMITS|'period_sec':1|max_count",
                "CALL_LIMITS|'period_sec':0,'max_count':1|period_sec",
                "CALL_LIMITS|'period_sec':604801,'max_count':1|period_sec",
                "CALL_LIMITS|'period_sec':1,'max_count':10001|max_count",
                "CALL_LIMITS|'period_sec':1,'max_count':1,'direction':'up'|direction",
                "CALL_LIMITS|'period_sec':1,'max_count':1,'scope_kind':'number','scope_id':'us_x'|scope_id",
                "CALLER_ID_RULES|'priority':1|cid_number",
                "CALLER_ID_RULES|'cid_number':'0123'|cid_number",
                "CALLER_ID_RULES|'cid_number':'123','match_country':'Germany'|match_country",
                "ACL_RULES|'rule_type':'ip_allow','value':'192.0.2.1/24'|value",
                "ACL_RULES|'rule_type':'ip_allow','value':'DE'|value",
                "ACL_RULES|'rule_type':'geo_allow','value':'192.0.2.0/24'|value",
                "ACL_RULES|'rule_type':'geo_allow'|value",
                "ACL_RULES|'value':'DE'|rule_type",
                "RECORDING_RULES|'direction':'in'|mode",
                "RECORDING_RULES|'mode':'sometimes'|mode",
                "RECORDING_RULES|'mode':'on','direction':'dialer'|direction",
                "PHONE_LISTS|'entries':['123']|kind",
                "PHONE_LISTS|'kind':'dnr','entries':['12']|entries",
                "PHONE_LISTS|'kind':'dnr','entries':['*']|entries",
                "PHONE_LISTS|'kind':'dnr','entries':['019*']|entries",
                "PHONE_LISTS|'kind':'dnr','entries':[123]|entries",
                "GEO_POLICIES|'countries':['DE']|mode",
                "GEO_POLICIES|'mode':'denylist','countries':['DE','ZZ']|countries"
            })
    void shouldRefuse(final ResourceKind kind, final String fields, final String field) {
        final Reading reading = Reading.of(kind, fields);
        assertThat(reading.wrong()).containsExactly(field);
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isNotBlank();
            assertThat(problem.mend()).isNotBlank();
        });
    }

    @Test
    void shouldNameEveryWrongEntry() {
        assertThat(Reading.of(ResourceKind.PHONE_LISTS, "'kind':'dnr','entries':['x','123','y']").problems())
                .extracting(Problem::rule)
                .allSatisfy(rule -> assertThat(rule).startsWith("must hold international numbers"))
                .hasSize(2);
    }

    @Test
    void shouldRefuseListsBeyondTheirLimits() {
        final String full = IntStream.range(0, PhoneList.ENTRIES_MAX)
                .mapToObj(i -> "'" + (100_000 + i) + "'")
                .reduce((a, b) -> a + ',' + b)
                .orElseThrow();
        final PhoneList list =
                Reading.of(ResourceKind.PHONE_LISTS, "'kind':'dnr','entries':[" + full + "]").resource();
        assertThat(list.entries()).hasSize(PhoneList.ENTRIES_MAX);
        assertThat(Reading.of(ResourceKind.PHONE_LISTS, "'kind':'dnr','entries':[" + full + ",'999']")
                        .wrong())
                .containsExactly("entries");
        final String countries = "'DE'" + ",'DE'".repeat(Countries.LIST_MAX);
        assertThat(Reading.of(ResourceKind.GEO_POLICIES, "'mode':'denylist','countries':[" + countries + "]")
                        .wrong())
                .containsExactly("countries");
    }

    @ParameterizedTest
    @CsvSource({"OUTBOUND_ROUTES, 1000", "CALL_LIMITS, 64", "GEO_POLICIES, 1000"})
    void shouldRefuseMoreThanAnAccountMayHave(final ResourceKind kind, final int most) {
        final List<Resource> before = new ArrayList<>();
        for (int i = 1; i < most; i++) {
            before.add(numbered(kind, i).resource());
        }
        final Reading last = numbered(kind, most);
        assertThat(last.check(new Ordered(before, last)).wrong()).isEmpty();
        before.add(last.resource());
        final Reading tooMany = numbered(kind, most + 1);
        assertThat(tooMany.check(new Ordered(before, tooMany)).wrong()).containsExactly("account_id");
    }

    @Test
    void shouldRefuseTrunksAndScopesOfStrangers() {
        final Trunk stranger = Reading.ofOther(ResourceKind.TRUNKS, "'name':'pbx','proxy':'192.0.2.1'").resource();
        final String via = "'via':'trunk','trunk_id':'" + stranger.id().prefixed("tr_") + "'";
        assertThat(Reading.of(ResourceKind.OUTBOUND_ROUTES, via).check(Beside.of(stranger)).wrong())
                .containsExactly("trunk_id");
        final Account child = child();
        assertThat(Reading.of(ResourceKind.OUTBOUND_ROUTES, via).check(Beside.of(stranger, child)).wrong())
                .as("a trunk of the account above")
                .isEmpty();
        final Trunk inbound = Reading.of(ResourceKind.TRUNKS, "'name':'pbx','direction':'inbound'").resource();
        assertThat(Reading.of(ResourceKind.OUTBOUND_ROUTES, "'via':'trunk','trunk_id':'name:pbx'")
                        .check(Beside.of(inbound))
                        .wrong())
                .containsExactly("trunk_id");

        final PhoneNumber theirs =
                Reading.ofOther(ResourceKind.NUMBERS, "'e164':'12025550123','dest_kind':'hangup'").resource();
        final String scope = "'scope_kind':'did','scope_id':'name:12025550123','mode':'denylist'";
        assertThat(Reading.of(ResourceKind.GEO_POLICIES, scope).check(Beside.of(theirs)).wrong())
                .containsExactly("scope_id");
        final PhoneNumber ofChild =
                Reading.of(ResourceKind.NUMBERS, "'e164':'12025550123','dest_kind':'hangup'").resource();
        assertThat(Reading.ofOther(ResourceKind.GEO_POLICIES, scope).check(Beside.of(ofChild, child)).wrong())
                .as("a number of the account below")
                .isEmpty();
    }

    private static Account child() {
        return (Account) Beside.stored(
                ResourceKind.ACCOUNTS,
                ("{\"name\":\"acme\",\"parent_id\":\"" + Reading.OTHER.prefixed("acc_") + "\",\"country\":\"de\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Reading numbered(final ResourceKind kind, final int number) {
        return Reading.of(kind, switch (kind) {
            case OUTBOUND_ROUTES -> "'via':'carrier','priority':" + number;
            case CALL_LIMITS -> "'max_count':1,'period_sec':" + number;
            default -> "'mode':'denylist','id':'" + new ResourceId(1, number).prefixed(kind) + "'";
        });
    }

    private static String fields(final ResourceKind kind) {
        return switch (kind) {
            case CALL_LIMITS -> "'period_sec':60,'max_count':1";
            case CALLER_ID_RULES -> "'cid_number':'12025550123'";
            case ACL_RULES -> "'rule_type':'ip_deny','value':'192.0.2.0/24'";
            case RECORDING_RULES -> "'mode':'on'";
            case PHONE_LISTS -> "'kind':'dnr','entries':['123']";
            default -> "'mode':'denylist','countries':['DE']";
        };
    }

    /** Others in the order in which they came, and the one that is checked behind them. */
    private record Ordered(List<Resource> before, Reading checked) implements Resources {
        @Override
        public Resource find(final ResourceKind kind, final ResourceId id) {
            return null;
        }

        @Override
        public Iterable<Resource> referring(
                final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
            final List<Resource> all = new ArrayList<>(before);
            all.add(checked.resource());
            return all;
        }
    }
}
