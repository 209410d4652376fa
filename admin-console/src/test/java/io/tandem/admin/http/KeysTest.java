package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.model.ResourceKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may do what: secrets, scopes, tenants, rates. */
class KeysTest {
    private static final String NUMBER = "{'e164':'12025550123','dest_kind':'hangup'}";

    private HttpRig rig;

    @BeforeEach
    void start() {
        rig = new HttpRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    @DisplayName("a key's secret is shown once, when it is made, and its hash never")
    void shouldShowASecretOnceAndNeverItsHash() {
        final Answer made = rig.send(
                "POST",
                "/v1/api-keys",
                HttpRig.OPERATOR,
                "{'account_id':'name:acme','name':'provisioning','scopes':['numbers:read']}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("cache-control")).isEqualTo("no-store");
        final String secret = made.json().get("secret").stringValue();
        assertThat(secret).matches("sk_[0-9a-z]{52}");

        final Answer got = rig.ask("GET", made.header("location"), HttpRig.OPERATOR);
        assertThat(got.text()).doesNotContain(secret).doesNotContain("hash").doesNotContain("secret");
        assertThat(rig.ask("GET", "/v1/export", HttpRig.OPERATOR).text()).doesNotContain("hash");

        assertThat(rig.ask("GET", "/v1/numbers", secret).status()).isEqualTo(200);
        rig.send("PATCH", made.header("location"), HttpRig.OPERATOR, "{'name':'renamed'}");
        assertThat(rig.ask("GET", "/v1/numbers", secret).status()).isEqualTo(200);
        rig.send("PUT", made.header("location"), HttpRig.OPERATOR, "{'name':'k','scopes':['numbers:read']}");
        assertThat(rig.ask("GET", "/v1/numbers", secret).status()).isEqualTo(200);
        rig.send("PATCH", made.header("location"), HttpRig.OPERATOR, "{'status':'disabled'}");
        assertThat(rig.ask("GET", "/v1/numbers", secret).status()).isEqualTo(401);
    }

    @Test
    void shouldTakeAKeyInEverySpelling() {
        final String secret = rig.key("acme", "*");
        final String bare = secret.substring("sk_".length());

        for (final String bearer : new String[] {"Bearer " + secret, "bearer do_live_" + bare, "Bearer  " + bare}) {
            assertThat(rig.ask("GET", "/v1/whoami", null, "Authorization", bearer)
                            .status())
                    .as(bearer)
                    .isEqualTo(200);
        }
        assertThat(rig.ask("GET", "/numbers?token=" + secret, null).status()).isEqualTo(200);
        assertThat(rig.ask("GET", "/v1/numbers?token=" + secret, null).status()).isEqualTo(401);
    }

    @Test
    void shouldRefuseWhoHasNoKey() {
        final Answer refused = rig.ask("GET", "/v1/numbers", null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(rig.ask("GET", "/v1/numbers", "sk_" + "0".repeat(52)).status())
                .isEqualTo(401);
        assertThat(rig.ask("GET", "/v1/numbers", HttpRig.OPERATOR + "x").status())
                .isEqualTo(401);
        assertThat(rig.ask("GET", "/v1/numbers", null, "Authorization", "Basic abc")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void shouldNameTheScopeThatIsMissing() {
        final String reader = rig.key("acme", "numbers:read");

        final Answer refused = rig.send("POST", "/v1/numbers", reader, NUMBER);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("scope").stringValue()).isEqualTo("numbers:write");
        assertThat(rig.ask("GET", "/v1/trunks", reader).json().get("scope").stringValue())
                .isEqualTo("trunks:read");
        assertThat(rig.ask("GET", "/v1/numbers", reader).status()).isEqualTo(200);
    }

    @Test
    void shouldSayWhoAsks() {
        final JsonNode key =
                rig.ask("GET", "/v1/whoami", rig.key("shop", "numbers:read")).json();
        assertThat(key.get("accountId").stringValue()).isEqualTo(HttpRig.account("shop"));
        assertThat(key.get("scopes").toString()).isEqualTo("[\"numbers:read\"]");
        assertThat(key.get("via").stringValue()).isEqualTo("key");
        assertThat(rig.ask("GET", "/v1/whoami", HttpRig.OPERATOR)
                        .json()
                        .get("via")
                        .stringValue())
                .isEqualTo("operator");
    }

    @Test
    void shouldReachTheOwnAccountAndThoseBelowAReseller() {
        final String shop = rig.key("shop", "*");
        final String acme = rig.key("acme", "*");
        final String far = rig.key("far", "*");
        final String number = rig.send("POST", "/v1/numbers", shop, NUMBER).header("location");

        assertThat(rig.ask("GET", number, shop).status()).isEqualTo(200);
        assertThat(rig.ask("GET", number, acme).status()).isEqualTo(200);
        assertThat(rig.ask("GET", number, far).status()).isEqualTo(404);
        assertThat(rig.send("PUT", number, far, NUMBER).status()).isEqualTo(404);
        assertThat(rig.send("PATCH", number, far, "{'label':'x'}").status()).isEqualTo(404);
        assertThat(rig.ask("DELETE", number, far).status()).isEqualTo(404);
        assertThat(size("/v1/numbers", acme)).isEqualTo(1);
        assertThat(size("/v1/numbers", far)).isZero();
        assertThat(size("/v1/accounts", acme)).isEqualTo(2);
        assertThat(size("/v1/accounts", shop)).isEqualTo(1);
        assertThat(size("/v1/accounts", HttpRig.OPERATOR)).isEqualTo(4);
        assertThat(rig.ask("GET", "/v1/accounts/" + HttpRig.account("acme"), shop)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldNotReferToResourcesOfOtherTenants() {
        final String foreign = rig.put(ResourceKind.SCHEDULES, "{'account_id':'name:other','name':'hours'}")
                .prefixed(ResourceKind.SCHEDULES);
        final String acme = rig.key("acme", "*");

        final Answer byId = rig.send(
                "POST",
                "/v1/numbers",
                acme,
                "{'e164':'12025550123','dest_kind':'hangup','schedule_id':'" + foreign + "'}");
        final Answer byName = rig.send(
                "POST", "/v1/numbers", acme, "{'e164':'12025550123','dest_kind':'hangup','schedule_id':'name:hours'}");
        final Answer elsewhere = rig.send(
                "POST", "/v1/numbers", acme, "{'e164':'12025550123','dest_kind':'hangup','account_id':'name:other'}");

        assertThat(byId.wrongFields()).containsExactly("schedule_id");
        assertThat(byName.wrongFields()).containsExactly("schedule_id");
        assertThat(elsewhere.wrongFields()).containsExactly("account_id");
    }

    @Test
    void shouldNotGrowItsOwnRights() {
        final String acme = rig.key("acme", "api-keys:write", "accounts:write", "numbers:read");
        final String shop = rig.key("shop", "*");

        final Answer wider =
                rig.send("POST", "/v1/api-keys", acme, "{'name':'wide','scopes':['numbers:read','numbers:write','*']}");
        assertThat(wider.status()).isEqualTo(400);
        assertThat(wider.wrongFields()).containsExactly("scopes", "scopes");
        assertThat(rig.send("POST", "/v1/api-keys", acme, "{'name':'same','scopes':['numbers:read']}")
                        .status())
                .isEqualTo(201);
        assertThat(rig.send("PATCH", "/v1/accounts/" + HttpRig.account("acme"), acme, "{'max_in':9}")
                        .status())
                .isEqualTo(403);
        assertThat(rig.send("PATCH", "/v1/accounts/" + HttpRig.account("shop"), acme, "{'max_in':9}")
                        .status())
                .isEqualTo(200);
        assertThat(rig.send("PATCH", "/v1/accounts/" + HttpRig.account("shop"), acme, "{'parent_id':null}")
                        .wrongFields())
                .containsExactly("parent_id");
        assertThat(rig.send("POST", "/v1/accounts", shop, "{'name':'below'}").wrongFields())
                .containsExactly("parent_id");
        assertThat(rig.ask("GET", "/v1/revisions", shop).status()).isEqualTo(403);
    }

    @Test
    void shouldRefuseTheKeysOfSuspendedAccountsAndOfThoseBelow() {
        final String shop = rig.key("shop", "*");
        rig.send("PATCH", "/v1/accounts/" + HttpRig.account("acme"), HttpRig.OPERATOR, "{'status':'suspended'}");

        assertThat(rig.ask("GET", "/v1/numbers", shop).status()).isEqualTo(403);
    }

    @Test
    void shouldAskAKeyToWaitThatAsksTooOften() {
        rig.close();
        rig = new HttpRig(HttpSettings.loopback(0).withLimits(HttpLimits.DEFAULT.withRate(0.5, 3)));
        final String eager = rig.key("acme", "*");
        for (int i = 0; i < 3; i++) {
            assertThat(rig.ask("GET", "/v1/whoami", eager).status()).isEqualTo(200);
        }

        final Answer refused = rig.ask("GET", "/v1/whoami", eager);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("2");
        assertThat(rig.ask("GET", "/v1/whoami", rig.key("acme", "*")).status()).isEqualTo(200);
        rig.passNs(2_000_000_000L);
        assertThat(rig.ask("GET", "/v1/whoami", eager).status()).isEqualTo(200);
    }

    private int size(final String path, final String key) {
        return rig.ask("GET", path, key).json().get("data").size();
    }
}
