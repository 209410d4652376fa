package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every field of every kind is given values that fit none or another: each is refused as a whole, or kept and read again. */
class OddValuesTest {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1" + "0".repeat(40),
            "''",
            "'\\u0000'",
            "'\\ud800'",
            "'\\ud83d\\ude00'",
            "'../../etc'",
            "'name:'",
            "'name:nothing'",
            "'did_01j3sarpfcz8gdnnabykstr6fw'",
            "[]",
            "[null]",
            "{}",
            "{'a':{'b':['\\ud800']}}");

    /** What a kind needs beside its account to be made. */
    private static final Map<ResourceKind, String> LEAST = Map.ofEntries(
            Map.entry(ResourceKind.NUMBERS, "'e164':'12025550123','dest_kind':'hangup'"),
            Map.entry(ResourceKind.TRUNKS, "'name':'n','proxy':'192.0.2.7'"),
            Map.entry(
                    ResourceKind.NUMBER_TRANSFORMS,
                    "'scope_kind':'account','direction':'inbound_dst','match_regex':'^0'"),
            Map.entry(ResourceKind.DOMAINS, "'domain':'n.example.com'"),
            Map.entry(ResourceKind.USERS, "'username':'n'"),
            Map.entry(
                    ResourceKind.DEVICES,
                    "'user_id':'name:u','auth_username':'n','realm':'u.example.com','password':'p'"),
            Map.entry(ResourceKind.EXTENSIONS, "'digits':'11','dest_kind':'hangup'"),
            Map.entry(ResourceKind.FORWARDS, "'name':'n','number':'12025550177'"),
            Map.entry(ResourceKind.OUTBOUND_ROUTES, "'via':'carrier'"),
            Map.entry(ResourceKind.CALL_LIMITS, "'period_sec':60,'max_count':1"),
            Map.entry(ResourceKind.CALLER_ID_RULES, "'cid_number':'12025550123'"),
            Map.entry(ResourceKind.ACL_RULES, "'rule_type':'ip_deny','value':'192.0.2.0/24'"),
            Map.entry(ResourceKind.RECORDING_RULES, "'mode':'off'"),
            Map.entry(ResourceKind.PHONE_LISTS, "'kind':'dnr'"),
            Map.entry(ResourceKind.GEO_POLICIES, "'mode':'denylist'"),
            Map.entry(ResourceKind.MEDIA, "'name':'n','kind':'moh'"));

    private HttpRig rig;

    @BeforeEach
    void start() {
        rig = new HttpRig(HttpSettings.loopback(0).withLimits(HttpLimits.DEFAULT.withRate(1e6, 1_000_000)));
        rig.put(ResourceKind.USERS, "{'account_id':'name:shop','username':'u'}");
        rig.put(ResourceKind.DOMAINS, "{'account_id':'name:shop','domain':'u.example.com'}");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource(value = ResourceKind.class, names = "ACCOUNTS", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName(
            "D17 whatever a field is given, nothing fails, what is refused changes nothing, what is taken is there")
    void shouldRefuseOrKeep(final ResourceKind kind) {
        final String key = rig.key("shop", "*");
        final String collection = "/v1/" + kind.collection();
        final Answer made = rig.send("POST", collection, key, "{" + LEAST.getOrDefault(kind, "'name':'n'") + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        final String path = made.header("location");
        final JsonNode first = rig.ask("GET", path, key).json();

        for (final FieldRule field : kind.fields()) {
            for (final String value : VALUES) {
                final String patch = "{'" + field.name() + "':" + value + "}";
                final Answer answer = rig.send("PATCH", path, key, patch);
                assertThat(answer.status()).as(patch + ' ' + answer.text()).isIn(200, 400, 409);
                final Answer now = rig.ask("GET", path, key);
                assertThat(now.status()).as(patch).isEqualTo(200);
                if (answer.status() == 200) {
                    assertThat(now.json()).as(patch).isEqualTo(answer.json());
                    final ObjectNode before = (ObjectNode) first.deepCopy();
                    before.remove("updated_at");
                    final Answer restored =
                            rig.sendBytes("PUT", path, key, bytes(before), "Content-Type", "application/json");
                    assertThat(restored.status())
                            .as(patch + ' ' + restored.text())
                            .isEqualTo(200);
                }
                assertThat(withoutTime(rig.ask("GET", path, key).json()))
                        .as(patch)
                        .isEqualTo(withoutTime(first));
            }
        }
    }

    private static byte[] bytes(final JsonNode json) {
        return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static JsonNode withoutTime(final JsonNode json) {
        final ObjectNode object = (ObjectNode) json.deepCopy();
        object.remove("updated_at");
        return object;
    }
}
