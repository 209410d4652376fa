package io.tandem.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.ConfiguredNumbers;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.model.CallerIdRule;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.Country;
import io.tandem.routing.number.E164;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerIdTest {
    private static final ResourceId ALICE = Reading.id(ResourceKind.USERS, "alice");
    private static final ResourceId DID = Reading.id(ResourceKind.NUMBERS, "12025550123");
    private static final CallerNumbers ALL = (e164, account) -> true;

    private final Chain account = Chain.of(Reading.ACME, Reading.OTHER);
    private final PolicySubject subject = new PolicySubject().of(account);
    private final CallerId callerId = new CallerId();

    @Test
    @DisplayName("R-160 rules by scope, then the called country, then priority")
    void shouldOrderRules() {
        final CallerIdRule any = rule("'cid_number':'111','priority':0");
        final CallerIdRule country = rule("'cid_number':'222','match_country':'DE','priority':9,'cid_name':'Acme'");
        final CallerIdRule second = rule("'cid_number':'333','match_country':'DE','priority':10");
        final CallerIdRule france = rule("'cid_number':'444','match_country':'FR'");
        final CallerIdRule did = rule("'scope_kind':'did','scope_id':'name:12025550123','cid_number':'555'");
        final CallerIdRule user = rule("'scope_kind':'user','scope_id':'name:alice','cid_number':'666'");
        final CallerIdRule reseller =
                Reading.ofOther(ResourceKind.CALLER_ID_RULES, "'cid_number':'777','match_country':'DE'").resource();
        final List<CallerIdRule> rules = List.of(any, country, second, france, did, user, reseller);

        assertThat(chosen(rules, "DE")).isEqualTo(222);
        assertThat(callerId.name()).isEqualTo("Acme");
        assertThat(callerId.rule()).isEqualTo(country.id());
        assertThat(chosen(rules, "FR")).isEqualTo(444);
        assertThat(chosen(rules, "US")).isEqualTo(111);
        assertThat(chosen(rules, "")).isEqualTo(111);
        assertThat(chosen(List.of(reseller), "DE")).isEqualTo(777);
        subject.did(DID.high(), DID.low());
        assertThat(chosen(rules, "DE")).isEqualTo(555);
        subject.user(ALICE.high(), ALICE.low());
        assertThat(chosen(rules, "DE")).isEqualTo(666);

        final TracedRules trace = new TracedRules();
        callerId.clear();
        CallerIdRules.of(rules).addTo(callerId, subject, Country.parse("DE"), trace);
        callerId.choose((e164, chain) -> e164 != 666, account, trace);
        assertThat(trace.of(user)).isEqualTo(Finding.NUMBER_NOT_OWNED);
        assertThat(trace.of(did)).isEqualTo(Finding.DECIDES);
        assertThat(trace.of(country)).isEqualTo(Finding.COMES_LATER);
        assertThat(trace.of(france)).isEqualTo(Finding.OTHER_COUNTRY);
        assertThat(trace.count()).isEqualTo(7);
    }

    @Test
    void shouldShowTheFirstThatMayBeShownAndRefuseWithoutOne() {
        callerId.clear()
                .add(CallerIdSource.USER, 100)
                .add(CallerIdSource.TRUNK, E164.NONE)
                .add(CallerIdSource.ACCOUNT, 300)
                .add(CallerIdSource.ANCESTOR, 400);
        assertThat(callerId.choose((e164, chain) -> Set.of(300L, 400L).contains(e164), account, RuleTrace.NONE))
                .isTrue();
        assertThat(callerId.number()).isEqualTo(300);
        assertThat(callerId.source()).isEqualTo(CallerIdSource.ACCOUNT);
        assertThat(callerId.substituted()).isTrue();

        assertThat(callerId.choose((e164, chain) -> false, account, RuleTrace.NONE)).isFalse();
        assertThat(callerId.number()).isEqualTo(E164.NONE);
        assertThat(callerId.clear().choose(ALL, account, RuleTrace.NONE)).isFalse();
    }

    @Test
    void shouldPassTheCallersOwnNumberThroughAForward() {
        callerId.clear().addVerified(CallerIdSource.FORWARD, 4930123456L).add(CallerIdSource.ACCOUNT, 300);
        assertThat(callerId.choose((e164, chain) -> e164 == 300, account, RuleTrace.NONE)).isTrue();
        assertThat(callerId.number()).isEqualTo(4930123456L);
        assertThat(callerId.substituted()).isFalse();
    }

    @Test
    void shouldLookAtNoMoreThanTheFirstCandidates() {
        callerId.clear();
        for (int i = 0; i < CallerId.CANDIDATES_MAX + 5; i++) {
            callerId.add(CallerIdSource.RULE, 100 + i);
        }
        final int beyond = 100 + CallerId.CANDIDATES_MAX;
        assertThat(callerId.choose((e164, chain) -> e164 == beyond - 1, account, RuleTrace.NONE)).isTrue();
        assertThat(callerId.choose((e164, chain) -> e164 >= beyond, account, RuleTrace.NONE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "12025550101, true", "12025550102, false", "12025550103, false", "12025550104, true", "12025550105, false",
        "12025550199, false"
    })
    void shouldShowActiveNumbersOfTheAccountAndOfThoseAboveIt(final long e164, final boolean allowed) {
        final String number = "{'resource':'numbers','account_id':'name:%s','e164':'%s','status':'%s','dest_kind':'hangup'}";
        final ConfiguredNumbers numbers = new ConfiguredNumbers(InMemoryConfiguration.of(
                "test",
                1,
                String.join(
                                "\n",
                                "{'resource':'accounts','name':'other'}",
                                "{'resource':'accounts','name':'acme','parent_id':'name:other'}",
                                "{'resource':'accounts','name':'stranger'}",
                                number.formatted("acme", "12025550101", "active"),
                                number.formatted("acme", "12025550102", "disabled"),
                                number.formatted("acme", "12025550103", "virtual"),
                                number.formatted("other", "12025550104", "active"),
                                number.formatted("stranger", "12025550105", "active"))
                        .replace('\'', '"')));
        assertThat(numbers.mayShow(e164, account)).isEqualTo(allowed);
    }

    private long chosen(final List<CallerIdRule> rules, final String country) {
        callerId.clear();
        CallerIdRules.of(rules).addTo(callerId, subject, Country.parse(country), RuleTrace.NONE);
        assertThat(callerId.choose(ALL, account, RuleTrace.NONE)).isTrue();
        return callerId.number();
    }

    private static CallerIdRule rule(final String fields) {
        return Reading.of(ResourceKind.CALLER_ID_RULES, fields).resource();
    }
}
