package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class NativeApiTest {
    private static final String NUMBER = "{'e164':'+1 (202) 555-0123','dest_kind':'hangup'}";
    private static final String UNKNOWN_ULID = "01j9aaaaaaaaaaaaaaaaaaaaaa";

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

    @ParameterizedTest
    @DisplayName(
            "R-020 R-053 R-120 accounts, numbers, schedules, trunks, transforms: make, get, list, replace, change, delete")
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts | {'name':'new'} | {'name':'new','max_in':7} | {'timezone':'Europe/Paris'} | max_in | 7 | timezone | Europe/Paris",
                "numbers | {'e164':'+12025550123','dest_kind':'hangup'} | {'e164':'12025550123','dest_kind':'hangup','label':'Main'} | {'max_channels':3} | label | Main | max_channels | 3",
                "schedules | {'name':'hours'} | {'name':'hours','timezone':'Asia/Tokyo'} | {'name':'days'} | timezone | Asia/Tokyo | name | days",
                "trunks | {'name':'pbx','proxy':'192.0.2.7'} | {'name':'pbx','proxy':'192.0.2.7','role':'pbx'} | {'direction':'outbound'} | role | pbx | direction | outbound",
                "number-transforms | {'scope_kind':'account','direction':'inbound_dst','match_regex':'^0'} | {'scope_kind':'account','direction':'inbound_dst','match_regex':'^0','replacement':'1'} | {'stop_on_match':1} | replacement | 1 | stop_on_match | 1"
            })
    void shouldMakeGetListReplaceChangeAndDelete(
            final String collection,
            final String make,
            final String replace,
            final String change,
            final String replaced,
            final String replacedValue,
            final String changed,
            final String changedValue) {
        final Answer made = rig.send("POST", "/v1/" + collection, key, make);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        final String id = made.json().get("id").stringValue();
        final String path = "/v1/" + collection + "/" + id;
        assertThat(made.header("location")).isEqualTo(path);
        assertThat(id).startsWith(ResourceKind.ofCollection(collection).prefix());

        final Answer got = rig.ask("GET", path, key);
        assertThat(got.json()).isEqualTo(made.json());
        assertThat(got.header("etag")).isEqualTo(made.header("etag")).matches("\"[0-9a-f]{16}\"");
        assertThat(ids(rig.ask("GET", "/v1/" + collection, key))).contains(id);

        final Answer put = rig.send(
                "PUT",
                path,
                key,
                collection.equals("accounts")
                        ? replace.replace("}", ",'parent_id':'" + HttpRig.account("acme") + "'}")
                        : replace);
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(text(put.json(), replaced)).isEqualTo(replacedValue);
        assertThat(put.header("etag")).isNotEqualTo(made.header("etag"));

        final Answer patch = rig.send("PATCH", path, key, change, "Content-Type", "application/merge-patch+json");
        assertThat(patch.status()).as(patch.text()).isEqualTo(200);
        assertThat(text(patch.json(), changed)).isEqualTo(changedValue);
        assertThat(text(patch.json(), replaced)).isEqualTo(replacedValue);

        assertThat(rig.ask("DELETE", path, key).status()).isEqualTo(204);
        assertThat(rig.ask("GET", path, key).status()).isEqualTo(404);
        assertThat(rig.ask("DELETE", path, key).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("what a change asks for and this machine does not have is told in a header")
    void shouldWarnInAHeader() {
        rig.desk.warn(
                new Problem(0, "policies/acl-rules", "rule_type", "geo_deny", "asks for too much", "name a file"));
        final String body = "{'rule_type':'geo_deny','value':'DE'}";
        final String warning =
                "resource=policies/acl-rules field=rule_type value=geo_deny: asks for too much; name a file";
        final Answer made = rig.send("POST", "/v1/policies/acl-rules", key, body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("x-tandem-warning")).isEqualTo(warning);
        final String path = made.header("location");
        assertThat(rig.send("PUT", path, key, body.replace("DE", "FR")).header("x-tandem-warning"))
                .isEqualTo(warning);
        assertThat(rig.send("PATCH", path, key, "{'value':'IT'}").header("x-tandem-warning"))
                .isEqualTo(warning);
    }

    @Test
    @DisplayName("R-001 R-002 flags are 0 and 1, times are epoch seconds")
    void shouldShowFlagsAsDigitsAndTimesAsSeconds() {
        final JsonNode made = rig.send(
                        "POST",
                        "/v1/numbers",
                        key,
                        "{'e164':'12025550123','dest_kind':'hangup','allow_anonymous':false}")
                .json();
        assertThat(made.get("allow_anonymous").toString()).isEqualTo("0");
        assertThat(made.get("emergency_enabled").toString()).isEqualTo("0");
        final long createdAt = made.get("created_at").longValue();
        assertThat(createdAt).isBetween(1_700_000_000L, 1_700_000_100L);
        assertThat(made.get("updated_at").longValue()).isEqualTo(createdAt);

        final JsonNode changed = rig.send(
                        "PATCH", "/v1/numbers/" + made.get("id").stringValue(), key, "{'allow_anonymous':1}")
                .json();
        assertThat(changed.get("allow_anonymous").toString()).isEqualTo("1");
        assertThat(changed.get("created_at").longValue()).isEqualTo(createdAt);
        assertThat(changed.get("updated_at").longValue()).isGreaterThan(createdAt);
    }

    @Test
    @DisplayName("D17 what was read can be written back; a changed read-only field is refused")
    void shouldTakeBackUnchangedReadOnlyFieldsAndRefuseChangedOnes() {
        final Answer made = rig.send("POST", "/v1/numbers", key, NUMBER);
        final String path = made.header("location");

        assertThat(rig.send("PUT", path, key, made.text()).status()).isEqualTo(200);

        final ObjectNode changed = (ObjectNode) rig.ask("GET", path, key).json();
        changed.put("created_at", 1);
        changed.put("updated_at", 2);
        changed.put("id", "did_" + UNKNOWN_ULID);
        final Answer refused = rig.send("PUT", path, key, changed.toString());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly("id", "created_at", "updated_at");
    }

    @Test
    void shouldNameEveryWrongFieldAtOnce() {
        final Answer refused = rig.send(
                "POST",
                "/v1/numbers",
                key,
                "{'e164':'12x','status':'busy','max_channels':'many','colour':'red','dest_kind':'hangup'}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder("e164", "status", "max_channels", "colour");
        assertThat(refused.json().propertyNames()).containsExactly("type", "title", "status", "detail", "errors");
        assertThat(refused.json().get("errors").get(0).propertyNames())
                .containsExactly("field", "value", "rule", "mend");
    }

    @Test
    void shouldRefuseIdentifiersOfOtherKindsAndTakeAllSpellingsOfItsOwn() {
        final String id =
                rig.send("POST", "/v1/numbers", key, NUMBER).json().get("id").stringValue();
        final ResourceId bits = ResourceId.parse(id, "did_");

        assertThat(rig.ask("GET", "/v1/numbers/" + bits.ulid(), key).status()).isEqualTo(200);
        assertThat(rig.ask("GET", "/v1/numbers/" + bits.uuid(), key).status()).isEqualTo(200);
        assertThat(rig.ask("GET", "/v1/numbers/" + id.toUpperCase(java.util.Locale.ROOT), key)
                        .status())
                .isEqualTo(200);
        assertThat(rig.ask("GET", "/v1/numbers/tr_" + bits.ulid(), key).status())
                .isEqualTo(400);
        assertThat(rig.ask("GET", "/v1/numbers/nonsense", key).status()).isEqualTo(400);
        assertThat(rig.ask("GET", "/v1/numbers/did_" + UNKNOWN_ULID, key).status())
                .isEqualTo(404);
    }

    @Test
    void shouldChangeOnlyWhatTheClientHasSeen() {
        final Answer made = rig.send("POST", "/v1/numbers", key, NUMBER);
        final String path = made.header("location");
        final String seen = made.header("etag");
        assertThat(rig.ask("GET", path, key, "If-None-Match", seen).status()).isEqualTo(304);

        final Answer changed = rig.send("PATCH", path, key, "{'label':'a'}", "If-Match", seen);
        assertThat(changed.status()).isEqualTo(200);

        assertThat(rig.send("PATCH", path, key, "{'label':'b'}", "If-Match", seen)
                        .status())
                .isEqualTo(412);
        assertThat(rig.send("PUT", path, key, NUMBER, "If-Match", seen).status())
                .isEqualTo(412);
        assertThat(rig.ask("DELETE", path, key, "If-Match", seen).status()).isEqualTo(412);
        assertThat(rig.ask("GET", path, key, "If-None-Match", seen).status()).isEqualTo(200);
        assertThat(rig.ask("DELETE", path, key, "If-Match", "\"0\", " + changed.header("etag"))
                        .status())
                .isEqualTo(204);
    }

    @Test
    @DisplayName("If-Match compares strongly, If-None-Match weakly, and keeps a change from what is there")
    void shouldTakeConditionsAsRfc9110SaysThem() {
        final Answer made = rig.send("POST", "/v1/numbers", key, NUMBER);
        final String path = made.header("location");
        final String tag = made.header("etag");

        assertThat(rig.send("PATCH", path, key, "{'label':'a'}", "If-Match", "W/" + tag)
                        .status())
                .isEqualTo(412);
        assertThat(rig.ask("GET", path, key, "If-None-Match", "W/" + tag).status())
                .isEqualTo(304);
        assertThat(rig.send("PUT", path, key, NUMBER, "If-None-Match", "*").status())
                .isEqualTo(412);
        assertThat(rig.send("PUT", path, key, NUMBER, "If-None-Match", tag).status())
                .isEqualTo(412);
        assertThat(rig.ask("DELETE", path, key, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(rig.send("PUT", path, key, NUMBER, "If-None-Match", "\"0\"").status())
                .isEqualTo(200);
    }

    @Test
    void shouldRefuseScopesThatThereAreNot() {
        for (final String scope : List.of("zzz:read", "number:write", ":read", "explain:read:read")) {
            final Answer refused = rig.send(
                    "POST",
                    "/v1/api-keys",
                    HttpRig.OPERATOR,
                    "{'account_id':'name:acme','name':'k','scopes':['" + scope + "']}");
            assertThat(refused.wrongFields()).as(scope).containsExactly("scopes");
        }
        final Answer taken = rig.send(
                "POST",
                "/v1/api-keys",
                HttpRig.OPERATOR,
                "{'account_id':'name:acme','name':'k','scopes':['explain:read','policies/acl-rules:write','revisions:read','*']}");
        assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'':1}", "{'a b':1}", "{'a':{'b':1}}", "{'a':[1]}", "{'a':null}"})
    void shouldRefuseVariablesThatAHopWouldDrop(final String variables) {
        assertThat(rig.send("POST", "/v1/numbers", key, NUMBER.replace("}", ",'dest_xform':" + variables + "}"))
                        .wrongFields())
                .containsExactly("dest_xform");
        final String path = rig.send(
                        "POST", "/v1/numbers", key, NUMBER.replace("}", ",'dest_xform':{'a':'b','n':1,'t':true}}"))
                .header("location");
        assertThat(path).isNotEmpty();
        assertThat(rig.send("PATCH", path, key, "{'closed_dest_xform':{'a':'b'}}")
                        .wrongFields())
                .as("without a kind")
                .containsExactly("closed_dest_xform");
        assertThat(rig.send("PATCH", path, key, "{'dest_xform':{'a':'" + "x".repeat(513) + "'}}")
                        .wrongFields())
                .containsExactly("dest_xform");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/numbers?label=a&label=b", "/v1/numbers?limit=1&limit=2", "/v1/revisions?limit=1&limit=1"})
    void shouldRefuseAParameterThatIsGivenTwice(final String path) {
        final Answer refused = rig.ask("GET", path, HttpRig.OPERATOR);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).hasSize(1);
    }

    @Test
    void shouldRefuseCursorsOfOtherLists() {
        for (int i = 0; i < 3; i++) {
            rig.send("POST", "/v1/schedules", key, "{'name':'s" + i + "','rules':[]}");
        }
        final String cursor = rig.ask("GET", "/v1/schedules?limit=1", key)
                .json()
                .get("next_cursor")
                .stringValue();

        assertThat(rig.ask("GET", "/v1/schedules?cursor=" + cursor, key).status())
                .isEqualTo(200);
        assertThat(rig.ask("GET", "/v1/numbers?cursor=" + cursor, key).wrongFields())
                .containsExactly("cursor");
        assertThat(rig.ask("GET", "/v1/revisions?cursor=" + cursor, HttpRig.OPERATOR)
                        .wrongFields())
                .containsExactly("cursor");
        assertThat(rig.ask("GET", "/v1/revisions?actor=me&colour=1", HttpRig.OPERATOR)
                        .wrongFields())
                .containsExactly("actor", "colour");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=iso-8859-1, 415",
        "application/json; charset=UTF-8, 201",
        "application/json;charset=\"utf-8\", 201",
        "application/json; profile=x, 201"
    })
    void shouldTakeUtf8Only(final String type, final int status) {
        assertThat(rig.send("POST", "/v1/numbers", key, NUMBER, "Content-Type", type)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void shouldMergeAPatchWithWhatAnotherClientChangedMeanwhile() {
        final Answer made = rig.send("POST", "/v1/numbers", key, NUMBER);
        final String path = made.header("location");
        rig.desk.beforeNextChange(() -> rig.send("PATCH", path, key, "{'max_channels':5}"));

        final Answer patched = rig.send("PATCH", path, key, "{'label':'mine'}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().get("label").stringValue()).isEqualTo("mine");
        assertThat(patched.json().get("max_channels").intValue()).isEqualTo(5);
    }

    @Test
    void shouldRemoveWithNullAndMergeObjectsInAPatch() {
        final String path = rig.send(
                        "POST",
                        "/v1/numbers",
                        key,
                        "{'e164':'12025550123','label':'x','dest_kind':'hangup','dest_xform':{'a':1,'b':2}}")
                .header("location");

        final JsonNode patched = rig.send("PATCH", path, key, "{'label':null,'dest_xform':{'a':null,'c':3}}")
                .json();

        assertThat(patched.has("label")).isFalse();
        assertThat(patched.get("dest_xform").toString()).isEqualTo("{\"b\":2,\"c\":3}");
    }

    @Test
    void shouldNameWhatRefersToWhatIsToBeDeleted() {
        final String schedule = rig.send("POST", "/v1/schedules", key, "{'name':'hours'}")
                .json()
                .get("id")
                .stringValue();
        final String number = rig.send(
                        "POST",
                        "/v1/numbers",
                        key,
                        "{'e164':'12025550123','dest_kind':'hangup','schedule_id':'" + schedule + "'}")
                .json()
                .get("id")
                .stringValue();

        final Answer refused = rig.ask("DELETE", "/v1/schedules/" + schedule, key);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("referrers").get(0).stringValue()).isEqualTo("numbers/" + number);
        assertThat(refused.json().get("referrer_count").intValue()).isEqualTo(1);
        assertThat(rig.ask("GET", "/v1/schedules/" + schedule, key).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("N-005 the same number in another account is refused")
    void shouldRefuseTakenNames() {
        rig.send("POST", "/v1/numbers", key, NUMBER);

        final Answer refused = rig.send("POST", "/v1/numbers", rig.key("other", "*"), NUMBER);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.wrongFields()).containsExactly("e164");
    }

    @Test
    void shouldListInPages() {
        final List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(rig.send("POST", "/v1/numbers", key, "{'e164':'1202555010" + i + "','dest_kind':'hangup'}")
                    .json()
                    .get("id")
                    .stringValue());
        }
        final List<String> walked = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            final Answer page = rig.ask("GET", "/v1/numbers?limit=3" + cursor, key);
            assertThat(page.json().get("data").size()).isLessThanOrEqualTo(3);
            walked.addAll(ids(page));
            final JsonNode next = page.json().get("next_cursor");
            cursor = next.isNull() ? null : "&cursor=" + next.stringValue();
            pages++;
        } while (cursor != null);

        assertThat(walked).containsExactlyInAnyOrderElementsOf(made);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void shouldFilterByPlainFields() {
        rig.send("POST", "/v1/numbers", key, "{'e164':'12025550101','dest_kind':'hangup','label':'a b'}");
        rig.send("POST", "/v1/numbers", key, "{'e164':'12025550102','dest_kind':'hangup','allow_anonymous':0}");

        assertThat(e164s("/v1/numbers?label=a%20b")).containsExactly("12025550101");
        assertThat(e164s("/v1/numbers?allow_anonymous=false")).containsExactly("12025550102");
        assertThat(e164s("/v1/numbers?e164=%2B1-202-555-0102")).containsExactly("12025550102");
        assertThat(e164s("/v1/numbers?e164=12025550102&label=x")).isEmpty();
        assertThat(e164s("/v1/numbers?fax_mode=voice")).hasSize(2);
        assertThat(e164s("/v1/numbers?account_id=" + HttpRig.account("shop"))).isEmpty();
    }

    @Test
    @DisplayName("a list filtered by a name that only one can bear has that one alone, if the key reaches it")
    void shouldListTheOneOfAName() {
        rig.send("POST", "/v1/users", key, "{'account_id':'" + HttpRig.account("shop") + "','username':'alice'}");

        assertThat(ids(rig.ask("GET", "/v1/accounts?name=shop", key))).containsExactly(HttpRig.account("shop"));
        assertThat(ids(rig.ask("GET", "/v1/accounts?name=shop&status=closed", key)))
                .isEmpty();
        assertThat(ids(rig.ask("GET", "/v1/accounts?name=other", key))).isEmpty();
        assertThat(ids(rig.ask("GET", "/v1/users?username=alice", key))).hasSize(1);
        assertThat(ids(rig.ask("GET", "/v1/users?username=alice&account_id=" + HttpRig.account("shop"), key)))
                .hasSize(1);
        assertThat(ids(rig.ask("GET", "/v1/users?username=alice&account_id=" + HttpRig.account("acme"), key)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour=red",
                "status=busy",
                "dest_xform=1",
                "limit=0",
                "limit=10001",
                "limit=x",
                "cursor=*",
                "format=xml",
                "max_channels=a"
            })
    void shouldRefuseWhatAListCannotBeAskedFor(final String query) {
        final Answer refused = rig.ask("GET", "/v1/numbers?" + query, key);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly(query.substring(0, query.indexOf('=')));
    }

    @Test
    void shouldTakeTheSpellingsThatClientsHaveForPolicies() {
        assertThat(NativePaths.canonical("/v1/policies/acl_rule")).isEqualTo("/v1/policies/acl-rules");
        assertThat(NativePaths.canonical("/v1/policies/geo-policy/geo_1")).isEqualTo("/v1/policies/geo-policies/geo_1");
        assertThat(NativePaths.canonical("/v1/policies/caller_id_rules")).isEqualTo("/v1/policies/caller-id-rules");
        assertThat(NativePaths.canonical("/v1/policies/nonsense")).isEqualTo("/v1/policies/nonsense");
    }

    @Test
    void shouldTellUnknownPathsFromWrongMethods() {
        assertThat(rig.ask("GET", "/v1/nothing", key).status()).isEqualTo(404);
        assertThat(rig.ask("GET", "/v1/numbers/a/b", key).status()).isEqualTo(404);
        final Answer refused = rig.ask("DELETE", "/v1/numbers", key);
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("allow")).isEqualTo("GET, POST, HEAD");
        final Answer head = rig.ask("HEAD", "/v1/numbers", key);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("content-length"))
                .as("of the answer to GET")
                .isEqualTo(Integer.toString(
                        rig.ask("GET", "/v1/numbers", key).text().length()));
    }

    @Test
    void shouldRefuseBodiesItCannotRead() {
        assertThat(rig.send("POST", "/v1/numbers", key, "{'e164':").status()).isEqualTo(400);
        assertThat(rig.send("POST", "/v1/numbers", key, "[1]").status()).isEqualTo(400);
        assertThat(rig.send("POST", "/v1/numbers", key, "{'a':1,'a':2}").status())
                .isEqualTo(400);
        assertThat(rig.send("POST", "/v1/numbers", key, "{}{}").status()).isEqualTo(400);
        assertThat(rig.send("POST", "/v1/numbers", key, "").status()).isEqualTo(400);
        assertThat(rig.send("POST", "/v1/numbers", key, "{'a':".repeat(5000)).status())
                .isEqualTo(400);
        assertThat(rig.sendBytes(
                                "POST",
                                "/v1/numbers",
                                key,
                                new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(400);
        assertThat(rig.sendBytes(
                                "POST",
                                "/v1/numbers",
                                key,
                                "{}".getBytes(StandardCharsets.UTF_16),
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(400);
        final Answer type = rig.send("POST", "/v1/numbers", key, NUMBER, "Content-Type", "text/plain");
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.header("accept")).isEqualTo("application/json");
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() {
        final String large = "{'label':'" + "x".repeat(1 << 20) + "'}";

        final Answer refused = rig.send("POST", "/v1/numbers", key, large);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("mend").stringValue()).contains("tandem import");
    }

    @ParameterizedTest
    @CsvSource({"BUSY, 503", "TOO_LARGE, 413", "NOT_FOUND, 404", "STALE, 412"})
    void shouldSayWhyAChangeWasNotMade(final Outcome outcome, final int status) {
        final Answer made = rig.send("POST", "/v1/numbers", key, NUMBER);
        rig.desk.refuseWith(outcome);

        final Answer refused = rig.send("PUT", made.header("location"), key, NUMBER);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.header("retry-after")).isEqualTo(outcome == Outcome.BUSY ? "1" : "");
    }

    @Test
    void shouldTellTheAuditWhoChangedWhat() {
        final String id =
                rig.send("POST", "/v1/numbers", key, NUMBER).json().get("id").stringValue();
        rig.ask("DELETE", "/v1/numbers/" + id, key);

        final JsonNode revisions =
                rig.ask("GET", "/v1/revisions?limit=2", HttpRig.OPERATOR).json().get("data");

        final String keyId = rig.ask("GET", "/v1/api-keys", key)
                .json()
                .get("data")
                .get(0)
                .get("id")
                .stringValue();
        assertThat(revisions.get(0).get("action").stringValue()).isEqualTo("delete numbers " + id);
        assertThat(revisions.get(0).get("actor").stringValue()).isEqualTo("key " + keyId);
        assertThat(revisions.get(1).get("action").stringValue()).isEqualTo("create numbers");
        assertThat(revisions.get(1).get("edits").intValue()).isEqualTo(1);
    }

    private List<String> e164s(final String path) {
        final Answer page = rig.ask("GET", path, key);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        final List<String> numbers = new ArrayList<>();
        page.json().get("data").forEach(number -> numbers.add(number.get("e164").stringValue()));
        return numbers;
    }

    private static List<String> ids(final Answer page) {
        final List<String> ids = new ArrayList<>();
        page.json().get("data").forEach(resource -> ids.add(resource.get("id").stringValue()));
        return ids;
    }

    private static String text(final JsonNode object, final String field) {
        final JsonNode node = object.path(field);
        return node.isString() ? node.stringValue() : node.toString();
    }
}
