package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.model.ResourceKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kinds whose collections have more to them than their fields, and the CRUD of all the others. */
class FlowsAndQueuesTest {
    private static final String HANGUP =
            "{'nodes':[{'id':'in','data':{'kind':'entry'}},{'id':'bye','data':{'kind':'hangup','sipCode':%s}}],"
                    + "'edges':[{'source':'in','target':'bye'}]}";

    private HttpRig rig;
    private String key;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        key = rig.key("acme", "*");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldPublishWhatAnotherClientDraftedMeanwhile() {
        final Answer made =
                rig.send("POST", "/v1/flows", key, "{'name':'talk','graph':" + HANGUP.formatted("480") + "}");
        final String path = made.header("location");
        final String draft = "{'graph':" + HANGUP.formatted("486") + "}";
        rig.desk.beforeNextChange(() -> rig.send("PATCH", path, key, draft));

        final Answer published = rig.ask("POST", path + "/publish", key);

        assertThat(published.status()).as(published.text()).isEqualTo(200);
        assertThat(published.json().get("published_graph").toString()).contains("486");
        rig.desk.beforeNextChange(() -> rig.send("PATCH", path, key, "{'name':'other'}"));
        assertThat(rig.ask("POST", path + "/withdraw", key, "If-Match", published.header("etag"))
                        .status())
                .isEqualTo(412);
    }

    @Test
    @DisplayName("R-063 flows are made, read, changed, published and deleted; publishing counts the version")
    void shouldPublishAFlow() {
        final Answer made =
                rig.send("POST", "/v1/flows", key, "{'name':'talk','graph':" + HANGUP.formatted("480") + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        final String path = made.header("location");
        assertThat(made.json().get("version").intValue()).isZero();

        final Answer published = rig.ask("POST", path + "/publish", key);
        assertThat(published.status()).as(published.text()).isEqualTo(200);
        assertThat(published.json().get("version").intValue()).isEqualTo(1);
        assertThat(published.json().get("is_published").intValue()).isEqualTo(1);

        final JsonNode drafted = rig.send("PATCH", path, key, "{'graph':" + HANGUP.formatted("486") + "}")
                .json();
        assertThat(drafted.get("version").intValue()).isEqualTo(1);
        assertThat(drafted.get("published_graph")).isEqualTo(published.json().get("published_graph"));
        final ObjectNode changed = (ObjectNode) drafted.deepCopy();
        changed.put("version", 7).put("is_published", 0);
        assertThat(rig.send("PUT", path, key, changed.toString()).wrongFields())
                .containsExactly("version", "is_published");

        assertThat(rig.ask("POST", path + "/publish", key, "If-Match", published.header("etag"))
                        .status())
                .isEqualTo(412);
        final JsonNode again = rig.ask("POST", path + "/publish", key).json();
        assertThat(again.get("version").intValue()).isEqualTo(2);
        assertThat(again.get("published_graph")).isNotEqualTo(published.json().get("published_graph"));
        assertThat(rig.ask("POST", path + "/withdraw", key)
                        .json()
                        .get("is_published")
                        .intValue())
                .isZero();
        assertThat(rig.ask("DELETE", path, key).status()).isEqualTo(204);
        assertThat(rig.send("POST", "/v1/flows", key, "{'name':'x','version':3}")
                        .wrongFields())
                .containsExactly("version");
    }

    @Test
    void shouldSayWhyADraftCannotBePublished() {
        final String path = rig.send("POST", "/v1/flows", key, "{'name':'empty','graph':{'nodes':[],'edges':[]}}")
                .header("location");

        final Answer refused = rig.ask("POST", path + "/publish", key);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).isNotEmpty();
        assertThat(rig.ask("GET", path, key).json().get("version").intValue()).isZero();
    }

