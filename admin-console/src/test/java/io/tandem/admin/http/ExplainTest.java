package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.FakeAppliance;
import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.admin.view.ConsideredView;
import io.tandem.admin.view.ExplanationOwners;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.VerdictView;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may ask about which calls, and what an answer says of accounts that he does not reach. */
class ExplainTest {
    private static final String FROM_A_TRUNK = "{'from':'1','to':'442070000000','source':'192.0.2.7'}";

    private final HttpRig rig = new HttpRig();
    private String acme;
    private String shop;
    private String other;

    @BeforeEach
    void prepare() {
        acme = rig.key("acme", "explain:read");
        shop = rig.key("shop", "explain:read");
        other = rig.key("other", "explain:read");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldRefuseASourceThatIsNobodysInTheWordsOfOneThatIsSomebodyElses() {
        rig.appliance.explanation = Optional.of(explanation(owners(null, null, null), "shop"));
        final Answer unknown = rig.send("POST", "/v1/explain", other, FROM_A_TRUNK);
        rig.appliance.explanation = Optional.of(explanation(owners("shop", null, null), "shop"));
        final Answer foreign = rig.send("POST", "/v1/explain", other, FROM_A_TRUNK);

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.wrongFields()).containsExactly("source");
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.json().get("errors")).isEqualTo(unknown.json().get("errors"));
        assertThat(foreign.json().get("detail")).isEqualTo(unknown.json().get("detail"));
        assertThat(foreign.text()).doesNotContain("SECRET", HttpRig.account("shop"));
    }

    @Test
    void shouldRefuseASourceOfTheAccountAbove() {
        rig.appliance.explanation = Optional.of(explanation(owners("acme", null, null), "shop"));

        assertThat(rig.send("POST", "/v1/explain", shop, FROM_A_TRUNK).wrongFields())
                .containsExactly("source");
    }

    @Test
    void shouldExplainAnyNumberFromATrunkThatTheKeyReaches() {
        rig.appliance.explanation = Optional.of(explanation(owners("shop", null, "shop"), "shop"));

        for (final String key : List.of(acme, shop, HttpRig.OPERATOR)) {
            final Answer answer = rig.send("POST", "/v1/explain", key, FROM_A_TRUNK);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().get("target").stringValue()).isEqualTo("trunk SECRET");
            assertThat(answer.json().get("called_out").stringValue()).isEqualTo("99SECRET");
        }
    }

    @Test
    void shouldExplainOnlyNumbersThatTheKeyReachesWithoutASource() {
        rig.put(ResourceKind.NUMBERS, "{'account_id':'name:shop','e164':'12025550123','dest_kind':'hangup'}");
        final String own = "{'from':'1','to':'12025550123'}";

        assertThat(rig.send("POST", "/v1/explain", shop, own).status()).isEqualTo(200);
        assertThat(rig.send("POST", "/v1/explain", acme, own).status()).isEqualTo(200);
        assertThat(rig.send("POST", "/v1/explain", other, own).status()).isEqualTo(404);
        assertThat(rig.send("POST", "/v1/explain", shop, "{'from':'1','to':'442070000000'}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldShowNeitherTrunkNorRulesOfTheAccountAbove() {
        rig.appliance.explanation = Optional.of(explanation(owners("shop", null, "acme"), "acme"));

        final Answer answer = rig.send("POST", "/v1/explain", shop, FROM_A_TRUNK);

        final JsonNode body = answer.json();
        assertThat(answer.text()).doesNotContain("SECRET", HttpRig.account("acme"));
        assertThat(body.get("target").stringValue()).isEqualTo("trunk of another account");
        assertThat(body.get("called_out").stringValue()).isEqualTo("442070000000");
        assertThat(body.get("considered").size()).isEqualTo(1);
        assertThat(body.get("considered").get(0).get("name").stringValue()).isEqualTo("ours");
        assertThat(body.get("verdicts").get(1).get("rule").stringValue()).isEqualTo("route-chosen");
        assertThat(rig.send("POST", "/v1/explain", acme, FROM_A_TRUNK).text()).contains("SECRET");
    }

    @Test
    void shouldSayNothingOfWhatBecomesOfACallToAStranger() {
        rig.appliance.explanation = Optional.of(explanation(owners("shop", "far", "far"), "far"));

        final Answer answer = rig.send("POST", "/v1/explain", shop, FROM_A_TRUNK);

        final JsonNode body = answer.json();
        assertThat(answer.text()).doesNotContain("SECRET", "route-chosen", HttpRig.account("far"));
        assertThat(body.get("accepted").intValue()).isEqualTo(1);
        assertThat(body.get("account").isNull()).isTrue();
        assertThat(body.get("target").isNull()).isTrue();
        assertThat(body.get("called_out").isNull()).isTrue();
        assertThat(body.get("recording").isNull()).isTrue();
        assertThat(body.get("verdicts").get(0).get("rule").stringValue()).isEqualTo("source-matched");
        assertThat(body.get("verdicts").get(1).get("rule").stringValue()).isEqualTo("not-shown");
        assertThat(body.get("reason").stringValue()).isEqualTo("goes by what another account has set up");
    }

    @Test
    void shouldNameTheRulesThatWereConsidered() {
        final Answer answer = rig.send("POST", "/v1/explain", HttpRig.OPERATOR, FROM_A_TRUNK);

        final JsonNode considered = answer.json().get("considered");
        assertThat(considered.get(0).get("name").stringValue()).isEqualTo("192.0.2.0/24");
        assertThat(considered.get(1).get("name").isNull()).isTrue();
    }

    private static ExplanationOwners owners(final String source, final String number, final String target) {
        return new ExplanationOwners(id(source), id(number), id(target), id(target));
    }

    private static Optional<String> id(final String account) {
        return Optional.ofNullable(account).map(HttpRig::account);
    }

    /** An accepted call whose every text that must not leave an account has SECRET in it; the account has a rule, and so has shop. */
    private static ExplanationView explanation(final ExplanationOwners owners, final String account) {
        return new ExplanationView(
                "1",
                "442070000000",
                FakeAppliance.START,
                Optional.of("192.0.2.7"),
                true,
                0,
                owners.number().isPresent() ? "SECRET" : "outbound routes lead to 1 trunks",
                Optional.of(owners.number().isPresent() ? "SECRET" : "shop"),
                Optional.of("trunk SECRET"),
                Optional.of("99SECRET"),
                Optional.of("98SECRET"),
                Optional.of("442070000000"),
                Optional.of("1"),
                Optional.of("SECRET stereo"),
                12,
                List.of(
                        new VerdictView("screen", "source-matched", true, "source address belongs to the trunk", 1),
                        new VerdictView(
                                "outbound",
                                "route-chosen",
                                true,
                                owners.number().isPresent() ? "SECRET" : "outbound routes lead to 1 trunks",
                                1,
                                owners.number())),
                List.of(
                        considered("SECRET", Optional.empty()),
                        considered(account.equals("shop") ? "theirs" : "SECRET", id(account)),
                        considered("ours", id("shop"))),
                owners);
    }

    private static ConsideredView considered(final String name, final Optional<String> account) {
        return new ConsideredView(
                "outbound", "outbound-routes", "route_" + name, Optional.of(name), "candidate", account);
    }
}