    @Test
    @DisplayName("R-097 R-098 queues are made, read, changed and deleted, and so are their agents by themselves")
    void shouldSetTheAgentsOfAQueue() {
        final String user = rig.put(ResourceKind.USERS, "{'account_id':'name:acme','username':'alice','is_agent':1}")
                .prefixed("us_");
        final Answer made = rig.send("POST", "/v1/queues", key, "{'name':'support'}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        final String path = made.header("location");
        assertThat(rig.ask("GET", path + "/agents", key).text()).isEqualTo("{\"data\":[]}");

        final Answer put = rig.send(
                "PUT", path + "/agents", key, "{'data':[{'user_id':'" + user + "','tier_level':2,'mode':'dynamic'}]}");
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        final JsonNode agent =
                rig.ask("GET", path + "/agents", key).json().get("data").get(0);
        assertThat(agent.get("user_id").stringValue()).isEqualTo(user);
        assertThat(agent.get("tier_level").intValue()).isEqualTo(2);
        assertThat(rig.ask("GET", path, key).json().get("agents").get(0)).isEqualTo(agent);
        assertThat(rig.ask("GET", path + "/agents", key, "If-None-Match", put.header("etag"))
                        .status())
                .isEqualTo(304);

        assertThat(rig.send("PUT", path + "/agents", key, "{'data':1}").wrongFields())
                .containsExactly("data");
        assertThat(rig.send("PUT", path + "/agents", key, "{'agents':[],'data':[]}")
                        .wrongFields())
                .containsExactly("agents");
        assertThat(rig.send("PUT", path + "/agents", key, "{'data':[{'user_id':'name:nobody'}]}")
                        .wrongFields())
                .containsExactly("agents[0].user_id");
        assertThat(rig.send("PUT", path + "/agents", key, "{'agents':[]}").text())
                .isEqualTo("{\"data\":[]}");
        assertThat(rig.send("PATCH", path, key, "{'strategy':'ring_all'}")
                        .json()
                        .get("strategy")
                        .stringValue())
                .isEqualTo("ring_all");
        assertThat(rig.ask("DELETE", path, key).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("R-098 a user is given to a queue, changed there and taken from it, the others stay")
    void shouldSetAgentsOfAQueueOneByOne() {
        final String alice = agent("alice");
        final String bob = agent("bob");
        final String queue =
                rig.send("POST", "/v1/queues", key, "{'name':'support'}").header("location");
        final String path = queue + "/agents";

        final Answer added = rig.send("POST", path, key, "{'user_id':'" + alice + "','tier_level':2}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.header("location")).isEqualTo(path + '/' + alice);
        assertThat(added.json().get("tier_level").intValue()).isEqualTo(2);
        assertThat(rig.send("POST", path, key, "{'user_id':'name:bob','mode':'dynamic'}")
                        .status())
                .isEqualTo(201);
        final Answer again = rig.send("POST", path, key, "{'user_id':'name:alice','tier_level':3}");
        assertThat(again.status()).as("the same user with other particulars").isEqualTo(200);
        final JsonNode agents = rig.ask("GET", path, key).json().get("data");
        assertThat(agents.size()).isEqualTo(2);
        assertThat(agents.get(0)).isEqualTo(again.json());
        assertThat(rig.send("POST", path, key, "{'user_id':'" + alice + "'}", "If-Match", added.header("etag"))
                        .status())
                .isEqualTo(412);

        assertThat(rig.send("POST", path, key, "{'tier_level':0,'colour':1}").wrongFields())
                .containsExactlyInAnyOrder("user_id", "tier_level", "colour");
        assertThat(rig.ask("DELETE", path + '/' + alice, key).status()).isEqualTo(204);
        assertThat(rig.ask("DELETE", path + '/' + alice, key).status()).isEqualTo(404);
        assertThat(rig.ask("DELETE", path + "/nonsense", key).status()).isEqualTo(400);
        assertThat(rig.ask("DELETE", path + '/' + bob, rig.key("acme", "queues:read"))
                        .status())
                .isEqualTo(403);
        assertThat(rig.ask("GET", queue, key)
                        .json()
                        .get("agents")
                        .get(0)
                        .get("user_id")
                        .stringValue())
                .isEqualTo(bob);
    }

    private String agent(final String name) {
        return rig.put(ResourceKind.USERS, "{'account_id':'name:acme','username':'" + name + "','is_agent':1}")
                .prefixed("us_");
    }

    @Test
    @DisplayName("X24 a user name that is the digits of another's extension is taken with a warning")
    void shouldWarnOfAUserNameThatIsAnExtension() {
        rig.send("POST", "/v1/users", key, "{'username':'alice'}");
        rig.send("POST", "/v1/extensions", key, "{'digits':'1001','dest_kind':'user','dest_id':'name:alice'}");

        final Answer clash = rig.send("POST", "/v1/users", key, "{'username':'1001'}");
        assertThat(clash.status()).as(clash.text()).isEqualTo(201);
        assertThat(clash.header("x-tandem-warning")).contains("field=username value=1001", "extension");
        final Answer none = rig.send("POST", "/v1/users", key, "{'username':'1002'}");
        assertThat(none.header("x-tandem-warning")).isEmpty();
        final Answer own =
                rig.send("POST", "/v1/extensions", key, "{'digits':'1002','dest_kind':'user','dest_id':'name:1002'}");
        assertThat(own.header("x-tandem-warning")).as("it leads to that user").isEmpty();
        rig.send("POST", "/v1/users", key, "{'username':'1003'}");
        assertThat(rig.send(
                                "POST",
                                "/v1/extensions",
                                key,
                                "{'digits':'1003','dest_kind':'user','dest_id':'name:alice'}")
                        .header("x-tandem-warning"))
                .contains("field=digits value=1003");
        final Answer lines = rig.sendBytes(
                "POST",
                "/v1/import",
                key,
                "\n{\"resource\":\"users\",\"username\":\"1001\",\"dnd\":1}".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-ndjson");
        assertThat(lines.header("x-tandem-warning")).startsWith("line 2: ");
    }

    @ParameterizedTest
    @DisplayName(
            "R-024 R-034 R-044 R-057 R-074 R-108 R-109 R-110 every collection is made, read, listed, changed and deleted")
    @CsvSource(
            delimiter = '|',
            value = {
                "domains | {'domain':'a.example.com'} | {'is_primary':1} | is_primary | 1",
                "users | {'username':'bob'} | {'dnd':1} | dnd | 1",
                "devices | {'user_id':'name:alice','auth_username':'a','realm':'acme.example.com','password':'correct horse'} | {'ring_order':3} | ring_order | 3",
                "extensions | {'digits':'1001','dest_kind':'user','dest_id':'name:alice'} | {'label':'x'} | label | x",
                "ring-groups | {'name':'sales','members':[{'user_id':'name:alice'}]} | {'strategy':'sequential'} | strategy | sequential",
                "voicemail-boxes | {'name':'box'} | {'quota_mb':5} | quota_mb | 5",
                "conferences | {'name':'room'} | {'max_members':5} | max_members | 5",
                "forwards | {'name':'mobile','number':'+12025550123'} | {'timeout_sec':9} | timeout_sec | 9"
            })
    void shouldMakeReadListChangeAndDelete(
            final String collection, final String make, final String change, final String field, final String value) {
        rig.put(ResourceKind.DOMAINS, "{'account_id':'name:acme','domain':'acme.example.com'}");
        rig.put(ResourceKind.USERS, "{'account_id':'name:acme','username':'alice'}");

        final Answer made = rig.send("POST", "/v1/" + collection, key, make);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        final String path = made.header("location");
        assertThat(rig.ask("GET", path, key).json()).isEqualTo(made.json());
        assertThat(rig.ask("GET", "/v1/" + collection, key).json().get("data")).contains(made.json());
        final Answer changed = rig.send("PATCH", path, key, change);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        final JsonNode node = changed.json().get(field);
        assertThat(node.isString() ? node.stringValue() : node.toString()).isEqualTo(value);
        assertThat(rig.send("PUT", path, key, changed.text()).status()).isEqualTo(200);
        assertThat(rig.ask("DELETE", path, key).status()).isEqualTo(204);
        assertThat(rig.ask("GET", path, key).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @DisplayName("R-153 trunks, outbound routes and transforms are made, read, listed, changed and deleted")
    @CsvSource(
            delimiter = '|',
            value = {
                "trunks | {'name':'t','proxy':'192.0.2.9'} | {'ping_sec':9} | ping_sec | 9",
                "outbound-routes | {'match_prefix':'49','via':'carrier'} | {'priority':9} | priority | 9",
                "number-transforms | {'scope_kind':'account','direction':'inbound_dst','match_regex':'^0'} "
                        + "| {'ordering':9} | ordering | 9"
            })
    void shouldServeTrunksAndWhatBelongsToThem(
            final String collection, final String make, final String change, final String field, final String value) {
        shouldMakeReadListChangeAndDelete(collection, make, change, field, value);
    }

    @ParameterizedTest
    @DisplayName("R-169 policies are made, read, listed, changed and deleted, in every spelling of their names")
    @CsvSource(
            delimiter = '|',
            value = {
                "call-limits | call_limit | {'direction':'out','period_sec':60,'max_count':10} "
                        + "| {'max_count':9} | max_count | 9",
                "caller-id-rules | caller_id_rule | {'match_country':'US','cid_number':'12025550123'} "
                        + "| {'priority':9} | priority | 9",
                "acl-rules | acl_rule | {'rule_type':'ip_allow','value':'192.0.2.0/24'} "
                        + "| {'value':'192.0.3.0/24'} | value | 192.0.3.0/24",
                "recording-rules | recording_rule | {'direction':'in','mode':'on'} | {'stereo':1} | stereo | 1",
                "phone-lists | phone_list | {'kind':'dnc_out','entries':['1900*']} | {'kind':'dnr'} | kind | dnr",
                "geo-policies | geo_policy | {'mode':'allowlist','countries':['US']} "
                        + "| {'mode':'denylist'} | mode | denylist"
            })
    void shouldServePolicies(
            final String collection,
            final String seed,
            final String make,
            final String change,
            final String field,
            final String value) {
        shouldMakeReadListChangeAndDelete("policies/" + collection, make, change, field, value);
        final Answer made = rig.send("POST", "/v1/policies/" + seed, key, make);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        final String id = made.json().get("id").stringValue();
        assertThat(rig.ask("GET", "/v1/policies/" + seed + '/' + id, key).json())
                .isEqualTo(made.json());
    }

    @Test
    @DisplayName(
            "R-039 a device's hashes are never shown, stay when it is changed, and need a password when its name is")
    void shouldNeverShowHashes() {
        rig.put(ResourceKind.DOMAINS, "{'account_id':'name:acme','domain':'acme.example.com'}");
        rig.put(ResourceKind.USERS, "{'account_id':'name:acme','username':'alice'}");
        final Answer made = rig.send(
                "POST",
                "/v1/devices",
                key,
                "{'user_id':'name:alice','auth_username':'a','realm':'acme.example.com','password':'correct horse'}");
        final byte[] before = stored();
        assertThat(made.text()).doesNotContain("ha1").doesNotContain("password").doesNotContain("correct horse");

        final String path = made.header("location");
        assertThat(rig.send("PUT", path, key, made.text()).status()).isEqualTo(200);
        assertThat(stored()).isEqualTo(before);
        final Answer renamed = rig.send("PATCH", path, key, "{'auth_username':'b'}");
        assertThat(renamed.status()).isEqualTo(400);
        assertThat(renamed.wrongFields()).containsExactly("ha1");
        assertThat(rig.send("PATCH", path, key, "{'auth_username':'b','password':'battery staple'}")
                        .status())
                .isEqualTo(200);
        assertThat(stored()).isNotEqualTo(before);
    }

    private byte[] stored() {
        return rig.desk
                .list(ResourceKind.DEVICES, null, null, 1)
                .getFirst()
                .resource()
                .json();
    }
}
